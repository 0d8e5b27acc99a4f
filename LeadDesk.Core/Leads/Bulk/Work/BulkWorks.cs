using LeadDesk.Access;
using LeadDesk.Companies;

namespace LeadDesk.Leads.Bulk.Work;

internal static class BulkWorks
{
    private const string CustomPrefix = "custom.";

    /// <summary>The words of fields in JSON.</summary>
    public static LeadField? BuiltIn(string? word) =>
        Enum.GetValues<LeadField>().Where(field => string.Equals(LeadEditing.JsonName(field), word, StringComparison.OrdinalIgnoreCase)).Select(field => (LeadField?)field).FirstOrDefault();

    /// <summary>One of the company's own fields, as <c>budget</c> or <c>custom.budget</c>.</summary>
    public static CustomField? Custom(string? word, CompanyRules company) =>
        word is null ? null : company.Field(word.StartsWith(CustomPrefix, StringComparison.OrdinalIgnoreCase) ? word[CustomPrefix.Length..] : word);

    /// <summary>What a request does. Things that went away since it was checked show as reasons of the leads.</summary>
    /// <param name="askerId">Who asked for the change.</param>
    /// <param name="done">How many leads are through already.</param>
    public static BulkWork Of(BulkRequest request, long askerId, CompanyRules company, CompanyUsers people, int done) => request.Action switch
    {
        BulkAction.Status => new StageWork(company, request),
        BulkAction.Assign => new OwnerWork(request, people, done),
        BulkAction.Tag or BulkAction.Untag => new TagWork(company.Tags.FirstOrDefault(tag => tag.Id == request.TagId), request.TagId ?? 0, request.Action is BulkAction.Tag),
        BulkAction.Field when BuiltIn(request.Field) is { } field => new FieldWork(field, request.Value),
        BulkAction.Field when Custom(request.Field, company) is { } own => new ValueWork(own, request.Value, company),
        // Archived meanwhile: its values stay, nobody changes them.
        BulkAction.Field => new GoneWork(request.Field ?? ""),
        BulkAction.FollowUp => new FollowUpWork(request, askerId, people),
        BulkAction.Helper => new HelperWork(request, people),
        BulkAction.Delete => new DeleteWork(request),
        BulkAction.Restore => new RestoreWork(),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };
}
