using System.Globalization;
using LeadDesk.Leads;

namespace LeadDesk.Intake;

/// <summary>
/// Whose the phones, e-mail addresses and channel ids of a batch are: finds the lead a message belongs to, gives addresses
/// to leads, and links leads that may be the same person. Pure like <see cref="IntakePlanner"/>, of which it is a part.
/// </summary>
internal sealed class IntakeAddresses(IntakeState state, IntakeRows rows)
{
    /// <summary>More near matches than this say nothing about any of them.</summary>
    private const int MostNearMatches = 5;

    /// <summary>How sure a pair is until a scan compares the two, 0 to 100.</summary>
    private const int SameScore = 90;

    private const int NearScore = 70;

    /// <summary>The lead a message belongs to. A trial never joins a person.</summary>
    public Lead? Find(IntakeItem item) => FindAny(item) is { } lead && (lead.IsTest || !item.Incoming.IsTest) ? lead : null;

    /// <summary>Takes the addresses that are still free; one that belongs to another lead links the two as possible duplicates.</summary>
    public void Remember(IntakeItem item, Lead lead)
    {
        foreach (var (kind, value) in Addresses(item))
        {
            var key = new ContactKey(lead.CompanyId, kind, value);
            if (state.Contacts.TryGetValue(key, out var holder))
            {
                Link(item, lead, holder, kind switch { ContactKind.Phone => "Same phone", ContactKind.Email => "Same e-mail", _ => $"Same id on {lead.Channel}" }, SameScore);
                continue;
            }

            state.Contacts[key] = lead.Id;
            rows.Contacts.Add(new LeadContact { CompanyId = lead.CompanyId, Kind = kind, Value = value, LeadId = lead.Id });
        }

        if (!lead.IsTest)
            RememberNear(item, lead);
    }

    /// <summary>Phone before e-mail before channel id. An id alone does not join somebody with another phone or e-mail.</summary>
    private Lead? FindAny(IntakeItem item)
    {
        var (company, candidate) = (item.Company.CompanyId, item.Candidate);
        if (candidate.PhoneValid && Holder(company, ContactKind.Phone, candidate.Phone!) is { } byPhone)
            return byPhone;
        if (candidate.EmailValid && Holder(company, ContactKind.Email, candidate.Email!) is { } byEmail)
            return byEmail;
        if (item.ChannelId is null || Holder(company, ContactKind.ChannelId, item.ChannelId) is not { } byId)
            return null;
        var contradicts = (candidate.PhoneValid && byId.PhoneValid) || (candidate.EmailValid && byId.EmailValid);
        return contradicts ? null : byId;
    }

    private void RememberNear(IntakeItem item, Lead lead)
    {
        // Those of the message, not of the lead: only for these has storage been asked.
        foreach (var value in LeadContacts.Near(item.Candidate.Phone, item.Candidate.EmailValid ? item.Candidate.Email : null))
        {
            var key = new NearKey(lead.CompanyId, value);
            if (!state.NearLeads.TryGetValue(key, out var others))
                state.NearLeads[key] = others = [];
            if (others.Contains(lead.Id))
                continue;
            if (others.Count <= MostNearMatches)
            {
                foreach (var other in others)
                    Link(item, lead, other, value[0] is 'p' ? "Phone numbers end alike" : "E-mail addresses differ only in dots or tags", NearScore);
            }

            others.Add(lead.Id);
            rows.NearKeys.Add(new LeadNearKey { CompanyId = lead.CompanyId, Value = value, LeadId = lead.Id });
        }
    }

    private Lead? Holder(long companyId, ContactKind kind, string value) =>
        state.Contacts.TryGetValue(new(companyId, kind, value), out var id) ? state.Leads.GetValueOrDefault(id) : null;

    private static IEnumerable<(ContactKind Kind, string Value)> Addresses(IntakeItem item)
    {
        if (item.Candidate is { PhoneValid: true, Phone: { } phone })
            yield return (ContactKind.Phone, phone);
        if (item.Candidate is { EmailValid: true, Email: { } email })
            yield return (ContactKind.Email, email);
        if (item.ChannelId is { } id)
            yield return (ContactKind.ChannelId, id);
    }

    private void Link(IntakeItem item, Lead lead, long other, string reason, int score)
    {
        if (other == lead.Id || lead.IsTest || state.Linked.Contains((other, lead.Id)) || !state.Linked.Add((lead.Id, other)))
            return;
        rows.Duplicates.Add(new PossibleDuplicate { CompanyId = lead.CompanyId, LeadId = lead.Id, OtherLeadId = other, Reason = reason, Score = score, FoundAt = item.ReceivedAt });
        rows.Note(lead, item.ReceivedAt, TimelineKind.PossibleDuplicate, reason, after: other.ToString(CultureInfo.InvariantCulture));
    }
}
