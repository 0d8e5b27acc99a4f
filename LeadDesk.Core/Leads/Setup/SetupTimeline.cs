using System.Runtime.CompilerServices;
using LeadDesk.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Setup;

/// <summary>
/// What a change of the company's set-up did to leads, on the timeline of each of them: who, when, before and after. One
/// statement for any number of leads, in the transaction of the change.
/// </summary>
internal static class SetupTimeline
{
    /// <summary>For the leads that have a tag now.</summary>
    public static Task<int> OfTagAsync(SetupChange change, long tagId, TimelineKind kind, string before, string? after, CancellationToken cancellationToken) =>
        WriteAsync(change, kind, null, before, after, $" FROM lead_tags WHERE company_id = {change.User.CompanyId} AND tag_id = {tagId}", cancellationToken);

    /// <summary>For the leads that have an option of a field now.</summary>
    public static Task<int> OfOptionAsync(SetupChange change, CustomField field, int option, string before, string after, CancellationToken cancellationToken) =>
        WriteAsync(
            change, TimelineKind.FieldChanged, field.Name, before, after, $" FROM lead_field_values WHERE company_id = {change.User.CompanyId} AND field_id = {field.Id} AND number = {option}", cancellationToken);

    /// <summary>For the leads whose choice is called otherwise now.</summary>
    public static async Task OfRenamedAsync(SetupChange change, CustomField field, IReadOnlyList<CustomFieldOption> before, IReadOnlyList<CustomFieldOption> after, CancellationToken cancellationToken)
    {
        foreach (var (former, now) in before.Join(after, option => option.Id, option => option.Id, (former, now) => (former, now)).Where(pair => pair.former.Name != pair.now.Name))
            await OfOptionAsync(change, field, former.Id, former.Name, now.Name, cancellationToken);
    }

    /// <param name="leads">From where the leads come, each once.</param>
    private static Task<int> WriteAsync(SetupChange change, TimelineKind kind, string? text, string before, string? after, FormattableString leads, CancellationToken cancellationToken)
    {
        object at = change.Context.Database.IsSqlite() ? Microseconds.From(change.Now) : change.Now;
        object?[] values = [change.User.CompanyId, at, (int)kind, change.User.UserId, text, before, after, .. leads.GetArguments()];
        // The places of the second text follow those of the first.
        var from = string.Format(System.Globalization.CultureInfo.InvariantCulture, leads.Format, [.. Enumerable.Range(7, leads.ArgumentCount).Select(place => $"{{{place}}}")]);
        var sql = FormattableStringFactory.Create(
            "INSERT INTO timeline_entries (company_id, lead_id, at, kind, actor_id, text, \"before\", \"after\") "
            + "SELECT {0}, lead_id, {1}, {2}, {3}, CAST({4} AS text), CAST({5} AS text), CAST({6} AS text)" + from, values);
        return change.Context.Database.ExecuteSqlAsync(sql, cancellationToken);
    }
}
