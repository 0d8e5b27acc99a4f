using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LeadDesk.Analysis;

namespace LeadDesk.Web.Leads;

/// <param name="Name">Null in the seconds after somebody was added on another node.</param>
internal sealed record PersonResponse(long Id, string? Name);

/// <summary>A lead as lists and changes answer it.</summary>
internal record LeadResponse
{
    public required long Id { get; init; }

    [Description("Counts up with every change; send it in If-Match to change only what you have read.")]
    public required int Version { get; init; }

    public string? Name { get; init; }

    public string? Organisation { get; init; }

    public string? JobTitle { get; init; }

    [Description("E.164 when phone_valid, else as written.")]
    public string? Phone { get; init; }

    public bool PhoneValid { get; init; }

    public string? Email { get; init; }

    public required string Channel { get; init; }

    public string? Source { get; init; }

    public string? Campaign { get; init; }

    public string? ExternalId { get; init; }

    [Description("The stage's name.")]
    public string? Status { get; init; }

    [Description("HOT from 60, WARM from 40, COLD below.")]
    public required string Quality { get; init; }

    [Description("0 to 100.")]
    public int Score { get; init; }

    public Intent Intent { get; init; }

    public Urgency Urgency { get; init; }

    public string? Interest { get; init; }

    [Description("What the deal is worth, in the company's currency.")]
    public decimal? Value { get; init; }

    [Description("While it is lost: why.")]
    public string? LostReason { get; init; }

    [Description("Every custom field in use by its key: a string, number, true or false, a date as 2026-03-31, an array of names for several choices, null where empty.")]
    public required JsonElement Custom { get; init; }

    [Description("By name.")]
    public required IReadOnlyList<string> Tags { get; init; }

    public string? City { get; init; }

    public string? Country { get; init; }

    [Description("Of a merge: POST /api/v1/undo/{token} takes it back for 24 hours.")]
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? UndoToken { get; init; }

    [Description("Null while nobody owns it.")]
    public PersonResponse? Owner { get; init; }

    public int MessageCount { get; init; }

    [Description("How often the person came in, the first time included.")]
    public int SubmissionCount { get; init; }

    [Description("The beginning of the last message.")]
    public string? LastMessage { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime LastActivityAt { get; init; }

    [Description("When the response goal ends.")]
    public DateTime ResponseDueAt { get; init; }

    public DateTime? FirstResponseAt { get; init; }

    [Description("What was odd when it came in: phone_unreadable, email_unreadable, name_missing, channel_unknown, instruction_like, opted_out.")]
    public required IReadOnlyList<string> Marks { get; init; }
}

internal sealed record ScoreReasonResponse(string Factor, int Points, int Max, string Reason);

internal sealed record ExtractedResponse(
    string? Product, decimal? Quantity, decimal? BudgetAmount, string? BudgetCurrency, string? Date, string? Place, string? Contact);

/// <summary>What the person's telling message says.</summary>
/// <param name="Confidence">0 to 100.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="AnsweredBy">Who read the last message: <c>built-in</c>, or provider and model.</param>
/// <param name="DurationMs">How long that took.</param>
internal sealed record ReadingResponse(
    string Category, Sentiment Sentiment, int Confidence, string? Language, bool OptOut, ExtractedResponse Extracted, string? AnsweredBy, double? DurationMs);

internal sealed record DuplicateResponse(long LeadId, string Name, string Reason);

/// <summary>A lead with everything that explains it.</summary>
internal sealed record LeadDetailResponse : LeadResponse
{
    [SetsRequiredMembers]
    public LeadDetailResponse(LeadResponse lead)
        : base(lead) => (ScoreReasons, PossibleDuplicates, Helpers) = ([], [], []);

    public required IReadOnlyList<ScoreReasonResponse> ScoreReasons { get; init; }

    [Description("Null for a form without text.")]
    public ReadingResponse? Reading { get; init; }

    [Description("The fields that have no place of their own.")]
    public JsonElement? Metadata { get; init; }

    public required IReadOnlyList<DuplicateResponse> PossibleDuplicates { get; init; }

    [Description("Why this owner.")]
    public string? AssignedBecause { get; init; }

    [Description("Who works on it beside its owner.")]
    public required IReadOnlyList<PersonResponse> Helpers { get; init; }

    [Description("When the earliest open follow-up is due.")]
    public DateTime? NextFollowUp { get; init; }

    [Description("Null while the rules' score holds.")]
    public ScoreByHandResponse? ScoreByHand { get; init; }
}

/// <param name="By">Who set it.</param>
internal sealed record ScoreByHandResponse(int Score, PersonResponse? By, DateTime? At, string? Reason);

internal sealed record LeadListResponse(IReadOnlyList<LeadResponse> Leads, [property: Description("Null on the last page.")] string? NextCursor);
