using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Exports;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Tests.Leads.Filtering;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Exports;

/// <summary>Leads in a file: which, with what, who may, and what is kept of it.</summary>
public sealed class LeadExportsTests
{
    private static readonly string[] Few = ["name", "phone", "stage", "value", "tags", "cf.plan", "cf.starts", "cf.agreed"];

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Chosen_columns_of_the_leads_that_the_filter_finds_are_written(DatabaseEngine engine)
    {
        var leads = await FilterLeads.AddAsync(engine);
        await using var database = leads.Database;

        var file = await ExportAsync(leads, Request(leads, "score>=60") with { Columns = Few });

        file.ShouldBe("""
            Name,Phone,Stage,Value,Tags,Plan,Starts,Agreed
            Ayşe Yılmaz,+905321234567,New,1500,VIP,Gold; Silver,2026-04-01,yes
            Bob Stone,,Won,99.99,Cold call,Silver,2026-03-01,no

            """.ReplaceLineEndings("\r\n"));
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_went_out_is_marked_and_stands_in_the_audit(DatabaseEngine engine)
    {
        var leads = await FilterLeads.AddAsync(engine);
        await using var database = leads.Database;
        (await leads.NamesAsync("exported is yes")).ShouldBe("Bob");

        await ExportAsync(leads, Request(leads, "city is izmir"));

        (await leads.NamesAsync("exported is yes")).ShouldBe("Ayşe Bob Cem");
        await using var context = database.Database.Open(leads.Company.Id);
        var noted = await context.AuditEntries.SingleAsync(entry => entry.Action == "leads.exported", FilterLeads.Stop);
        noted.ActorId.ShouldBe(leads.Company.Admin.UserId);
        noted.Details.ShouldNotBeNull().ShouldContain("city is izmir");
    }

    [Fact]
    public async Task JSON_has_typed_values_under_the_columns_words()
    {
        var leads = await FilterLeads.AddAsync(DatabaseEngine.Sqlite);
        await using var database = leads.Database;

        using var json = JsonDocument.Parse(await ExportAsync(leads, Request(leads, "tag is vip") with { Format = ExportFormat.Json, Columns = ["name", "value", "created", "cf.agreed"] }));

        json.RootElement.EnumerateArray().Select(lead => lead.GetRawText()).ShouldBe(
        [
            "{\"name\":\"Ayşe Yılmaz\",\"value\":1500,\"created\":\"2026-03-10T12:00:00Z\",\"cf.agreed\":true}",
            "{\"name\":\"Cem Kaya\",\"value\":null,\"created\":\"2026-01-30T12:00:00Z\",\"cf.agreed\":false}",
        ]);
    }

    [Fact]
    public async Task Trials_of_sources_are_left_out_unless_asked_for()
    {
        var leads = await FilterLeads.AddAsync(DatabaseEngine.Sqlite);
        await using var database = leads.Database;
        await database.Database.WriteAsync(leads.Company.Id, async context =>
        {
            (await context.Leads.SingleAsync(lead => lead.NameKey.StartsWith("dora"), FilterLeads.Stop)).Marks = LeadMarks.Test;
            return true;
        }, FilterLeads.Stop);

        (await ExportAsync(leads, Request(leads, "score>=0") with { Columns = ["name"] })).ShouldNotContain("Dora");
        (await ExportAsync(leads, Request(leads, "test is yes") with { Columns = ["name"] })).ShouldContain("Dora");
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Leads_chosen_one_by_one_come_in_the_lists_order_and_nothing_else_does(DatabaseEngine engine)
    {
        var leads = await FilterLeads.AddAsync(engine);
        await using var database = leads.Database;
        await using var context = database.Database.Open(leads.Company.Id);
        var ids = await context.Leads.OrderByDescending(lead => lead.NameKey).Select(lead => lead.Id).ToListAsync(FilterLeads.Stop);
        var request = new ExportRequest(new LeadFilter { Sort = LeadSort.Name, Ascending = true }, ExportFormat.Csv, ["name"]) { Ids = [ids[0], ids[2], ids[2], 987_654] };

        Names(await ExportAsync(leads, request)).Select(name => name.Split(' ')[0]).ShouldBe(["Bob", "Dora"]);
        (await leads.NamesAsync("exported is yes")).ShouldBe("Bob Dora");
    }

    [Fact]
    public async Task Leads_taken_out_of_all_that_match_stay_out()
    {
        var leads = await FilterLeads.AddAsync(DatabaseEngine.Sqlite);
        await using var database = leads.Database;
        await using var context = database.Database.Open(leads.Company.Id);
        var bob = await context.Leads.Where(lead => lead.NameKey.StartsWith("bob")).Select(lead => lead.Id).SingleAsync(FilterLeads.Stop);

        Names(await ExportAsync(leads, Request(leads, "score>=60") with { Columns = ["name"], Except = [bob] })).ShouldBe(["Ayşe Yılmaz"]);
    }

    [Fact]
    public async Task More_than_can_be_chosen_one_by_one_is_refused()
    {
        var leads = await FilterLeads.AddAsync(DatabaseEngine.Sqlite);
        await using var database = leads.Database;

        var prepared = await Exports(leads).PrepareAsync(leads.Company.Admin, Request(leads, "score>=0") with { Ids = [.. Enumerable.Range(1, ExportRequest.MostIds + 1)] }, FilterLeads.Stop);

        prepared.Refusal!.Errors!["ids"][0].ShouldStartWith("At most 10,000 leads");
    }

    [Fact]
    public async Task Every_column_is_filled_from_its_own_place()
    {
        var leads = await FilterLeads.AddAsync(DatabaseEngine.Sqlite);
        await using var database = leads.Database;
        var all = LeadExportColumns.All(leads.Scope.Company, leads.Scope.Users);

        using var together = JsonDocument.Parse(await ExportAsync(leads, Request(leads, "score>=0") with { Format = ExportFormat.Json, Columns = [.. all.Select(column => column.Header.Word)] }));
        foreach (var word in all.Select(column => column.Header.Word).Where(word => word is not "exported"))
        {
            using var alone = JsonDocument.Parse(await ExportAsync(leads, Request(leads, "score>=0") with { Format = ExportFormat.Json, Columns = [word] }));
            alone.RootElement.EnumerateArray().Select(lead => lead.GetProperty(word).GetRawText()).ShouldBe(together.RootElement.EnumerateArray().Select(lead => lead.GetProperty(word).GetRawText()), word);
        }
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task More_leads_than_are_read_at_once_come_once_each_and_in_order(DatabaseEngine engine)
    {
        const int copies = 3000;
        var leads = await FilterLeads.AddAsync(engine);
        await using var database = leads.Database;
        await database.Database.WriteAsync(leads.Company.Id, async context =>
        {
            var pattern = await context.Leads.AsNoTracking().FirstAsync(FilterLeads.Stop);
            // All of one name: the order among them is by number.
            context.AddRange(Enumerable.Range(0, copies).Select(copy => new Lead
            {
                Name = "Copy",
                NameKey = LeadText.NameKey("Copy", null, null),
                ExternalId = $"{copy}",
                Channel = pattern.Channel,
                StageId = pattern.StageId,
                CreatedAt = pattern.CreatedAt,
                LastActivityAt = pattern.CreatedAt,
            }));
            return true;
        }, FilterLeads.Stop);

        var lines = Names(await ExportAsync(leads, new ExportRequest(new LeadFilter { Sort = LeadSort.Name, Ascending = true }, ExportFormat.Csv, ["name", "external_id", "cf.plan"])));

        lines.Where(line => line.StartsWith("Copy", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(0, copies).Select(copy => $"Copy,{copy},"));
        lines.Count.ShouldBe(copies + 4);
    }

    [Fact]
    public async Task Who_may_not_and_what_is_wrong_is_refused_before_anything_is_written()
    {
        var leads = await FilterLeads.AddAsync(DatabaseEngine.Sqlite);
        await using var database = leads.Database;
        var request = Request(leads, "score>=0");

        (await Exports(leads).PrepareAsync(leads.Company.Salesperson, request, FilterLeads.Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await Exports(leads).PrepareAsync(leads.Company.Admin, request with { Columns = ["name", "shoe_size"] }, FilterLeads.Stop)).Refusal!.Errors!["columns"][0].ShouldStartWith("There is no column “shoe_size”.");
        (await Exports(leads).PrepareAsync(leads.Company.Admin, request with { Separator = 'x' }, FilterLeads.Stop)).Refusal!.Errors!.Keys.ShouldBe(["separator"]);
        (await Exports(leads).PrepareAsync(leads.Company.Admin, Request(leads, "tag is gone"), FilterLeads.Stop)).Refusal!.Errors!.Keys.ShouldBe(["tag"]);
        await using var context = database.Database.Open(leads.Company.Id);
        (await context.AuditEntries.AnyAsync(FilterLeads.Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task The_file_is_named_by_the_companys_clock()
    {
        var leads = await FilterLeads.AddAsync(DatabaseEngine.Sqlite);
        await using var database = leads.Database;

        var export = await Exports(leads).PrepareAsync(leads.Company.Admin, Request(leads, "score>=0") with { Format = ExportFormat.Xlsx }, FilterLeads.Stop);

        export.Value!.FileName.ShouldBe("leads_2026-03-11_120000.xlsx");
    }

    private static List<string> Names(string csv) => [.. csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)];

    private static ExportRequest Request(FilterLeads leads, string filter) =>
        new(new LeadFilter { Where = LeadFilterReader.Read(filter, leads.Scope).Value, Sort = LeadSort.Name, Ascending = true }, ExportFormat.Csv);

    private static LeadExports Exports(FilterLeads leads)
    {
        var (database, clock) = (leads.Database.Database, new ManualTime(FilterLeads.Now));
        return new LeadExports(database, leads.Queries, new LeadFilterScopes(new CompanyDirectory(database, clock), new UserDirectory(database, clock), clock));
    }

    private static async Task<string> ExportAsync(FilterLeads leads, ExportRequest request)
    {
        var export = await Exports(leads).PrepareAsync(leads.Company.Admin, request, FilterLeads.Stop);
        export.Refusal?.Message.ShouldBeNull();
        using var file = new MemoryStream();
        var pipe = PipeWriter.Create(file, new StreamPipeWriterOptions(leaveOpen: true));
        await export.Value!.WriteAsync(pipe, FilterLeads.Stop);
        await pipe.CompleteAsync();
        return Encoding.UTF8.GetString(file.ToArray());
    }
}
