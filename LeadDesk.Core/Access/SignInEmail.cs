using System.Diagnostics.CodeAnalysis;

namespace LeadDesk.Access;

/// <summary>
/// The address a person signs in with. Looser than a lead's address, because it is a name first: an installation without
/// a mail domain may use <c>admin@localhost</c>.
/// </summary>
public static class SignInEmail
{
    public const int MaximumLength = 254;

    /// <summary>Trims and case-folds.</summary>
    /// <returns>False when it is no address: no or two @, an empty side, spaces or control characters, over 254 characters.</returns>
    public static bool TryRead(string? written, [NotNullWhen(true)] out string? email)
    {
        email = written?.Trim().ToLowerInvariant();
        if (email is { Length: > 2 and <= MaximumLength }
            && email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
            && at == email.LastIndexOf('@') && at < email.Length - 1
            && !email.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || char.IsSurrogate(character)))
            return true;
        email = null;
        return false;
    }
}
