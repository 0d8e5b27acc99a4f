using System.Text.Json;

namespace LeadDesk.Leads;

/// <summary>How a call went.</summary>
public enum CallOutcome
{
    Answered = 0,
    NoAnswer = 1,
    Busy = 2,
    Voicemail = 3,
    WrongNumber = 4,

    /// <summary>The person asked to be called again.</summary>
    CallbackAsked = 5,
}

/// <summary>Somebody named in a note.</summary>
/// <param name="Told">False when the person may not see the lead and so was not told.</param>
public sealed record MentionedPerson(long Id, string Name, bool Told);

/// <summary>
/// What an entry's kind knows beside its texts, stored as JSON:
/// <code>{"outcome":"NoAnswer","seconds":75}
/// {"mentions":[{"id":7,"name":"Ada","told":true}]}
/// {"task":"Call","due_at":"2026-11-22T09:00:00Z","person":"Ada"}
/// {"expires_at":"2026-11-29T09:00:00Z","with_contact":true}</code>
/// </summary>
public sealed record TimelineDetails
{
    /// <summary>Of a call.</summary>
    public CallOutcome? Outcome { get; init; }

    /// <summary>A call's length.</summary>
    public int? Seconds { get; init; }

    public IReadOnlyList<MentionedPerson>? Mentions { get; init; }

    /// <summary>A follow-up's kind.</summary>
    public string? Task { get; init; }

    public DateTime? DueAt { get; init; }

    /// <summary>When the follow-up was due before it was moved.</summary>
    public DateTime? DueBefore { get; init; }

    /// <summary>Whose follow-up it is.</summary>
    public string? Person { get; init; }

    /// <summary>When a shared address ends.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>The shared address shows phone, e-mail and messages.</summary>
    public bool? WithContact { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, LeadJson.Default.TimelineDetails);

    internal static TimelineDetails? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize(json, LeadJson.Default.TimelineDetails);
}
