using LeadDesk.Simulators;
using LeadDesk.Simulators.Graph;
using LeadDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Simulators;

public sealed class LiveModeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leads_keep_coming_and_the_page_says_what_to_do()
    {
        var time = new ManualTime();
        await using var app = SimulatorApp.Build(time, "--live", "true", "--every", "5", "--backlog", "7", "--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Warning");
        await app.StartAsync(Ct);
        var graph = app.Services.GetRequiredService<GraphSimulator>();
        await Eventually.BecomesTrueAsync(() => graph.LeadCount == 7);
        await Eventually.BecomesTrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(5));
            return graph.LeadCount >= 10;
        });
        using var http = new HttpClient();
        var page = await http.GetStringAsync(app.Urls.Single(), Ct);
        page.ShouldContain("LeadDesk__Meta__GraphUrl=" + app.Urls.Single());
        page.ShouldContain("LeadDesk__Meta__AppSecret=" + graph.AppSecret);
        page.ShouldContain(SampleForms.PageId);
    }

    [Theory]
    [InlineData("--every", "0")]
    [InlineData("--every", "soon")]
    [InlineData("--push", "localhost:5080")]
    [InlineData("--backlog", "-1")]
    public void A_wrong_command_line_is_told_in_words(string name, string value) =>
        Should.Throw<FormatException>(() => SimulatorApp.Build("--live", "true", name, value)).Message.ShouldStartWith(name + " takes ");
}
