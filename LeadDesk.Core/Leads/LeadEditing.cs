using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <summary>Correcting a lead's facts, custom fields and tags: validates all of them, keeps the addresses unique, scores anew.</summary>
internal static class LeadEditing
{
    public static async Task<Refusal?> ApplyAsync(LeadChange change, LeadEdit edit, CancellationToken cancellationToken)
    {
        var lead = change.Lead;
        var contactsBefore = LeadContacts.Exact(lead).ToList();
        var nearBefore = LeadContacts.Near(lead).ToList();
        var errors = new FieldErrors();
        foreach (var (field, written) in edit.Values)
            LeadFacts.Set(change, field, written, edit.Format, errors);
        if (edit.Values.ContainsKey(LeadField.Interest) && !edit.Values.ContainsKey(LeadField.Value))
            DealValue.FillFromService(change);
        await LeadCustomFields.SetAsync(change, edit, errors, cancellationToken);
        await LeadTagging.SetAsync(change, edit, errors, cancellationToken);
        if (errors.Refusal is { } invalid)
            return invalid;
        if (await MoveContactsAsync(change, contactsBefore, cancellationToken) is { } taken)
            return taken;
        if (edit.Values.Count is 0)
            return null;
        await MoveNearKeysAsync(change, nearBefore, cancellationToken);
        lead.NameKey = LeadText.NameKey(lead.Name, lead.Email, lead.Phone);
        Rescore(change);
        return null;
    }

    /// <summary>Scores the lead as it stands after a change, and says so on the timeline when the score moved.</summary>
    public static void Rescore(LeadChange change)
    {
        var lead = change.Lead;
        var before = LeadText.ScoreWords(lead);
        if (LeadScoring.Apply(lead, change.Company.Scoring, change.Now))
            change.Note(TimelineKind.Scored, before: before, after: LeadText.ScoreWords(lead));
    }

    /// <summary>The field's name in JSON and on the timeline.</summary>
    public static string JsonName(LeadField field) => LeadFacts.JsonName(field);

    private static async Task<Refusal?> MoveContactsAsync(LeadChange change, List<(ContactKind Kind, string Value)> before, CancellationToken cancellationToken)
    {
        var lead = change.Lead;
        foreach (var (kind, value) in LeadContacts.Exact(lead).Except(before))
        {
            var holder = await change.Context.LeadContacts.FirstOrDefaultAsync(row => row.Kind == kind && row.Value == value, cancellationToken);
            if (holder is not null && holder.LeadId != lead.Id)
                return LeadRefusals.AddressTaken(kind is ContactKind.Phone ? "phone" : "email", holder.LeadId);
            if (holder is null)
                change.Context.LeadContacts.Add(new LeadContact { Kind = kind, Value = value, LeadId = lead.Id });
        }

        // The former address stays known: a message from it still finds this lead.
        return null;
    }

    private static async Task MoveNearKeysAsync(LeadChange change, List<string> before, CancellationToken cancellationToken)
    {
        foreach (var value in LeadContacts.Near(change.Lead).Except(before, StringComparer.Ordinal))
        {
            if (!await change.Context.LeadNearKeys.AnyAsync(row => row.Value == value && row.LeadId == change.Lead.Id, cancellationToken))
                change.Context.LeadNearKeys.Add(new LeadNearKey { Value = value, LeadId = change.Lead.Id });
        }
    }
}
