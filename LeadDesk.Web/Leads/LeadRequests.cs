using System.ComponentModel;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;

namespace LeadDesk.Web.Leads;

/// <summary>What <c>POST /api/v1/leads</c> takes, as the API's description shows it. A phone, an email or an external_id is needed.</summary>
internal sealed record NewLeadRequest
{
    public string? Name { get; init; }

    public string? Organisation { get; init; }

    public string? JobTitle { get; init; }

    [Description("As written; read with its country code, or in the region.")]
    public string? Phone { get; init; }

    public string? Email { get; init; }

    [Description("At most 20,000 characters.")]
    public string? Message { get; init; }

    [Description("whatsapp, instagram, messenger, website, email, or another word.")]
    public string? Channel { get; init; }

    [Description("The sender's id, a string or a number.")]
    public string? ExternalId { get; init; }

    [Description("ISO 3166 alpha-2 for a phone written nationally; the company's by default.")]
    public string? Region { get; init; }

    public string? Interest { get; init; }

    public string? City { get; init; }

    public string? Country { get; init; }

    public string? Campaign { get; init; }

    public string? Source { get; init; }

    [Description("What the deal is worth, in the company's currency; a number or a string.")]
    public JsonElement? Value { get; init; }

    [Description("Custom fields by their keys, each as its type wants it.")]
    public IReadOnlyDictionary<string, JsonElement>? Custom { get; init; }

    [Description("By name; new ones are added to the company's.")]
    public IReadOnlyList<string>? Tags { get; init; }

    [Description("Any object. Fields that are not known here are kept in it, too.")]
    public JsonElement? Metadata { get; init; }
}

/// <summary>What <c>PATCH /api/v1/leads/{id}</c> takes, as the API's description shows it: only the fields to change, null empties one.</summary>
internal sealed record LeadChangeRequest(
    string? Name,
    string? Organisation,
    string? JobTitle,
    string? Phone,
    string? Email,
    string? City,
    string? Country,
    string? Interest,
    string? Campaign,
    string? Source,
    [property: Description("What the deal is worth, in the company's currency; a number or a string.")] JsonElement? Value,
    [property: Description("Custom fields by their keys; those left out stay as they are, null empties one.")] IReadOnlyDictionary<string, JsonElement>? Custom,
    [property: Description("All tags the lead has afterwards, by name; new ones are added to the company's.")] IReadOnlyList<string>? Tags,
    [property: Description("A stage's name in any case, or its id.")] string? Status,
    [property: Description("With a lost stage: a reason's name in any case, or its id.")] string? LostReason,
    [property: Description("With a status: stands on the timeline.")] string? Comment);

/// <summary>Where a lead goes, why, and what is filled in on the way.</summary>
internal sealed record StatusRequest(
    [property: Description("A stage's name in any case, or its id.")] string? Status,
    [property: Description("With a lost stage: a reason's name in any case, or its id.")] string? LostReason = null,
    [property: Description("Stands on the timeline.")] string? Comment = null,
    [property: Description("Fields to fill in with the move, as PATCH takes them.")] JsonElement? Fields = null);

/// <param name="OwnerId">A user's id, <c>"me"</c>, or null for nobody. Missing is not null: it is refused.</param>
internal sealed record AssignRequest(JsonElement OwnerId)
{
    private static readonly Refusal Unreadable = Refusal.Invalid("owner_id", "Give a user's id, \"me\", or null for nobody.");

    public Outcome<long?> Read(CurrentUser user) => OwnerId.ValueKind switch
    {
        JsonValueKind.Null => (long?)null,
        JsonValueKind.Number when OwnerId.TryGetInt64(out var id) => id,
        JsonValueKind.String when OwnerId.ValueEquals("me") => user.UserId,
        _ => Unreadable,
    };
}

internal sealed record NoteRequest(
    [property: Description("At most 20,000 characters. People named as @Ada Lovelace are told.")] string? Text,
    [property: Description("Ids of people who are told besides those named in the text.")] IReadOnlyList<long>? Mentions);

internal sealed record MergeRequest(
    [property: Description("1 to 20 ids of other leads, which go to the trash.")] IReadOnlyList<long>? Ids,
    [property: Description("For a field (name, organisation, job_title, phone, email, city, country, interest, campaign, source, value, owner_id, status, custom.key) the id of the lead whose value it takes.")] IReadOnlyDictionary<string, long>? Fields = null);

internal sealed record NoteResponse(long Id, DateTime At, PersonResponse Author, string Text, IReadOnlyList<MentionResponse> Mentions);

/// <param name="Told">False for somebody who may not see the lead.</param>
internal sealed record MentionResponse(long Id, string Name, [property: Description("False for somebody who may not see the lead.")] bool Told);

/// <summary>What the entry's kind knows beside its texts: a call, a note, a follow-up, a shared address.</summary>
internal sealed record TimelineDetailsResponse(
    LeadDesk.Leads.CallOutcome? Outcome, int? Seconds, DateTime? DueAt, string? Person, DateTime? ExpiresAt, IReadOnlyList<MentionResponse>? Mentions);

/// <param name="Kind">What happened: <c>received</c>, <c>scored</c>, <c>assigned</c>, <c>stage_changed</c>, <c>note</c>, ….</param>
/// <param name="Actor">Null when LeadDesk itself did it.</param>
/// <param name="Details">Null for kinds that have none.</param>
internal sealed record TimelineEntryResponse(
    long Id, DateTime At, LeadDesk.Leads.TimelineKind Kind, PersonResponse? Actor, string? Text, string? Before, string? After, TimelineDetailsResponse? Details);

internal sealed record TimelineResponse(IReadOnlyList<TimelineEntryResponse> Entries, string? NextCursor);
