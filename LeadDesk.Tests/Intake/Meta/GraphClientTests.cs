using System.Net;
using System.Text.Json;
using LeadDesk.Intake.Meta;
using LeadDesk.Tests.Support;

namespace LeadDesk.Tests.Intake.Meta;

public sealed class GraphClientTests
{
    private static readonly DateTime Since = new(2026, 10, 1, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Leads_are_asked_for_with_all_attribution_from_a_time_on()
    {
        var stub = new StubGraph(_ => StubGraph.Json(Sample.Text("meta_graph_form_leads_page_with_next.json")));

        var page = await stub.Client().LeadsAsync(StubGraph.Access, "999", Since, null, 100, "QVFIUjA", idsOnly: false, CancellationToken.None);

        page.Value.ShouldNotBeNull().Items.ShouldHaveSingleItem();
        page.Value.After.ShouldBe("QVFIUjB");
        var address = stub.Calls.ShouldHaveSingleItem().Address;
        address.ShouldStartWith("https://graph.test/base/v25.0/999/leads?fields=id,created_time,ad_id,ad_name,");
        address.ShouldContain("""filtering=[{"field":"time_created","operator":"GREATER_THAN_OR_EQUAL","value":1790848800}]""");
        address.ShouldContain("&limit=100");
        address.ShouldEndWith("&after=QVFIUjA");
    }

    [Fact]
    public async Task The_token_travels_in_a_header_with_the_proof_of_the_secret_beside_it()
    {
        var stub = new StubGraph(_ => StubGraph.Json("""{"data":[]}"""));
        var access = new GraphAccess("EAAB_test_token", "test_app_secret");

        await stub.Client().LeadsAsync(access, "1", Since, null, 1, null, idsOnly: true, CancellationToken.None);

        var call = stub.Calls.ShouldHaveSingleItem();
        call.Authorization.ShouldBe("Bearer EAAB_test_token");
        call.Address.ShouldNotContain("EAAB_test_token");
        call.Address.ShouldEndWith("appsecret_proof=e9d107fd0932dca1e0bad1e5d56be07ff87824d7ed79aaddcb06139adfcad459");
        $"{access}".ShouldBe("***");
    }

    [Theory]
    [InlineData("""{"data":[],"paging":{"cursors":{"before":"a","after":"b"}}}""", null)]
    [InlineData("""{"data":[],"paging":{"next":"https://graph.test/v25.0/1/leads?limit=1&after=b%3D&access_token=secret"}}""", "b=")]
    [InlineData("""{"data":[],"paging":{"cursors":{"after":7},"next":"https://graph.test/"}}""", "7")]
    [InlineData("""{"data":[],"paging":null}""", null)]
    [InlineData("""{"data":[],"paging":{"cursors":null,"next":"https://graph.test/"}}""", null)]
    public async Task A_page_goes_on_only_where_Meta_says_that_there_is_a_next_one(string body, string? after)
    {
        var stub = new StubGraph(_ => StubGraph.Json(body));

        var page = await stub.Client().LeadsAsync(StubGraph.Access, "1", Since, null, 1, null, idsOnly: false, CancellationToken.None);

        page.Value.ShouldNotBeNull().After.ShouldBe(after);
    }

    [Fact]
    public async Task A_success_without_data_does_not_pass_for_no_leads()
    {
        foreach (var body in (string[])["{}", "<html></html>", "", """{"data":{}}""", """{"data":null}"""])
        {
            var stub = new StubGraph(_ => StubGraph.Json(body));
            var page = await stub.Client().LeadsAsync(StubGraph.Access, "1", Since, null, 1, null, idsOnly: false, CancellationToken.None);
            page.Error.ShouldNotBeNull().Kind.ShouldBe(GraphErrorKind.Transient);
        }
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_a_transient_error()
    {
        var stub = new StubGraph(_ => throw new HttpRequestException("refused"));

        var page = await stub.Client().LeadsAsync(StubGraph.Access, "1", Since, null, 1, null, idsOnly: false, CancellationToken.None);

        var error = page.Error.ShouldNotBeNull();
        error.Kind.ShouldBe(GraphErrorKind.Transient);
        error.Status.ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_that_does_not_end_is_given_up_after_thirty_seconds()
    {
        var time = new ManualTime();
        using var endless = new EndlessStream();
        var stub = new StubGraph(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(endless) });

        var asking = stub.Client(time).LeadAsync(StubGraph.Access, "1", CancellationToken.None);
        await endless.Reading;
        time.Advance(TimeSpan.FromSeconds(31));

        (await asking).Error.ShouldNotBeNull().Kind.ShouldBe(GraphErrorKind.Transient);
    }

    [Fact]
    public async Task An_answer_without_bounds_is_not_read_to_its_end()
    {
        using var zeros = new Zeros();
        var stub = new StubGraph(_ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(zeros) });

        var answer = await stub.Client().LeadAsync(StubGraph.Access, "1", CancellationToken.None);

        answer.Error.ShouldNotBeNull().MayBeTooMuchData.ShouldBeTrue();
        zeros.BytesRead.ShouldBeLessThan(64 * 1024 * 1024);
    }

    [Fact]
    public async Task Forms_are_asked_for_with_few_fields_when_a_version_lacks_one()
    {
        var stub = new StubGraph(request => request.RequestUri!.Query.Contains("legal_content", StringComparison.Ordinal)
            ? StubGraph.Json("""{"error":{"message":"(#100) Tried accessing nonexisting field","code":100}}""", HttpStatusCode.BadRequest)
            : StubGraph.Json("""{"data":[{"id":"7"}]}"""));

        var forms = await stub.Client().FormsAsync(StubGraph.Access, "55", null, CancellationToken.None);

        forms.Value.ShouldNotBeNull().Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_token_says_when_it_ends_and_what_it_may()
    {
        var stub = new StubGraph(_ => StubGraph.Json("""{"data":{"app_id":"1","type":"PAGE","is_valid":true,"expires_at":1790848800,"scopes":["leads_retrieval","pages_show_list"]}}"""));
        var endless = new StubGraph(_ => StubGraph.Json("""{"data":{"is_valid":false,"expires_at":0}}"""));

        var token = (await stub.Client().TokenAsync(StubGraph.Access, CancellationToken.None)).Value.ShouldNotBeNull();
        var other = (await endless.Client().TokenAsync(StubGraph.Access, CancellationToken.None)).Value.ShouldNotBeNull();

        token.Valid.ShouldBeTrue();
        token.ExpiresAt.ShouldBe(Since);
        token.Scopes.ShouldBe(["leads_retrieval", "pages_show_list"]);
        other.Valid.ShouldBeFalse();
        other.ExpiresAt.ShouldBeNull();
    }

    [Fact]
    public async Task Events_are_posted_as_they_are()
    {
        var stub = new StubGraph(_ => StubGraph.Json("""{"events_received":1}"""));

        var answer = await stub.Client().SendEventsAsync(StubGraph.Access, "888", """{"data":[{}]}"""u8.ToArray(), CancellationToken.None);

        answer.Succeeded.ShouldBeTrue();
        stub.Calls.ShouldBe([(HttpMethod.Post, "https://graph.test/base/v25.0/888/events", "Bearer EAAB_test_token", """{"data":[{}]}""")]);
    }

    [Theory]
    [InlineData("2026-10-01T10:00:00+0000")]
    [InlineData("2026-10-01T10:00:00+00:00")]
    [InlineData("2026-10-01T13:00:00+0300")]
    [InlineData("2026-10-01T10:00:00Z")]
    [InlineData("2026-10-01T10:00:00.000Z")]
    [InlineData("2026-10-01T10:00:00")]
    [InlineData("1790848800")]
    [InlineData(" 1790848800 ")]
    [InlineData("1.7908488e9")]
    public void All_forms_of_a_time_are_read(string written) => GraphJson.TimeOf(written.Trim()).ShouldBe(Since);

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("99999999999999999999")]
    [InlineData("soon")]
    [InlineData("NaN")]
    [InlineData("2026-13-45T10:00:00+0000")]
    public void What_is_no_time_is_none(string written) => GraphJson.TimeOf(written).ShouldBeNull();

    [Fact]
    public void Numbers_keep_all_their_digits()
    {
        var json = JsonElement.Parse("""{"id":4567890123456789123,"other":"0123"}""");

        GraphJson.Text(json, "id"u8).ShouldBe("4567890123456789123");
        GraphJson.Text(json, "other"u8).ShouldBe("0123");
    }

    private sealed class EndlessStream : Stream
    {
        private readonly TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reading => reading.Task;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => 0; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            reading.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class Zeros : MemoryStream
    {
        public long BytesRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            BytesRead += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
