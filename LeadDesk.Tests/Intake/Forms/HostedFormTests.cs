using System.Net;
using AngleSharp.Html.Parser;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Forms;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Intake.Forms;

/// <summary>The form at <c>/forms/{key}</c>.</summary>
public sealed class HostedFormTests
{
    private readonly ManualTime time = new();

    [Theory]
    [InlineData(30, InboundState.Processed)]
    [InlineData(0, InboundState.Ignored)]
    public async Task A_hosted_form_makes_a_lead_unless_it_comes_back_sooner_than_anybody_can_write(int seconds, InboundState expected)
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite, configure: services => services.AddSingleton<TimeProvider>(time));
        var admin = await app.AdminAsync();
        var form = (await app.Services.GetRequiredService<FormSourceService>().CreateAsync(admin, new FormSourceChange { Name = "Ask us <now>" }, Stop)).Value!;
        using var browser = app.CreateClient();
        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync(new Uri($"/forms/{form.Key}", UriKind.Relative), Stop));
        page.QuerySelector("h1")!.TextContent.ShouldBe("Ask us <now>");
        page.QuerySelector("form")!.GetAttribute("action").ShouldBe($"/webhooks/forms/{form.Key}");
        var fields = page.QuerySelectorAll("form input[name], form textarea[name]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        (fields["name"], fields["email"], fields["message"]) = ("Ada Lovelace", "ada@example.com", "Please call me");
        time.Advance(TimeSpan.FromSeconds(seconds));

        using var posted = new FormUrlEncodedContent(fields);
        using var answer = await browser.PostAsync(new Uri($"/webhooks/forms/{form.Key}", UriKind.Relative), posted, Stop);

        (answer.StatusCode, answer.Headers.Location?.ToString()).ShouldBe((HttpStatusCode.SeeOther, $"/forms/{form.Key}/thanks"));
        (await browser.GetStringAsync(answer.Headers.Location, Stop)).ShouldContain("Thank you");
        await using var context = app.Database.Database.Open(admin.CompanyId);
        (await context.InboundEvents.SingleAsync(Stop)).State.ShouldBe(expected);
        (await context.Leads.Select(lead => lead.Name).ToListAsync(Stop)).ShouldBe(expected is InboundState.Processed ? ["Ada Lovelace"] : []);
    }

    [Fact]
    public async Task A_form_of_an_unknown_key_is_not_found()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        using var browser = app.CreateClient();

        using var answer = await browser.GetAsync(new Uri("/forms/nobody", UriKind.Relative), Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
