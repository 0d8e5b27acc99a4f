using System.Net;
using LeadDesk.Intake.Meta;

namespace LeadDesk.Tests.Intake.Meta;

public sealed class GraphErrorTests
{
    [Theory]
    [InlineData("meta_graph_error_190_463_expired.json", GraphErrorKind.Reconnect)]
    [InlineData("meta_graph_error_2_transient.json", GraphErrorKind.Transient)]
    [InlineData("meta_graph_error_4_app_limit.json", GraphErrorKind.Limit)]
    [InlineData("meta_graph_error_17_user_limit.json", GraphErrorKind.Limit)]
    [InlineData("meta_graph_error_32_page_limit.json", GraphErrorKind.Limit)]
    [InlineData("meta_graph_error_613_custom_limit.json", GraphErrorKind.Limit)]
    [InlineData("meta_graph_error_80005.json", GraphErrorKind.Limit)]
    [InlineData("meta_graph_error_10_permission.json", GraphErrorKind.Permission)]
    [InlineData("meta_graph_error_200_permission.json", GraphErrorKind.Permission)]
    [InlineData("meta_graph_error_100_33.json", GraphErrorKind.BadObject)]
    public async Task A_documented_error_is_told_by_its_code(string sample, GraphErrorKind expected)
    {
        // Whatever the status: Graph gives 400, but servers between change it.
        foreach (var status in (HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.InternalServerError, HttpStatusCode.OK])
            (await ErrorOfAsync(Sample.Text(sample), status)).Kind.ShouldBe(expected);
    }

    [Theory]
    [InlineData(102, GraphErrorKind.Reconnect)]
    [InlineData(1, GraphErrorKind.Transient)]
    [InlineData(341, GraphErrorKind.Limit)]
    [InlineData(80001, GraphErrorKind.Limit)]
    [InlineData(80002, GraphErrorKind.Limit)]
    [InlineData(368, GraphErrorKind.Blocked)]
    [InlineData(3, GraphErrorKind.Permission)]
    [InlineData(299, GraphErrorKind.Permission)]
    public async Task A_code_as_number_or_text_is_the_same(int code, GraphErrorKind expected)
    {
        (await ErrorOfAsync($"{{\"error\":{{\"message\":\"x\",\"code\":{code}}}}}", HttpStatusCode.BadRequest)).Kind.ShouldBe(expected);
        (await ErrorOfAsync($"{{\"error\":{{\"message\":\"x\",\"code\":\"{code}\"}}}}", HttpStatusCode.BadRequest)).Kind.ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"error":{"message":"no code here","type":"OAuthException"}}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("{}")]
    [InlineData("""{"error":"Bad gateway"}""")]
    [InlineData("\"Bad gateway\"")]
    [InlineData("Bad gateway")]
    [InlineData("<html><body>Sorry, something went wrong.</body></html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"error":{"code":{"a":1},"is_transient":null}}""")]
    [InlineData("""{"error":{"message":"\ud800","code":1e400}}""")]
    public async Task Without_a_code_the_status_decides(string body)
    {
        (await ErrorOfAsync(body, HttpStatusCode.BadGateway)).Kind.ShouldBe(GraphErrorKind.Transient);
        (await ErrorOfAsync(body, HttpStatusCode.OK)).Kind.ShouldBe(GraphErrorKind.Transient);
        (await ErrorOfAsync(body, HttpStatusCode.Unauthorized)).Kind.ShouldBe(GraphErrorKind.Reconnect);
        (await ErrorOfAsync(body, HttpStatusCode.Forbidden)).Kind.ShouldBe(GraphErrorKind.Permission);
        (await ErrorOfAsync(body, HttpStatusCode.TooManyRequests)).Kind.ShouldBe(GraphErrorKind.Limit);
        (await ErrorOfAsync(body, HttpStatusCode.NotFound)).Kind.ShouldBe(GraphErrorKind.BadObject);
    }

    [Fact]
    public async Task An_unknown_code_that_Meta_calls_transient_is_tried_again() =>
        (await ErrorOfAsync("""{"error":{"code":12345,"is_transient":true}}""", HttpStatusCode.BadRequest)).Kind.ShouldBe(GraphErrorKind.Transient);

    [Fact]
    public async Task A_limit_waits_as_long_as_the_header_says()
    {
        var minutes = await ErrorOfAsync(
            Sample.Text("meta_graph_error_80005.json"),
            HttpStatusCode.BadRequest,
            ("X-Business-Use-Case-Usage", """{"1":[{"type":"leadgen","call_count":100,"estimated_time_to_regain_access":3},{"type":"ads","call_count":1,"estimated_time_to_regain_access":"19"}],"2":[]}"""));
        var seconds = await ErrorOfAsync(
            Sample.Text("meta_graph_error_17_user_limit.json"), HttpStatusCode.BadRequest, ("X-Ad-Account-Usage", """{"acc_id_util_pct":100,"reset_time_duration":90}"""));
        var retryAfter = await ErrorOfAsync("{}", HttpStatusCode.TooManyRequests, ("Retry-After", "7"));
        var silent = await ErrorOfAsync(Sample.Text("meta_graph_error_4_app_limit.json"), HttpStatusCode.BadRequest, ("X-App-Usage", "not JSON"));

        minutes.Wait.ShouldBe(TimeSpan.FromMinutes(19));
        seconds.Wait.ShouldBe(TimeSpan.FromSeconds(90));
        retryAfter.Wait.ShouldBe(TimeSpan.FromSeconds(7));
        silent.Wait.ShouldNotBeNull();
    }

    [Fact]
    public async Task Usage_is_the_highest_of_all_headers()
    {
        var stub = new StubGraph(_ => StubGraph.Json(
            """{"data":[]}""",
            HttpStatusCode.OK,
            ("X-App-Usage", """{"call_count":28,"total_time":25,"total_cputime":25}"""),
            ("X-Business-Use-Case-Usage", """{"9":[{"type":"leadgen","call_count":12,"total_cputime":80.5,"total_time":3,"estimated_time_to_regain_access":0}]}"""),
            ("X-Ad-Account-Usage", """{"acc_id_util_pct":9.67,"reset_time_duration":100}""")));

        var answer = await stub.Client().LeadsAsync(StubGraph.Access, "1", DateTime.UnixEpoch, null, 100, null, idsOnly: false, CancellationToken.None);

        answer.Succeeded.ShouldBeTrue();
        answer.Usage.Percent.ShouldBe(80.5);
        answer.Usage.IsHigh.ShouldBeTrue();
        answer.Usage.Wait.ShouldBeNull();
    }

    [Fact]
    public async Task The_permission_that_Meta_names_is_named()
    {
        var error = await ErrorOfAsync("""{"error":{"message":"(#200) Requires leads_retrieval permission to manage the object","code":200}}""", HttpStatusCode.Forbidden);

        error.Permission.ShouldBe("leads_retrieval");
        error.Words.ShouldContain("leads_retrieval is missing");
    }

    private static async Task<GraphError> ErrorOfAsync(string body, HttpStatusCode status, params (string Name, string Value)[] headers)
    {
        var stub = new StubGraph(_ => StubGraph.Json(body, status, headers));
        var answer = await stub.Client().LeadsAsync(StubGraph.Access, "1", DateTime.UnixEpoch, null, 100, null, idsOnly: false, CancellationToken.None);
        return answer.Error.ShouldNotBeNull();
    }
}
