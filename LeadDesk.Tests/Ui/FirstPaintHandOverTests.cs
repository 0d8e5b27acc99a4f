using AngleSharp.Html.Parser;
using LeadDesk.Access;
using LeadDesk.Data;
using LeadDesk.Tests.Support;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
using Microsoft.AspNetCore.Components.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Ui;

public sealed class FirstPaintHandOverTests
{
    private const string StateBegins = "<!--Blazor-Server-Component-State:";

    private static readonly CurrentUser Ada = new(1, 7, "Ada", Role.Admin);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_html_of_the_list_has_its_rows_before_any_script_runs(DatabaseEngine engine)
    {
        // A clock that stands still: the page waits for its rows as long as they take.
        await using var app = await TestApp.StartAsync(engine, configure: services => services.AddSingleton<TimeProvider>(new ManualTime(DateTime.UtcNow)));
        using var browser = await app.SignInAsync();
        var admin = await app.AdminAsync();
        await AddAsync(app, admin.CompanyId, "Grace Hopper", "grace@example.org");
        var other = await TestCompany.AddAsync(app.Database, "Second");
        await AddAsync(app, other.Id, "Somebody else's", "else@example.org");

        var html = await browser.GetStringAsync(new Uri("/leads", UriKind.Relative), Stop);

        var page = new HtmlParser().ParseDocument(html);
        page.QuerySelector("[data-row] a[data-row-link]").ShouldNotBeNull().TextContent.ShouldBe("Grace Hopper");
        page.QuerySelectorAll("[data-row]").Length.ShouldBe(1);
        page.QuerySelector(".summary").ShouldNotBeNull().TextContent.ShouldBe("1 lead");
        page.QuerySelector(".tabs .count").ShouldNotBeNull().TextContent.ShouldBe("1");
        page.QuerySelector("[data-row] option[selected]").ShouldNotBeNull().TextContent.ShouldBe("Contacted");
        page.QuerySelectorAll("#main button, #main select, #main input").ShouldAllBe(control => control.Closest("fieldset[disabled]") != null);
        page.QuerySelector(".skeleton-row").ShouldBeNull();
        html.ShouldNotContain("Somebody else");
    }

    [Fact]
    public async Task What_is_handed_over_is_closed()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite, configure: services => services.AddSingleton<TimeProvider>(new ManualTime(DateTime.UtcNow)));
        using var browser = await app.SignInAsync();
        await AddAsync(app, (await app.AdminAsync()).CompanyId, "Grace Hopper", "grace@example.org");

        var html = await browser.GetStringAsync(new Uri("/leads", UriKind.Relative), Stop);

        // The list shows no address, but the rows behind it have one.
        html.ShouldNotContain("grace@example.org");
        var from = html.IndexOf(StateBegins, StringComparison.Ordinal) + StateBegins.Length;
        // How everything begins that the installation's keys closed.
        html[from..].ShouldStartWith("CfDJ8");
    }

    [Fact]
    public async Task What_was_read_is_taken_once_by_the_same_person_at_the_same_address()
    {
        var handed = await HandAsync(Ada, "https://desk.test/leads?filter=city%20is%20%22Izmir%22", "rows");

        var paint = await PaintAsync(handed, "https://desk.test/leads?filter=city is %22Izmir%22#first");

        paint.Take<string>(Ada).ShouldBe("rows");
        paint.Take<string>(Ada).ShouldBeNull();
    }

    [Theory]
    [InlineData(1, 8, "https://desk.test/leads")]
    [InlineData(2, 7, "https://desk.test/leads")]
    [InlineData(1, 7, "https://desk.test/leads?grade=HOT")]
    public async Task What_was_read_is_nothing_to_another_person_or_address(long company, long user, string address)
    {
        var handed = await HandAsync(Ada, "https://desk.test/leads", "rows");

        (await PaintAsync(handed, address)).Take<string>(new CurrentUser(company, user, "Eve", Role.Admin)).ShouldBeNull();
    }

    [Fact]
    public async Task Html_does_not_wait_for_a_read_that_takes_long()
    {
        var time = new ManualTime();
        using var paint = new FirstPaint(NewManager().State, new Place("https://desk.test/leads"), time);
        var endless = new TaskCompletionSource<string>();

        var read = paint.ReadAsync(Ada, _ => endless.Task);
        read.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        (await read).ShouldBeNull();
    }

    private static Task<bool> AddAsync(TestApp app, long companyId, string name, string email) => app.Database.Database.WriteAsync(companyId, async context =>
    {
        var company = new TestCompany(companyId, Ada, Ada, Ada, Ada, [.. context.Stages.Where(stage => stage.Name == "Contacted")]);
        var lead = company.NewLead(name);
        lead.Email = email;
        context.Leads.Add(lead);
        await context.SaveChangesAsync();
        await TestCompany.CountLeadsAsync(context, companyId);
        return true;
    }, Stop);

    private static ComponentStatePersistenceManager NewManager() => new(NullLogger<ComponentStatePersistenceManager>.Instance);

    private static async Task<Store> HandAsync(CurrentUser user, string address, string value)
    {
        var (manager, store) = (NewManager(), new Store());
        using var paint = new FirstPaint(manager.State, new Place(address), new ManualTime());
        (await paint.ReadAsync(user, _ => Task.FromResult(value))).ShouldBe(value);
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new StaticHtmlRenderer(services, NullLoggerFactory.Instance);
        await manager.PersistStateAsync(store, renderer);
        return store;
    }

    private static async Task<FirstPaint> PaintAsync(Store handed, string address)
    {
        var manager = NewManager();
        await manager.RestoreStateAsync(handed);
        return new FirstPaint(manager.State, new Place(address), new ManualTime());
    }

    private sealed class Place : NavigationManager
    {
        public Place(string address) => Initialize("https://desk.test/", address);
    }

    private sealed class Store : IPersistentComponentStateStore
    {
        private Dictionary<string, byte[]> kept = [];

        public Task<IDictionary<string, byte[]>> GetPersistedStateAsync() => Task.FromResult<IDictionary<string, byte[]>>(kept);

        public Task PersistStateAsync(IReadOnlyDictionary<string, byte[]> state)
        {
            kept = state.ToDictionary(StringComparer.Ordinal);
            return Task.CompletedTask;
        }

        public bool SupportsRenderMode(IComponentRenderMode renderMode) => true;
    }
}
