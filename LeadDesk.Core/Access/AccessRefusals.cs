using LeadDesk.Common;

namespace LeadDesk.Access;

internal static class AccessRefusals
{
    /// <returns>Null when the user has the permission.</returns>
    public static Refusal? Lacks(CurrentUser user, Permission permission) => user.Can(permission) ? null : Refusal.Forbidden(permission switch
    {
        Permission.ManageUsers => "Only an admin can see and change users.",
        Permission.ManageApiKeys => "Only an admin can see and change API keys.",
        Permission.ManageSources => "Only an admin or an integration can see and change where leads come from.",
        Permission.ManageCompany => "Only an admin can change the company's settings.",
        Permission.ManageDesk => "Only an admin can change pipelines, stages, fields, tags, lost reasons and services.",
        _ => "Your role may not do this.",
    });

    public static Refusal EmailTaken() => Conflict("email", "There is already a user with this e-mail address.");

    private static Refusal Conflict(string field, string message) =>
        new(RefusalKind.Conflict, message, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });
}

/// <summary>Collects what is wrong with an input, by field.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> errors = new(StringComparer.Ordinal);

    public Refusal? Refusal => errors.Count is 0 ? null : Common.Refusal.Invalid(errors);

    public void Add(string field, string? sentence)
    {
        if (sentence is not null)
            errors.TryAdd(field, [sentence]);
    }

    /// <returns>The trimmed text; empty, with an error noted, when it may not be taken.</returns>
    public string Text(string field, string what, string? value, int longest)
    {
        var text = value?.Trim() ?? "";
        if (text.Length is 0)
            Add(field, $"{what} is missing.");
        else if (text.Length > longest)
            Add(field, $"{what} is longer than {longest} characters.");
        else if (text.Any(char.IsControl))
            Add(field, $"{what} holds control characters.");
        else
            return text;
        return "";
    }

    public string Email(string field, string? value)
    {
        if (SignInEmail.TryRead(value, out var email))
            return email;
        Add(field, "Give an e-mail address such as name@example.com.");
        return "";
    }
}
