using System.Text.Json;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Leads;
using LeadDesk.Live;

namespace LeadDesk.Intake.Conversations;

/// <summary>
/// Applies what happened to messages and people that are here already, a batch in one transaction. Each change may come
/// again and out of order: the end is the same.
/// </summary>
internal sealed class ConversationChanges(Database database, CompanyDirectory companies, LiveFeed feed, TimeProvider clock)
{
    public async Task<IReadOnlyList<InboundOutcome>> ApplyAsync(
        long companyId, string channel, IReadOnlyList<ConversationTurn> turns, CancellationToken cancellationToken)
    {
        if (turns.Count is 0)
            return [];
        var company = await companies.GetAsync(companyId, cancellationToken);
        var told = new List<LeadEvent>();
        var outcomes = await database.WriteAsync(
            companyId,
            async context =>
            {
                told.Clear();
                var batch = new ConversationBatch(context, company, channel, clock.GetUtcNow().UtcDateTime, told, cancellationToken);
                await batch.LoadAsync(turns);
                var done = new List<InboundOutcome>(turns.Count);
                foreach (var turn in turns)
                    done.Add(await batch.ApplyAsync(turn));
                return done;
            },
            cancellationToken);
        if (told.Count > 0)
            feed.Publish(told);
        return outcomes;
    }

    public static string? MediaJson(MessageMedia? media) => media is null ? null : JsonSerializer.Serialize(media, LeadJson.Default.MessageMedia);
}
