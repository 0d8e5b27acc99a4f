namespace LeadDesk.Access;

/// <summary>One-way hashes of passwords. ASP.NET Core Identity stands behind it, which Core does not know.</summary>
public interface IPasswordHashing
{
    string Hash(string password);

    bool Matches(string hash, string password);
}

/// <summary>Long rather than colourful: rules of composition make passwords worse, not better.</summary>
public static class PasswordRules
{
    public const int MinimumLength = 10;

    /// <summary>Bounds the work of hashing.</summary>
    public const int MaximumLength = 200;

    /// <returns>What is wrong, in a sentence; null when the password may be taken.</returns>
    public static string? Problem(string? password, string? email)
    {
        if (password is null || password.Length < MinimumLength)
            return $"Choose a password of at least {MinimumLength} characters.";
        if (password.Length > MaximumLength)
            return $"Choose a password of at most {MaximumLength} characters.";
        if (string.Equals(password.Trim(), email?.Trim(), StringComparison.OrdinalIgnoreCase))
            return "Choose a password that is not your e-mail address.";
        return password.Distinct().Count() < 4 ? "Choose a password with more different characters." : null;
    }
}
