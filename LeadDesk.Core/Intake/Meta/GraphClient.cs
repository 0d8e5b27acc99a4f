using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;

namespace LeadDesk.Intake.Meta;

/// <summary>
/// Meta's Graph API, as far as lead ads need it. Asks once, without retry; every failure is a value. The token travels in a
/// header, and no address is ever logged.
/// </summary>
public sealed class GraphClient : IDisposable
{
    /// <summary>The largest page that Graph gives.</summary>
    public const int LargestPage = 100;

    /// <summary>How many leads one call may name.</summary>
    internal const int MostIds = 50;

    /// <summary>A page of leads is a few hundred kilobytes; far more is a fault.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    private const int ReadSize = 16 * 1024;

    private const string LeadFields =
        "id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,platform,is_organic,partner_name,field_data,custom_disclaimer_responses,home_listing,retailer_item_id,vehicle";

    private const string FormFields = "id,name,status,locale,questions,legal_content,leads_count,expired_leads_count,created_time";

    /// <summary>For installations whose version of Graph lacks one of the others.</summary>
    private const string FewFormFields = "id,name,status,questions,leads_count";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly HttpClient http;
    private readonly string root;
    private readonly TimeProvider time;

    public GraphClient(MetaOptions options, TimeProvider time)
        : this(options, time, new SocketsHttpHandler
        {
            // A redirect would carry the token's header to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
    {
    }

    internal GraphClient(MetaOptions options, TimeProvider time, HttpMessageHandler handler)
    {
        // The deadline below also covers reading the body.
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        root = $"{options.GraphUrl.AbsoluteUri.TrimEnd('/')}/{options.ApiVersion.Trim('/')}";
        this.time = time;
    }

    public void Dispose() => http.Dispose();

    /// <summary>The lead forms of a page, archived ones too.</summary>
    public async Task<GraphAnswer<GraphPage>> FormsAsync(GraphAccess access, string pageId, string? after, CancellationToken cancellationToken)
    {
        var answer = await ListFormsAsync(access, pageId, after, FormFields, cancellationToken);
        return answer.Error is { Kind: GraphErrorKind.BadObject } ? await ListFormsAsync(access, pageId, after, FewFormFields, cancellationToken) : answer;
    }

    /// <summary>One form, for connections that name theirs.</summary>
    public async Task<GraphAnswer<JsonElement>> FormAsync(GraphAccess access, string formId, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(access, Escape(formId), [("fields", FormFields)], cancellationToken);
        return answer.Error is { Kind: GraphErrorKind.BadObject } ? await GetAsync(access, Escape(formId), [("fields", FewFormFields)], cancellationToken) : answer;
    }

    /// <summary>Leads of a form that were made at <paramref name="since"/> or later, newest first as a rule.</summary>
    /// <param name="until">Exclusive.</param>
    /// <param name="limit">1 to <see cref="LargestPage"/>.</param>
    /// <param name="idsOnly">Only <c>id</c> and <c>created_time</c>, for counting.</param>
    public async Task<GraphAnswer<GraphPage>> LeadsAsync(
        GraphAccess access, string formId, DateTime since, DateTime? until, int limit, string? after, bool idsOnly, CancellationToken cancellationToken)
    {
        var filter = $$"""{"field":"time_created","operator":"GREATER_THAN_OR_EQUAL","value":{{Unix(since)}}}""";
        if (until is { } end)
            filter += $$""",{"field":"time_created","operator":"LESS_THAN","value":{{Unix(end)}}}""";
        var answer = await GetAsync(
            access,
            $"{Escape(formId)}/leads",
            [
                ("fields", idsOnly ? "id,created_time" : LeadFields),
                ("filtering", $"[{filter}]"),
                ("limit", limit.ToString(CultureInfo.InvariantCulture)),
                ("after", after),
            ],
            cancellationToken);
        return answer.Then(GraphPage.Read);
    }

    public Task<GraphAnswer<JsonElement>> LeadAsync(GraphAccess access, string leadId, CancellationToken cancellationToken) =>
        GetAsync(access, Escape(leadId), [("fields", LeadFields)], cancellationToken);

    /// <summary>Several leads in one call. Graph refuses all of them when it refuses one.</summary>
    /// <param name="leadIds">At most <see cref="MostIds"/>.</param>
    /// <returns>An object with the leads by id.</returns>
    public Task<GraphAnswer<JsonElement>> LeadsAsync(GraphAccess access, IReadOnlyCollection<string> leadIds, CancellationToken cancellationToken) =>
        GetAsync(access, "", [("ids", string.Join(',', leadIds)), ("fields", LeadFields)], cancellationToken);

    /// <summary>What a connection is called, and whether the token sees the page at all.</summary>
    public Task<GraphAnswer<JsonElement>> PageAsync(GraphAccess access, string pageId, CancellationToken cancellationToken) =>
        GetAsync(access, Escape(pageId), [("fields", "id,name")], cancellationToken);

    /// <summary>The apps that get pushes of the page, each with its <c>subscribed_fields</c>.</summary>
    public async Task<GraphAnswer<GraphPage>> SubscriptionsAsync(GraphAccess access, string pageId, CancellationToken cancellationToken) =>
        (await GetAsync(access, $"{Escape(pageId)}/subscribed_apps", [("fields", "id,name,subscribed_fields")], cancellationToken)).Then(GraphPage.Read);

    /// <summary>Has Meta push the page's leads to the app of the token.</summary>
    public Task<GraphAnswer<JsonElement>> SubscribeAsync(GraphAccess access, string pageId, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, access, $"{Escape(pageId)}/subscribed_apps", [("subscribed_fields", "leadgen")], null, cancellationToken);

    /// <summary>When the token runs out and what it may do.</summary>
    public async Task<GraphAnswer<GraphToken>> TokenAsync(GraphAccess access, CancellationToken cancellationToken)
    {
        // The one call whose subject is a token: Graph takes it only as a parameter.
        var answer = await GetAsync(access, "debug_token", [("input_token", access.Token)], cancellationToken);
        return answer.Then(ReadToken);
    }

    /// <summary>The permissions of the person behind the token, by <c>permission</c> and <c>status</c>.</summary>
    public async Task<GraphAnswer<GraphPage>> PermissionsAsync(GraphAccess access, CancellationToken cancellationToken) =>
        (await GetAsync(access, "me/permissions", [], cancellationToken)).Then(GraphPage.Read);

    /// <returns>An object with the <c>id</c> of the test lead, of which a form has one at a time.</returns>
    public Task<GraphAnswer<JsonElement>> CreateTestLeadAsync(GraphAccess access, string formId, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, access, $"{Escape(formId)}/test_leads", [], null, cancellationToken);

    /// <param name="body">Of the Conversions API, <c>{"data":[…]}</c>, at most 1,000 events.</param>
    public Task<GraphAnswer<JsonElement>> SendEventsAsync(GraphAccess access, string datasetId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        return AskAsync(HttpMethod.Post, access, $"{Escape(datasetId)}/events", [], content, cancellationToken);
    }

    private async Task<GraphAnswer<GraphPage>> ListFormsAsync(GraphAccess access, string pageId, string? after, string fields, CancellationToken cancellationToken) =>
        (await GetAsync(access, $"{Escape(pageId)}/leadgen_forms", [("fields", fields), ("limit", "100"), ("after", after)], cancellationToken)).Then(GraphPage.Read);

    private Task<GraphAnswer<JsonElement>> GetAsync(GraphAccess access, string path, (string Name, string? Value)[] query, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, access, path, query, null, cancellationToken);

    private async Task<GraphAnswer<JsonElement>> AskAsync(
        HttpMethod method, GraphAccess access, string path, (string Name, string? Value)[] query, HttpContent? content, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var request = new HttpRequestMessage(method, Address(access, path, query)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access.Token);
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            var usage = GraphUsage.Read(response.Headers);
            if (await ReadBoundedAsync(response.Content, either.Token) is not { } bytes)
                return new(default, GraphError.NoAnswer(status) with { TooLarge = true }, usage, time.GetElapsedTime(started));
            var body = Parse(bytes);
            var good = response.IsSuccessStatusCode && body is { } json && GraphJson.Find(json, "error"u8) is null;
            return new(good ? body!.Value : default, good ? null : GraphError.Read(status, body, usage), usage, time.GetElapsedTime(started));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(default, GraphError.NoAnswer(), default, time.GetElapsedTime(started));
        }
    }

    private Uri Address(GraphAccess access, string path, (string Name, string? Value)[] query)
    {
        var pairs = query.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}");
        if (access.Proof is { } proof)
            pairs = pairs.Append($"appsecret_proof={proof}");
        var text = string.Join('&', pairs);
        return new Uri(text.Length is 0 ? $"{root}/{path}" : $"{root}/{path}?{text}");
    }

    private static GraphToken? ReadToken(JsonElement body)
    {
        if (GraphJson.FindObject(body, "data"u8) is not { } data)
            return null;
        var scopes = GraphJson.Items(GraphJson.Find(data, "scopes"u8)).Select(GraphJson.TextOf).OfType<string>();
        return new GraphToken(GraphJson.Text(data, "is_valid"u8) is not "false", GraphJson.Time(data, "expires_at"u8), [.. scopes]);
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        try
        {
            return JsonElement.Parse(bytes.Span.StartsWith(mark) ? bytes.Span[mark.Length..] : bytes.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null when the body is larger than <see cref="MostBytes"/>.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBoundedAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var body = new ArrayBufferWriter<byte>(ReadSize);
        while (body.WrittenCount <= MostBytes)
        {
            var read = await stream.ReadAsync(body.GetMemory(ReadSize), cancellationToken);
            if (read is 0)
                return body.WrittenMemory;
            body.Advance(read);
        }

        return null;
    }

    private static string Escape(string id) => Uri.EscapeDataString(id);

    private static long Unix(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeSeconds();
}
