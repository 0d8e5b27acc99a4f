using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.FollowUps;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Leads.Trash;
using LeadDesk.Tests.Leads.Bulk;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads.Trash;

public sealed class EmptyTrashTests
{
    public static TheoryData<DatabaseEngine> Engine => Engines.All;

    [Theory, MemberData(nameof(Engine))]
    public async Task After_thirty_days_a_deleted_lead_is_gone_with_everything_of_it(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(3);
        await HangOnAsync(desk, ids);
        await desk.Leads.DeleteAsync(desk.Company.Manager, ids[0], "Spam", null, default);
        desk.Time.Advance(TimeSpan.FromDays(29));
        await desk.Leads.DeleteAsync(desk.Company.Manager, ids[1], "Young", null, default);
        desk.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));

        await new EmptyTrash(desk.Database, desk.Time).RunAsync(new JobRun(1, null, null, 1), default);

        (await desk.LeadsAsync()).Keys.Order().ShouldBe(ids[1..]);
        await NothingShouldPointToAsync(desk, ids[0]);
        (await desk.RowsAsync<LeadNearKey>()).Select(row => row.LeadId).ShouldBe(ids[1..], ignoreOrder: true);
        (await desk.RowsAsync<LeadMessage>()).Select(row => row.LeadId).ShouldBe(ids[1..], ignoreOrder: true);
        (await desk.RowsAsync<LeadDesk.Intake.InboundEvent>()).Count(row => row.LeadId == null).ShouldBe(1);
        var audit = await desk.RowsAsync<AuditEntry>();
        audit.Select(entry => (entry.Action, entry.Subject, entry.Details)).ShouldBe(
            [("lead.deleted", $"Lead {ids[0]}", "Spam"), ("lead.deleted", $"Lead {ids[1]}", "Young"), ("trash.emptied", "1 lead", "In the trash for 30 days")]);
    }

    [Theory, MemberData(nameof(Engine))]
    public async Task The_trash_is_listed_latest_first_and_emptied_by_hand(DatabaseEngine engine)
    {
        await using var desk = await BulkDesk.CreateAsync(engine);
        var ids = await desk.AddLeadsAsync(4);
        var (trash, service) = (new TrashQueries(desk.Database), new TrashService(desk.Database, desk.Time));
        foreach (var id in ids[..3])
        {
            await desk.Leads.DeleteAsync(desk.Company.Manager, id, null, null, default);
            desk.Time.Advance(TimeSpan.FromDays(1));
        }

        var first = (await trash.ListAsync(desk.Company.Admin, null, 2, default)).Value!;
        first.Items.Select(row => row.Id).ShouldBe([ids[2], ids[1]]);
        first.Items[0].By.ShouldBe(desk.Company.Manager.Name);
        first.Items[0].DaysLeft(desk.Time.GetUtcNow().UtcDateTime).ShouldBe(29);
        (await trash.ListAsync(desk.Company.Admin, first.NextCursor, 2, default)).Value!.Items.Select(row => row.Id).ShouldBe([ids[0]]);
        (await trash.ListAsync(desk.Company.Salesperson, null, 2, default)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await service.RemoveAsync(desk.Company.Salesperson, ids, default)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);

        // The one that is not in the trash stays.
        (await service.RemoveAsync(desk.Company.Admin, ids, default)).Value.ShouldBe(3);

        (await desk.LeadsAsync()).Keys.ShouldBe([ids[3]]);
        (await desk.RowsAsync<AuditEntry>())[^1].Subject.ShouldBe("3 leads");
    }

    private static Task<bool> HangOnAsync(BulkDesk desk, long[] ids) => desk.Database.WriteAsync(desk.Company.Id, context =>
    {
        var now = desk.Time.GetUtcNow().UtcDateTime;
        foreach (var id in ids)
        {
            var phone = $"+4420794600{id:D2}";
            context.AddRange(
                new LeadContact { Kind = ContactKind.Phone, Value = phone, LeadId = id },
                new LeadNearKey { Value = LeadContacts.Near(phone, null).Single(), LeadId = id },
                new LeadMessage { LeadId = id, Channel = "website", Text = "Hello", At = now },
                new LeadHelper { LeadId = id, UserId = desk.Company.Salesperson.UserId, Since = now },
                new FollowUp { LeadId = id, UserId = desk.Company.Manager.UserId, CreatedById = desk.Company.Manager.UserId, DueAt = now, CreatedAt = now },
                new ExportMark { LeadId = id, At = now },
                new LeadFacet { LeadId = id, Facet = 1, Key = "x" },
                new SearchEntry { LeadId = id, Text = "hello", CompanyId = desk.Company.Id },
                new LeadFile { LeadId = id, Name = "a.txt", ContentType = "text/plain", Content = [1], Size = 1, At = now },
                new PossibleDuplicate { LeadId = ids[2], OtherLeadId = id, Reason = "Same phone", FoundAt = now },
                new LeadDesk.Intake.InboundEvent { Source = "website", Raw = [1], ReceivedAt = now, LeadId = id });
        }

        return Task.FromResult(true);
    }, default);

    /// <summary>Whatever has a LeadId, also tables that come later.</summary>
    private static async Task NothingShouldPointToAsync(BulkDesk desk, long leadId)
    {
        await using var context = desk.Database.Open(CompanyScope.Installation);
        foreach (var entity in context.Model.GetEntityTypes().Where(type => type.FindProperty("LeadId") is not null))
        {
            var table = entity.GetTableName()!;
            var column = entity.FindProperty("LeadId")!.GetColumnName();
            var sql = string.Concat("SELECT count(*) AS \"Value\" FROM ", table, " WHERE ", column, " = {0}");
            (await context.Database.SqlQueryRaw<long>(sql, leadId).SingleAsync()).ShouldBe(0, table);
        }
    }
}
