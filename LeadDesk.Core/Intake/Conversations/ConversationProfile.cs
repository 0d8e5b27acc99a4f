using System.Net;
using System.Text.Json;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Leads;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Conversations;

/// <summary>
/// Instagram and Messenger name people only by an id. Their name is asked for once, behind the first message, when the channel has a
/// token: <c>{"name":"Ayşe Yılmaz","username":"ayse.y","id":"17841405793187218"}</c>.
/// </summary>
internal sealed class ConversationProfile(Database database, CompanyDirectory companies, ChannelGraph graph, LiveFeed feed, TimeProvider clock) : IJobHandler
{
    public static string Kind => "conversations.profile";

    /// <summary>Asks for the name of a new lead that has none.</summary>
    public static Task<bool> AddAsync(AppDbContext context, long companyId, long leadId, DateTime now, CancellationToken cancellationToken) =>
        JobQueue.AddAsync(context, Kind, companyId, JsonSerializer.Serialize(new Payload(leadId)), now, $"{leadId}", now, cancellationToken);

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var companyId = run.CompanyId ?? throw new InvalidOperationException("A profile belongs to a company.");
        var leadId = JsonSerializer.Deserialize<Payload>(run.Payload ?? "")?.Lead ?? throw new InvalidOperationException("A profile names its lead.");
        string? name;
        await using (var context = database.Open(companyId))
        {
            var lead = await context.Leads.FirstOrDefaultAsync(row => row.Id == leadId, cancellationToken);
            if (lead is not { Name: null, ExternalId: { } person } || await graph.TokenAsync(context, lead.Channel, cancellationToken) is not { } token)
                return;
            name = await AskAsync(lead.Channel, person, token, cancellationToken);
        }

        if (name is not null)
            await StoreAsync(companyId, leadId, name, cancellationToken);
    }

    /// <returns>Null when Meta does not tell: the person has left, or the token may not ask.</returns>
    /// <exception cref="HttpRequestException">Meta cannot answer now; the job is tried again.</exception>
    private async Task<string?> AskAsync(string channel, string person, string token, CancellationToken cancellationToken)
    {
        var fields = channel is InboundSources.Instagram ? "name,username" : "name,first_name,last_name";
        using var request = ChannelGraph.Request(new Uri(graph.RootOf(channel), $"{Uri.EscapeDataString(person)}?fields={fields}"), token);
        using var answer = await graph.Client.SendAsync(request, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
            throw new HttpRequestException("Graph cannot answer just now.", null, answer.StatusCode);
        if (answer.StatusCode is not HttpStatusCode.OK)
            return null;
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken), MetaJson.Options);
        var found = document.RootElement;
        var names = string.Join(' ', new[] { found.Get("first_name").Text(200), found.Get("last_name").Text(200) }.OfType<string>());
        return found.Get("name").Text(400) ?? (names.Length > 0 ? names : found.Get("username").Text(200));
    }

    private async Task StoreAsync(long companyId, long leadId, string name, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(companyId, cancellationToken);
        var told = await database.WriteAsync(
            companyId,
            async context =>
            {
                if (await context.Leads.FirstOrDefaultAsync(row => row.Id == leadId, cancellationToken) is not { Name: null } lead)
                    return null;
                var change = new LeadChange(context, lead, company, null, clock.GetUtcNow().UtcDateTime);
                var edit = LeadEdit.Of(LeadField.Name, name);
                if (await LeadEditing.ApplyAsync(change, edit, cancellationToken) is not null)
                    return null;
                await change.SaveAsync(cancellationToken);
                return change.Event();
            },
            cancellationToken);
        if (told is not null)
            feed.Publish([told]);
    }

    private sealed record Payload(long Lead);
}
