using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.FollowUps;
using LeadDesk.Leads.Bulk.Work;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Leads.Bulk;

/// <summary>What is wrong with a request as a whole, before any lead is looked at. Fields are named as programs send them.</summary>
internal static class BulkCheck
{
    private const int LongestText = 500;
    private const int MostOwners = 100;

    private static readonly Refusal NoLeads = Refusal.Invalid("ids", "Say which leads: give either ids or a filter.");
    private static readonly Refusal BothWays = Refusal.Invalid("filter", "Give either ids or a filter, not both.");

    public static readonly Refusal TooMany = Refusal.Invalid("ids", $"At most {BulkRequest.Most:N0} leads can be changed at once. Narrow the filter or send them in parts.");

    /// <summary>Whether the user may do this at all, and to which leads.</summary>
    public static Refusal? Which(CurrentUser user, BulkRequest request)
    {
        if (MayNot(user, request.Action) is { } forbidden)
            return forbidden;
        if (request.Ids is { Count: 0 } || (request.Ids is null && request.Filter is null))
            return NoLeads;
        if (request.Ids is not null && request.Filter is not null)
            return BothWays;
        if (request.Filter?.Where?.RefuseMissing() is { } gone)
            return gone;
        if (request.Action is BulkAction.Restore && request.Ids is null)
            return Refusal.Invalid("filter", "A filter does not find leads in the trash. Give their ids.");
        if (request.Ids?.Count > BulkRequest.Most || request.Except.Count > BulkRequest.Most)
            return TooMany;
        if (request.Ids?.Any(id => id <= 0) is true)
            return Refusal.Invalid("ids", "Ids are whole numbers above 0.");
        return null;
    }

    public static Refusal? MayNot(CurrentUser user, BulkAction action) => action switch
    {
        _ when !user.Can(Permission.ChangeLeads) => LeadRefusals.MayNotChange,
        BulkAction.Assign when !user.Can(Permission.AssignLeads) => LeadRefusals.MayNotAssign,
        BulkAction.Delete or BulkAction.Restore when !user.Can(Permission.DeleteLeads) => LeadRefusals.MayNotDelete,
        _ => null,
    };

    /// <summary>What the leads get.</summary>
    public static Refusal? Value(BulkRequest request, CompanyRules company, CompanyUsers people, DateTime now) => request.Action switch
    {
        BulkAction.Status => Stage(request, company),
        BulkAction.Assign when request.OwnerIds.Count > MostOwners => Refusal.Invalid("value", $"At most {MostOwners} people can take turns."),
        BulkAction.Assign when request.OwnerIds.Any(id => OwnerMoves.Find(people, id) is null) => NotAPerson("value"),
        BulkAction.Tag or BulkAction.Untag when company.Tags.All(tag => tag.Id != request.TagId) => UnknownTag(company),
        BulkAction.Field => Field(request, company),
        BulkAction.FollowUp => FollowUp(request, people, now),
        BulkAction.Helper when request.HelperId is not { } helper || OwnerMoves.Find(people, helper) is null => NotAPerson("value"),
        BulkAction.Delete => Text("reason", request.Reason, LongestText),
        _ => null,
    };

    private static Refusal? Stage(BulkRequest request, CompanyRules company)
    {
        if (request.StageId is not { } id || company.Stage(id) is not { } stage)
            return Refusal.Invalid("value", $"There is no such stage. Use one of: {string.Join(", ", company.Stages.Select(row => row.Name))}.");
        if (request.LostReasonId is { } reason && (stage.Outcome is not LeadOutcome.Lost || company.LostReasons.All(row => row.Id != reason)))
            return LeadRefusals.UnknownLostReason;
        return Text("comment", request.Comment, StageMove.LongestComment);
    }

    private static Refusal UnknownTag(CompanyRules company) => Refusal.Invalid(
        "value", company.Tags.Count is 0 ? "There are no tags yet. Make one in the settings first." : $"There is no such tag. Use one of: {string.Join(", ", company.Tags.Take(50).Select(tag => tag.Name))}.");

    private static Refusal? Field(BulkRequest request, CompanyRules company)
    {
        if (BulkWorks.BuiltIn(request.Field) is not { } field)
        {
            return BulkWorks.Custom(request.Field, company) is { } own
                ? Renamed(CustomFieldValues.Read(own, request.Value, company).Refusal)
                : Refusal.Invalid("field", "There is no field of this name. Use one of the words that leads have in JSON, such as city or campaign, or a custom field's.");
        }

        if (!FieldWork.CanBeShared(field))
            return Refusal.Invalid("field", "A phone or an e-mail belongs to one lead. Change it on the lead.");
        return field is LeadField.Value ? Renamed(DealValue.Read(request.Value, company).Refusal) : Text("value", request.Value, LongestText);
    }

    /// <summary>Under the name that this request has for it.</summary>
    private static Refusal? Renamed(Refusal? refusal) => refusal is null ? null : Refusal.Invalid("value", refusal.Message);

    private static Refusal? FollowUp(BulkRequest request, CompanyUsers people, DateTime now)
    {
        if (request.DueAt is not { } due)
            return Refusal.Invalid("due_at", "Say when the follow-up is due, such as 2026-11-03T09:00:00Z.");
        if (due < now.AddDays(-1) || due > now.AddYears(10))
            return Refusal.Invalid("due_at", "A follow-up is due between now and ten years from now.");
        if (request.AssigneeId is { } id && OwnerMoves.Find(people, id) is null)
            return NotAPerson("assignee_id");
        return Text("text", request.Text, FollowUpService.LongestText);
    }

    private static Refusal NotAPerson(string field) =>
        Refusal.Invalid(field, "There is no active person with this id who can own leads. Choose one from the list of users.");

    private static Refusal? Text(string field, string? text, int longest) =>
        text?.Length > longest ? Refusal.Invalid(field, $"At most {longest:N0} characters fit here.")
        : TextRules.FindForbiddenControl(text) is { } forbidden ? Refusal.Invalid(field, $"The text contains a character that cannot be stored ({forbidden}). Remove it.")
        : null;
}
