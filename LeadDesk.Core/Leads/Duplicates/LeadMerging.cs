using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Live;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Making one lead of several that are the same person.</summary>
internal static class LeadMerging
{
    public const int MostAtOnce = 20;

    /// <param name="events">Gets what the live feed tells about the leads that went away.</param>
    public static async Task<Refusal?> ApplyAsync(LeadChange change, CurrentUser user, IReadOnlyCollection<long> others, List<LeadEvent> events, CancellationToken cancellationToken)
    {
        var context = change.Context;
        var merged = await LeadQueries.Visible(context, user).Where(lead => others.Contains(lead.Id)).OrderBy(lead => lead.Id).ToListAsync(cancellationToken);
        if (merged.Count != others.Count)
            return Refusal.Invalid("ids", "One of these leads does not exist or is in the trash. Check the ids.");
        foreach (var other in merged)
        {
            Fill(change.Lead, other);
            await MoveAsync(context, other.Id, change.Lead.Id, cancellationToken);
            var gone = new LeadChange(context, other, change.Company, user, change.Now);
            (other.DeletedAt, other.DeletedById, other.MergedIntoId) = (change.Now, user.UserId, change.Lead.Id);
            gone.Note(TimelineKind.Merged, after: $"#{change.Lead.Id}");
            await gone.SaveAsync(cancellationToken);
            events.Add(gone.Event());
            change.Note(TimelineKind.Merged, LeadNames.Display(other.Name, other.Email, other.Phone, other.Id), before: $"#{other.Id}");
        }

        change.Lead.NameKey = LeadText.NameKey(change.Lead.Name, change.Lead.Email, change.Lead.Phone);
        change.SearchTextChanged = true;
        LeadEditing.Rescore(change);
        return null;
    }

    /// <summary>What the surviving lead does not know, the other one tells; sums and earliest times cover both.</summary>
    private static void Fill(Lead lead, Lead other)
    {
        lead.Name ??= other.Name;
        lead.Organisation ??= other.Organisation;
        lead.JobTitle ??= other.JobTitle;
        lead.City ??= other.City;
        lead.Country ??= other.Country;
        lead.Interest ??= other.Interest;
        lead.Campaign ??= other.Campaign;
        lead.Source ??= other.Source;
        lead.ExternalId ??= other.ExternalId;
        lead.Metadata ??= other.Metadata;
        lead.OwnerId ??= other.OwnerId;
        if (!lead.PhoneValid && other.Phone is not null)
            (lead.Phone, lead.PhoneValid) = (other.Phone, other.PhoneValid);
        if (!lead.EmailValid && other.Email is not null)
            (lead.Email, lead.EmailValid) = (other.Email, other.EmailValid);
        lead.MessageCount += other.MessageCount;
        lead.SubmissionCount += other.SubmissionCount;
        lead.LastSubmittedAt = lead.LastSubmittedAt > other.LastSubmittedAt ? lead.LastSubmittedAt : other.LastSubmittedAt;
        lead.FirstResponseAt = lead.FirstResponseAt is null || other.FirstResponseAt < lead.FirstResponseAt ? other.FirstResponseAt ?? lead.FirstResponseAt : lead.FirstResponseAt;
        if (lead.Kind is LeadKind.Form && other.Kind is LeadKind.Conversation)
            (lead.Kind, lead.Reading, lead.Intent, lead.Urgency, lead.LastMessage) = (other.Kind, other.Reading, other.Intent, other.Urgency, other.LastMessage);
    }

    private static async Task MoveAsync(AppDbContext context, long from, long to, CancellationToken cancellationToken)
    {
        await context.LeadMessages.Where(row => row.LeadId == from).ExecuteUpdateAsync(row => row.SetProperty(message => message.LeadId, to), cancellationToken);
        await context.LeadAnalyses.Where(row => row.LeadId == from).ExecuteUpdateAsync(row => row.SetProperty(analysis => analysis.LeadId, to), cancellationToken);
        await context.TimelineEntries.Where(row => row.LeadId == from).ExecuteUpdateAsync(row => row.SetProperty(entry => entry.LeadId, to), cancellationToken);
        await context.LeadContacts.Where(row => row.LeadId == from).ExecuteUpdateAsync(row => row.SetProperty(contact => contact.LeadId, to), cancellationToken);
        await context.LeadConsents.Where(row => row.LeadId == from).ExecuteUpdateAsync(row => row.SetProperty(consent => consent.LeadId, to), cancellationToken);
        await context.LeadFiles.Where(row => row.LeadId == from).ExecuteUpdateAsync(row => row.SetProperty(file => file.LeadId, to), cancellationToken);
        await context.InboundEvents.Where(row => row.LeadId == from).ExecuteUpdateAsync(row => row.SetProperty(inbound => inbound.LeadId, to), cancellationToken);
        await context.LeadNearKeys.Where(row => row.LeadId == from && context.LeadNearKeys.Any(other => other.LeadId == to && other.Value == row.Value)).ExecuteDeleteAsync(cancellationToken);
        await context.LeadNearKeys.Where(row => row.LeadId == from).ExecuteUpdateAsync(row => row.SetProperty(key => key.LeadId, to), cancellationToken);
        await context.PossibleDuplicates.Where(row => row.LeadId == from || row.OtherLeadId == from).ExecuteDeleteAsync(cancellationToken);
    }
}
