using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Jobs;

namespace LeadDesk.Intake.Meta;

/// <summary>Tries a connection out, so that an admin sees what is missing before leads are.</summary>
public sealed class MetaConnectionTest
{
    private static readonly string[] Required = ["leads_retrieval", "ads_management", "pages_show_list", "pages_read_engagement", "pages_manage_ads"];

    private readonly Database database;
    private readonly MetaAccounts accounts;
    private readonly MetaWatch watch;
    private readonly GraphClient graph;
    private readonly JobSignal signal;
    private readonly TimeProvider clock;

    internal MetaConnectionTest(Database database, MetaAccounts accounts, MetaWatch watch, GraphClient graph, JobSignal signal, TimeProvider clock) =>
        (this.database, this.accounts, this.watch, this.graph, this.signal, this.clock) = (database, accounts, watch, graph, signal, clock);

    public async Task<Outcome<MetaTestResult>> RunAsync(CurrentUser actor, long id, MetaTestRequest request, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(actor, Permission.ManageSources) is { } refusal)
            return refusal;
        if (await accounts.FindAsync(actor.CompanyId, id, cancellationToken) is not { } connection)
            return MetaConnectionQueries.Missing;
        if (accounts.Open(connection) is not { } account)
            return Refusal.Conflict("The access token cannot be read any more, because the keys of this installation have changed. Paste a new access token.");

        var problems = new List<string>();
        var (token, missing) = await PermissionsAsync(account, cancellationToken);
        if (token is { Valid: false })
            problems.Add("Meta no longer takes this access token. Paste a new one.");
        if (missing.Count > 0)
            problems.Add($"The access token lacks {string.Join(", ", missing)}. Give it these permissions at Meta.");
        var page = await graph.PageAsync(account.Access, connection.PageId, cancellationToken);
        if (page.Error is { } pageError)
            problems.Add(pageError.Words);
        var forms = await graph.FormsAsync(account.Access, connection.PageId, null, cancellationToken);
        if (forms.Error is { } formError && page.Succeeded)
            problems.Add($"The page's forms cannot be listed. {formError.Words}");
        if (request.Subscribe && (await graph.SubscribeAsync(account.Access, connection.PageId, cancellationToken)).Error is { } subscribeError)
            problems.Add($"The page could not be subscribed. {subscribeError.Words}");
        var subscribed = page.Succeeded ? await watch.IsSubscribedAsync(account, cancellationToken) : null;
        if (subscribed is false)
            problems.Add("Meta does not push this page's leads. They come by polling; subscribe the page to have them at once.");
        var testLead = request.MakeTestLead ? await MakeTestLeadAsync(account, request.FormId, forms, problems, cancellationToken) : null;
        return new MetaTestResult(
            page.Succeeded ? GraphJson.Text(page.Value, "name"u8) : null,
            token?.Valid,
            token?.ExpiresAt,
            missing,
            subscribed,
            forms.Value?.Items.Count,
            testLead,
            problems);
    }

    /// <summary>By Meta's word about the token; where it says nothing, about the person behind it.</summary>
    private async Task<(GraphToken? Token, IReadOnlyList<string> Missing)> PermissionsAsync(MetaAccount account, CancellationToken cancellationToken)
    {
        var token = await graph.TokenAsync(account.Access, cancellationToken);
        if (token is { Succeeded: true, Value: { Scopes.Count: > 0 } known })
            return (known, [.. Required.Except(known.Scopes, StringComparer.Ordinal)]);
        var permissions = await graph.PermissionsAsync(account.Access, cancellationToken);
        if (permissions.Value is not { Items.Count: > 0 } list)
            return (token.Value, []);
        var granted = list.Items.Where(item => GraphJson.Text(item, "status"u8) is null or "granted").Select(item => GraphJson.Text(item, "permission"u8)).OfType<string>();
        return (token.Value, [.. Required.Except(granted, StringComparer.Ordinal)]);
    }

    private async Task<string?> MakeTestLeadAsync(MetaAccount account, string? wanted, GraphAnswer<GraphPage> forms, List<string> problems, CancellationToken cancellationToken)
    {
        var formId = string.IsNullOrWhiteSpace(wanted) ? null : wanted.Trim();
        formId ??= account.FormIds is [var first, ..] ? first : forms.Value?.Items.Select(form => GraphJson.Text(form, "id"u8)).FirstOrDefault(id => id is not null);
        if (formId is null)
        {
            problems.Add("There is no form in which a test lead could be made.");
            return null;
        }

        var made = await graph.CreateTestLeadAsync(account.Access, formId, cancellationToken);
        if (made.Error is { } error)
        {
            problems.Add($"No test lead was made. A form has one at a time: delete the old one with Meta's testing tool, then try again. {error.Words}");
            return null;
        }

        if (account.Connection.State is MetaConnectionState.Active)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            await database.WriteAsync(account.CompanyId, context => MetaJobs.AddAsync(context, MetaSync.Kind, account.Connection, MetaJobs.Manual, now, cancellationToken), cancellationToken);
            signal.Wake();
        }

        return GraphJson.Text(made.Value, "id"u8);
    }
}
