using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.FollowUps;

namespace LeadDesk.Web.FollowUps;

/// <summary>A follow-up as programs set it.</summary>
internal sealed record FollowUpRequest(
    [property: Description("call, email, message, meeting or task.")] string? Kind,
    [property: Description("ISO-8601; without an offset it is UTC.")] string? DueAt,
    [property: Description("Whose it is; the caller's own without it.")] long? UserId,
    [property: Description("What is to be done; at most 1,000 characters.")] string? Text);

/// <summary>What is missing or null stays as it is.</summary>
internal sealed record FollowUpChangeRequest(
    [property: Description("call, email, message, meeting or task.")] string? Kind,
    [property: Description("ISO-8601; without an offset it is UTC.")] string? DueAt,
    long? UserId,
    [property: Description("Empty removes the text.")] string? Text,
    [property: Description("True ends it, false opens it again.")] bool? Done);

/// <summary>Reads words of follow-ups and calls, and collects those that mean nothing.</summary>
internal sealed class FollowUpReader
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private readonly Dictionary<string, string[]> errors = new(StringComparer.Ordinal);

    /// <summary>Null when everything was understood.</summary>
    public Refusal? Refusal => errors.Count is 0 ? null : LeadDesk.Common.Refusal.Invalid(errors);

    public NewFollowUp? New(FollowUpRequest request)
    {
        var (kind, due) = (Word<FollowUpKind>("kind", request.Kind), Time(request.DueAt, needed: true));
        return kind is null || due is null ? null : new NewFollowUp(kind.Value, due.Value, request.UserId, request.Text);
    }

    public FollowUpChange Change(FollowUpChangeRequest request) => new(
        request.Kind is null ? null : Word<FollowUpKind>("kind", request.Kind), Time(request.DueAt, needed: false), request.UserId, request.Text, request.Done);

    /// <summary>One of an enum's words in snake case; a missing one is an error too.</summary>
    public T? Word<T>(string name, string? text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(text, WordOf(value), StringComparison.OrdinalIgnoreCase))
                return value;
        }

        errors[name] = [$"Use one of: {string.Join(", ", Enum.GetValues<T>().Select(WordOf))}."];
        return null;
    }

    private static string WordOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private DateTime? Time(string? text, bool needed)
    {
        if (string.IsNullOrEmpty(text) && !needed)
            return null;
        if (DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time.UtcDateTime;
        errors["due_at"] = ["Write the time like 2026-03-14T09:00:00Z."];
        return null;
    }
}
