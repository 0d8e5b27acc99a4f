using LeadDesk.Common;

namespace LeadDesk.Leads;

/// <summary>What people write beside a change: reasons, tasks, notes of calls.</summary>
internal static class WrittenText
{
    /// <summary>Trimmed; null when nothing was written.</summary>
    /// <param name="field">Its name in JSON.</param>
    public static Outcome<string?> Read(string field, string? text, int longest)
    {
        text = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        if (text?.Length > longest)
            return Refusal.Invalid(field, $"At most {longest:N0} characters fit here; this has {text.Length:N0}. Shorten it.");
        return TextRules.FindForbiddenControl(text) is { } forbidden
            ? Refusal.Invalid(field, $"The text contains a character that cannot be stored ({forbidden}). Remove it.")
            : text;
    }
}
