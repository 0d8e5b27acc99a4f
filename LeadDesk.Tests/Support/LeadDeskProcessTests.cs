using System.Net;

namespace LeadDesk.Tests.Support;

public sealed class LeadDeskProcessTests
{
    [Fact]
    public async Task The_app_comes_back_on_the_same_address_and_data_after_kill_9()
    {
        await using var app = await LeadDeskProcess.StartAsync();
        using var client = app.CreateClient();
        var witness = Path.Combine(app.DataFolder, "witness");
        await File.WriteAllTextAsync(witness, "still here", TestContext.Current.CancellationToken);

        await app.Kill9Async();
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync("health/live", TestContext.Current.CancellationToken));
        await app.RestartAsync();

        using var answer = await client.GetAsync("health/live", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        File.Exists(witness).ShouldBeTrue();
    }

    [Fact]
    public async Task A_start_that_fails_is_reported_with_what_the_app_said()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Kestrel:Endpoints:Web:Url"] = "not an address" };

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => LeadDeskProcess.StartAsync(settings));

        failure.Message.ShouldContain("before it was ready");
        failure.Message.ShouldContain("not an address");
    }
}
