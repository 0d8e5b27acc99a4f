using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Conversations;

/// <summary>The leads that people of a channel are, and what becomes of them when the channel tells something about the person.</summary>
internal sealed class ConversationPeople(AppDbContext context, string channel, CancellationToken cancellationToken)
{
    /// <summary>By number before by the channel's id, as the intake does.</summary>
    public async Task<long?> FindAsync(ChatPerson person)
    {
        var number = PhoneNumber.TryParse(person.Phone, null, out var parsed) ? parsed.E164 : null;
        var ids = new[] { person.Id, person.WhatsAppId }.OfType<string>().Distinct(StringComparer.Ordinal).Select(id => LeadContacts.ChannelId(channel, id)).ToList();
        var contacts = await context.LeadContacts
            .Where(row => (row.Kind == ContactKind.Phone && row.Value == number) || (row.Kind == ContactKind.ChannelId && EF.Parameter(ids).Contains(row.Value)))
            .ToListAsync(cancellationToken);
        return contacts.OrderBy(row => row.Kind).FirstOrDefault()?.LeadId;
    }

    /// <summary>The lead stays; the old number still finds it.</summary>
    public async Task<bool> ChangeNumberAsync(LeadChange change, string newWhatsAppId)
    {
        var lead = change.Lead;
        var added = await GiveAsync(lead, ContactKind.ChannelId, LeadContacts.ChannelId(channel, newWhatsAppId)) is null;
        if (!PhoneNumber.TryParse("+" + newWhatsAppId, null, out var number) || lead.Phone == number.E164)
            return added;
        var holder = await context.LeadContacts.Where(row => row.Kind == ContactKind.Phone && row.Value == number.E164).Select(row => (long?)row.LeadId).FirstOrDefaultAsync(cancellationToken);
        if (holder is { } other && other != lead.Id)
            return await LinkAsync(change, other) || added;
        // The number is free, so this cannot be refused.
        await LeadEditing.ApplyAsync(change, LeadEdit.Of(LeadField.Phone, number.E164), cancellationToken);
        return true;
    }

    public static bool Prefer(LeadChange change, bool optedOut)
    {
        var lead = change.Lead;
        if (lead.Marks.HasFlag(LeadMarks.OptedOut) == optedOut)
            return false;
        lead.Marks = optedOut ? lead.Marks | LeadMarks.OptedOut : lead.Marks & ~LeadMarks.OptedOut;
        change.Note(TimelineKind.FieldChanged, "marketing", after: optedOut ? "stopped" : "wanted");
        LeadEditing.Rescore(change);
        return true;
    }

    /// <summary>Remembers the ad or link by which somebody came again; what is known already stays.</summary>
    public static bool Attribute(LeadChange change, IReadOnlyDictionary<string, string> metadata)
    {
        var lead = change.Lead;
        var known = lead.Metadata is null ? [] : JsonNode.Parse(lead.Metadata)?.AsObject() ?? [];
        var added = metadata.Where(field => !known.ContainsKey(field.Key)).ToList();
        if (added.Count is 0)
            return false;
        foreach (var (name, value) in added)
            known[name] = value;
        lead.Metadata = known.ToJsonString(JsonSerializerOptions.Web);
        if (lead.Campaign is null && metadata.TryGetValue("campaign", out var campaign))
        {
            lead.Campaign = MetaJson.Shorten(campaign, 500);
            change.Note(TimelineKind.FieldChanged, "campaign", after: lead.Campaign);
            change.SearchTextChanged = true;
        }

        return true;
    }

    private async Task<bool> LinkAsync(LeadChange change, long other)
    {
        var id = change.Lead.Id;
        if (await context.PossibleDuplicates.AnyAsync(row => (row.LeadId == id && row.OtherLeadId == other) || (row.LeadId == other && row.OtherLeadId == id), cancellationToken))
            return false;
        const string Reason = "Changed to this number";
        context.PossibleDuplicates.Add(new PossibleDuplicate { LeadId = id, OtherLeadId = other, Reason = Reason, FoundAt = change.Now });
        change.Note(TimelineKind.PossibleDuplicate, Reason, after: other.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    /// <returns>Who holds the address already; null when it was free.</returns>
    private async Task<long?> GiveAsync(Lead lead, ContactKind kind, string value)
    {
        var holder = await context.LeadContacts.Where(row => row.Kind == kind && row.Value == value).Select(row => (long?)row.LeadId).FirstOrDefaultAsync(cancellationToken);
        if (holder is null)
            context.LeadContacts.Add(new LeadContact { CompanyId = lead.CompanyId, Kind = kind, Value = value, LeadId = lead.Id });
        return holder;
    }
}
