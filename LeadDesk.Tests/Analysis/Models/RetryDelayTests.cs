using LeadDesk.Analysis.Models;

namespace LeadDesk.Tests.Analysis.Models;

public sealed class RetryDelayTests
{
    [Theory]
    [InlineData("6m0s", 360)]
    [InlineData("547ms", 0.547)]
    [InlineData("27.4s", 27.4)]
    [InlineData("1h2m3.5s", 3723.5)]
    [InlineData("0s", 0)]
    public void A_duration_is_read(string text, double seconds) => RetryDelay.Parse(text).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("5")]
    [InlineData("5 s")]
    [InlineData("1.2.3s")]
    [InlineData("-5s")]
    [InlineData("99999999999h")]
    public void Something_else_is_no_duration(string? text) => RetryDelay.Parse(text).ShouldBeNull();

    [Fact]
    public void A_date_is_measured_from_the_servers_own_clock()
    {
        var headers = Headers(("Date", "Mon, 04 May 2026 09:00:00 GMT"), ("Retry-After", "Mon, 04 May 2026 09:00:30 GMT"));

        RetryDelay.FromHeaders(headers).ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Only_an_exhausted_window_makes_us_wait_for_its_reset()
    {
        var headers = Headers(
            ("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "547ms"),
            ("x-ratelimit-remaining-tokens", "100"), ("x-ratelimit-reset-tokens", "6m0s"));

        RetryDelay.FromHeaders(headers).ShouldBe(TimeSpan.FromMilliseconds(547));
    }

    private static System.Net.Http.Headers.HttpResponseHeaders Headers(params (string Name, string Value)[] values)
    {
        var response = new HttpResponseMessage();
        foreach (var (name, value) in values) response.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        return response.Headers;
    }
}
