using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Conversations;
using LeadDesk.Intake.Meta;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake.Conversations;

public sealed class ChannelConnectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Secrets_are_kept_closed_and_shown_by_their_end_only(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var company = await TestCompany.AddAsync(database);
        var (service, queries) = Services(database);

        (await service.BeginAsync(company.Admin, InboundSources.WhatsApp, Stop)).Succeeded.ShouldBeTrue();
        (await service.BeginAsync(company.Admin, InboundSources.WhatsApp, Stop)).Succeeded.ShouldBeTrue();
        var begun = await ViewAsync(queries, company);
        (await service.SaveAsync(company.Admin, InboundSources.WhatsApp, new ChannelEdit("106540352242922", "EAAGtoken1234", "app-secret", "tr", [company.Salesperson.UserId]), begun.Version, Stop)).Succeeded.ShouldBeTrue();

        var view = await ViewAsync(queries, company);
        (view.AccountId, view.AccessTokenEnd, view.HasAppSecret, view.Region).ShouldBe(("106540352242922", "1234", true, "TR"));
        view.Owners.ShouldBe([company.Salesperson.UserId]);
        view.VerifyToken.ShouldBe(begun.VerifyToken);
        await using var context = database.Database.Open(company.Id);
        var row = await context.ChannelConnections.SingleAsync(Stop);
        new[] { row.AccessToken, row.AppSecret, row.VerifyToken }.ShouldAllBe(secret => secret!.StartsWith("closed:"));
        (await context.AuditEntries.CountAsync(Stop)).ShouldBe(2);
    }

    [Fact]
    public async Task An_empty_secret_is_kept_and_a_blank_one_taken_away()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var company = await TestCompany.AddAsync(database);
        var (service, queries) = Services(database);
        await service.BeginAsync(company.Admin, InboundSources.WhatsApp, Stop);
        await service.SaveAsync(company.Admin, InboundSources.WhatsApp, new ChannelEdit(null, "EAAG1234", "secret", null, []), 1, Stop);

        await service.SaveAsync(company.Admin, InboundSources.WhatsApp, new ChannelEdit(null, "", null, null, []), 2, Stop);

        var view = await ViewAsync(queries, company);
        (view.AccessTokenEnd, view.HasAppSecret).ShouldBe((null, true));
    }

    [Theory]
    [InlineData("12 34", null, null, "account_id")]
    [InlineData(null, "two words", null, "access_token")]
    [InlineData(null, null, "Atlantis", "region")]
    public async Task What_cannot_be_right_is_named_at_its_field(string? account, string? token, string? region, string field)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var company = await TestCompany.AddAsync(database);
        var (service, _) = Services(database);
        await service.BeginAsync(company.Admin, InboundSources.WhatsApp, Stop);

        var outcome = await service.SaveAsync(company.Admin, InboundSources.WhatsApp, new ChannelEdit(account, token, null, region, []), 1, Stop);

        outcome.Refusal.ShouldNotBeNull().Errors.ShouldNotBeNull().Keys.ShouldBe([field]);
    }

    [Fact]
    public async Task An_account_belongs_to_one_company()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var (first, second) = (await TestCompany.AddAsync(database), await TestCompany.AddAsync(database, "Second"));
        var (service, _) = Services(database);
        foreach (var company in new[] { first, second })
            await service.BeginAsync(company.Admin, InboundSources.WhatsApp, Stop);
        var edit = new ChannelEdit("106540352242922", null, null, null, []);

        (await service.SaveAsync(first.Admin, InboundSources.WhatsApp, edit, 1, Stop)).Succeeded.ShouldBeTrue();
        (await service.SaveAsync(second.Admin, InboundSources.WhatsApp, edit, 1, Stop)).Refusal.ShouldNotBeNull().Errors!.Keys.ShouldBe(["account_id"]);
    }

    [Fact]
    public async Task Only_admins_may_and_only_the_version_they_saw()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var company = await TestCompany.AddAsync(database);
        var (service, queries) = Services(database);
        var edit = new ChannelEdit(null, null, null, null, []);

        (await service.BeginAsync(company.Manager, InboundSources.WhatsApp, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await queries.GetAsync(company.Salesperson, InboundSources.WhatsApp, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        (await queries.OverviewAsync(company.Salesperson, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Forbidden);
        await service.BeginAsync(company.Admin, InboundSources.WhatsApp, Stop);
        (await service.SaveAsync(company.Admin, InboundSources.WhatsApp, edit, 7, Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Stale);
        (await service.BeginAsync(company.Admin, "telex", Stop)).Refusal!.Kind.ShouldBe(RefusalKind.Missing);
    }

    [Fact]
    public async Task A_new_verify_token_replaces_the_old_one_and_removing_forgets_everything()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseEngine.Sqlite);
        var company = await TestCompany.AddAsync(database);
        var (service, queries) = Services(database);
        await service.BeginAsync(company.Admin, InboundSources.WhatsApp, Stop);
        var before = (await ViewAsync(queries, company)).VerifyToken;

        await service.RenewVerifyTokenAsync(company.Admin, InboundSources.WhatsApp, Stop);
        (await ViewAsync(queries, company)).VerifyToken.ShouldNotBe(before);
        await service.RemoveAsync(company.Admin, InboundSources.WhatsApp, Stop);

        (await queries.GetAsync(company.Admin, InboundSources.WhatsApp, Stop)).Value.ShouldBeEmpty();
        (await queries.OverviewAsync(company.Admin, Stop)).Value!.ShouldAllBe(source => source.Count == 0 && source.LastEventAt == null);
    }

    private static async Task<ChannelView> ViewAsync(ChannelConnectionQueries queries, TestCompany company) =>
        (await queries.GetAsync(company.Admin, InboundSources.WhatsApp, Stop)).Value.ShouldNotBeNull().ShouldHaveSingleItem();

    private static (ChannelConnectionService Service, ChannelConnectionQueries Queries) Services(TestDatabase database)
    {
        var time = new ManualTime();
        var box = new PaperBox();
        var options = new ConversationOptions(ChannelOptions.Off, ChannelOptions.Off);
        var directory = new ChannelDirectory(database.Database, box, MetaOptions.Standard, options, time);
        return (new ChannelConnectionService(database.Database, box, directory, new UserDirectory(database.Database, time), time),
            new ChannelConnectionQueries(database.Database, box, MetaOptions.Standard, options));
    }

    private sealed class PaperBox : ISecretBox
    {
        public string Close(string secret) => "closed:" + secret;

        public string? Open(string closed) => closed["closed:".Length..];
    }
}
