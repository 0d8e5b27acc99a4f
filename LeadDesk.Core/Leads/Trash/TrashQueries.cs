using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Trash;

/// <summary>A lead in the trash.</summary>
/// <param name="By">Who deleted it; null when that is not known.</param>
/// <param name="GoneAt">When it is removed for good.</param>
public sealed record TrashRow(long Id, string Name, DateTime DeletedAt, string? By, string? Because, DateTime GoneAt)
{
    /// <summary>Days that are left, 1 on the last one; 0 when it is over.</summary>
    public int DaysLeft(DateTime now) => Math.Max(0, (int)Math.Ceiling((GoneAt - now).TotalDays));
}

/// <summary>What is in the trash, for who may delete leads. Leads that were merged are not: their address leads to the other lead.</summary>
public sealed class TrashQueries(Database database)
{
    private const string SortName = "trash";

    /// <summary>The latest first.</summary>
    /// <param name="limit">1 to <see cref="Page{T}.MaximumLimit"/>.</param>
    public async Task<Outcome<Page<TrashRow>>> ListAsync(CurrentUser user, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (!user.Can(Permission.DeleteLeads))
            return LeadRefusals.MayNotDelete;
        if (limit is < 1 or > Page<TrashRow>.MaximumLimit)
            return Refusal.Invalid("limit", $"The limit must be between 1 and {Page<TrashRow>.MaximumLimit}.");
        var after = Cursor.Decode(cursor);
        var at = DateTime.MaxValue;
        if (!string.IsNullOrEmpty(cursor) && (after?.Sort != SortName || !DateTime.TryParseExact(after.Value, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out at)))
            return Refusal.Invalid("cursor", "This cursor belongs to another list. Start again without a cursor.");
        await using var context = database.Open(user.CompanyId);
        var trash = InTrash(context);
        if (after is { Id: var last })
            trash = trash.Where(lead => lead.DeletedAt <= at && (lead.DeletedAt < at || lead.Id < last));
        var rows = await Rows(context, trash.OrderByDescending(lead => lead.DeletedAt).ThenByDescending(lead => lead.Id).Take(limit + 1)).ToListAsync(cancellationToken);
        var read = rows.ConvertAll(row => row.Read());
        return read.Count <= limit
            ? new Page<TrashRow>(read, null)
            : new Page<TrashRow>(read[..limit], new Cursor(SortName, read[limit - 1].DeletedAt.ToString("O", CultureInfo.InvariantCulture), read[limit - 1].Id).Encode());
    }

    internal static IQueryable<Lead> InTrash(AppDbContext context) =>
        context.Leads.IgnoreQueryFilters([AppDbContext.TrashFilter]).Where(lead => lead.DeletedAt != null && lead.MergedIntoId == null);

    private static IQueryable<Row> Rows(AppDbContext context, IQueryable<Lead> leads) => leads.Select(lead => new Row(
        lead.Id, lead.Name, lead.Email, lead.Phone, lead.DeletedAt!.Value, context.Users.Where(person => person.Id == lead.DeletedById).Select(person => person.Name).FirstOrDefault(), lead.DeletedBecause));

    private sealed record Row(long Id, string? Name, string? Email, string? Phone, DateTime DeletedAt, string? By, string? Because)
    {
        public TrashRow Read() => new(Id, LeadNames.Display(Name, Email, Phone, Id), DeletedAt, By, Because, DeletedAt + EmptyTrash.KeptFor);
    }
}
