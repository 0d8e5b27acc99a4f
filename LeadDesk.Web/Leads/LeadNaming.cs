using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Scoring;

namespace LeadDesk.Web.Leads;

/// <summary>Writes leads for programs: stages and owners by name, grades and marks as words.</summary>
internal sealed class LeadNaming(CompanyRules company, CompanyUsers users, IReadOnlyDictionary<long, LeadExtras> extras)
{
    private static readonly LeadMarks[] AllMarks = [.. Enum.GetValues<LeadMarks>().Where(mark => mark is not LeadMarks.None)];

    public LeadListResponse List(Page<LeadRow> page) => new([.. page.Items.Select(Lead)], page.NextCursor);

    public LeadResponse Lead(Lead lead) => Lead(LeadQueries.RowOf(lead));

    public LeadResponse Lead(LeadRow row) => new()
    {
        Id = row.Id,
        Version = row.Version,
        Name = row.Name,
        Organisation = row.Organisation,
        JobTitle = row.JobTitle,
        Phone = row.Phone,
        PhoneValid = row.PhoneValid,
        Email = row.Email,
        Channel = row.Channel,
        Source = row.Source,
        Campaign = row.Campaign,
        ExternalId = row.ExternalId,
        Status = company.Stage(row.StageId)?.Name,
        Quality = row.Grade.ToWord(),
        Score = row.Score,
        Intent = row.Intent,
        Urgency = row.Urgency,
        Interest = row.Interest,
        Value = Of(row).Value / 100m,
        LostReason = Of(row).LostReasonId is { } reason ? company.LostReasons.FirstOrDefault(known => known.Id == reason)?.Name : null,
        Custom = JsonSerializer.SerializeToElement(company.Fields.ToDictionary(field => field.Key, field => CustomFieldValues.Typed(field, Of(row).Of(field)), StringComparer.Ordinal)),
        Tags = [.. Of(row).Tags.Select(tag => tag.Name)],
        City = row.City,
        Country = row.Country,
        Owner = row.OwnerId is { } owner ? new PersonResponse(owner, users.Find(owner)?.Name) : null,
        MessageCount = row.MessageCount,
        SubmissionCount = row.SubmissionCount,
        LastMessage = row.LastMessage,
        CreatedAt = row.CreatedAt,
        LastActivityAt = row.LastActivityAt,
        ResponseDueAt = row.ResponseDueAt,
        FirstResponseAt = row.FirstResponseAt,
        Marks = [.. AllMarks.Where(mark => row.Marks.HasFlag(mark)).Select(Word)],
    };

    public LeadDetailResponse Detail(LeadDetails details) => new(Lead(details.Lead))
    {
        ScoreReasons = [.. details.Reasons.Select(reason => new ScoreReasonResponse(reason.Factor, reason.Points, reason.Max, reason.Reason))],
        Reading = Reading(details),
        Metadata = details.Lead.Metadata is { } metadata ? JsonElement.Parse(metadata) : null,
        PossibleDuplicates = [.. details.PossibleDuplicates.Select(other => new DuplicateResponse(other.LeadId, other.Name, other.Reason))],
        AssignedBecause = details.Lead.AssignedBecause,
        Helpers = [.. details.Helpers.Select(helper => new PersonResponse(helper.UserId, helper.Name))],
        NextFollowUp = details.Lead.NextFollowUpAt,
        ScoreByHand = details.Lead is { ScoreByHand: { } score } lead
            ? new ScoreByHandResponse(score, lead.ScoreByHandById is { } by ? new PersonResponse(by, users.Find(by)?.Name) : null, lead.ScoreByHandAt, lead.ScoreByHandBecause)
            : null,
    };

    private LeadExtras Of(LeadRow row) => extras.GetValueOrDefault(row.Id, LeadExtras.None);

    private static ReadingResponse? Reading(LeadDetails details)
    {
        if (details.Reading is not { } reading)
            return null;
        var found = reading.Extracted;
        return new ReadingResponse(
            reading.Category,
            reading.Sentiment,
            reading.Confidence,
            reading.Language,
            reading.OptOut,
            new ExtractedResponse(found.Product, found.Quantity, found.BudgetAmount, found.BudgetCurrency, found.Date, found.Place, found.Contact),
            details.LastAnalysis?.AnsweredBy,
            details.LastAnalysis is { } last ? last.Duration / 1000.0 : null);
    }

    private static string Word(LeadMarks mark) => JsonNamingPolicy.SnakeCaseLower.ConvertName(mark.ToString());
}

/// <summary>Reads what naming needs.</summary>
internal sealed class LeadNamings(CompanyDirectory companies, UserDirectory users, LeadExtrasQueries extras)
{
    /// <summary>For leads that were read for this user.</summary>
    public Task<LeadNaming> OfAsync(CurrentUser user, IReadOnlyList<LeadRow> rows, CancellationToken cancellationToken) =>
        OfAsync(user, [.. rows.Select(row => row.Id)], cancellationToken);

    /// <inheritdoc cref="OfAsync(CurrentUser, IReadOnlyList{LeadRow}, CancellationToken)"/>
    public Task<LeadNaming> OfAsync(CurrentUser user, Lead lead, CancellationToken cancellationToken) => OfAsync(user, [lead.Id], cancellationToken);

    private async Task<LeadNaming> OfAsync(CurrentUser user, long[] ids, CancellationToken cancellationToken) =>
        new(await companies.GetAsync(user.CompanyId, cancellationToken), await users.OfAsync(user.CompanyId), await extras.OfAsync(user, ids, cancellationToken));
}
