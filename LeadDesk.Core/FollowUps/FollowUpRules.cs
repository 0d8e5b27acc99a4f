using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.FollowUps;

/// <summary>Changing the follow-ups of a lead inside a change of the lead.</summary>
internal static class FollowUpRules
{
    public const int MostOpen = 50;

    /// <summary>Beyond this a date is a typing error.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(3660);

    private static readonly Refusal UnknownKind = Refusal.Invalid("kind", "Use one of: call, email, message, meeting, task.");
    private static readonly Refusal TooFar = Refusal.Invalid("due_at", "Choose a time within the next ten years.");
    private static readonly Refusal TooMany = Refusal.Conflict($"This lead has {MostOpen} open follow-ups. End some of them first.");
    private static readonly Refusal UnknownPerson = Refusal.Invalid("user_id", "There is no active person with this id. Choose one from the list of users.");

    public static async Task<Outcome<FollowUp>> AddAsync(LeadChange change, NewFollowUp wanted, CompanyUsers people, CancellationToken cancellationToken)
    {
        var text = WrittenText.Read("text", wanted.Text, FollowUpService.LongestText);
        if (text.Refusal is { } tooLong)
            return tooLong;
        if (Check(wanted.Kind, wanted.DueAt, change.Now) is { } wrong)
            return wrong;
        var person = await WhoAsync(change, wanted.UserId ?? change.User!.UserId, people, cancellationToken);
        if (!person.Succeeded)
            return person.Refusal;
        var open = await OfLeadAsync(change, 0, cancellationToken);
        if (open.Count >= MostOpen)
            return TooMany;
        var added = new FollowUp
        {
            CompanyId = change.Lead.CompanyId,
            LeadId = change.Lead.Id,
            UserId = person.Value.Id,
            Kind = wanted.Kind,
            DueAt = wanted.DueAt,
            Text = text.Value,
            CreatedById = change.User!.UserId,
            CreatedAt = change.Now,
        };
        change.Context.FollowUps.Add(added);
        open.Add(added);
        SetNext(change, open);
        NoteSet(change, added, person.Value.Name);
        return added;
    }

    public static void NoteSet(LeadChange change, FollowUp added, string person) =>
        change.Note(TimelineKind.FollowUpSet, added.Text, after: Words(added), details: Details(added, person, null));

    public static async Task<Refusal?> ApplyAsync(
        LeadChange change, FollowUp row, FollowUpChange wanted, List<FollowUp> open, CompanyUsers people, CancellationToken cancellationToken)
    {
        var text = WrittenText.Read("text", wanted.Text, FollowUpService.LongestText);
        if (text.Refusal is { } tooLong)
            return tooLong;
        if (Check(wanted.Kind ?? row.Kind, wanted.DueAt, change.Now) is { } wrong)
            return wrong;
        var person = wanted.UserId is { } id && id != row.UserId ? await WhoAsync(change, id, people, cancellationToken) : people.Find(row.UserId) ?? new DirectoryUser(row.UserId, "", Role.Salesperson, Active: false);
        if (!person.Succeeded)
            return person.Refusal;
        var (dueBefore, words) = (row.DueAt, Words(row));
        var newText = wanted.Text is null ? row.Text : text.Value;
        var differs = (row.Kind, row.DueAt, row.UserId, row.Text) != (wanted.Kind ?? row.Kind, wanted.DueAt ?? row.DueAt, person.Value!.Id, newText);
        (row.Kind, row.DueAt, row.UserId, row.Text) = (wanted.Kind ?? row.Kind, wanted.DueAt ?? row.DueAt, person.Value.Id, newText);
        if (differs)
            change.Note(TimelineKind.FollowUpSet, row.Text, before: words, after: Words(row), details: Details(row, person.Value.Name, dueBefore == row.DueAt ? null : dueBefore));
        End(change, row, wanted.Done, person.Value.Name);
        SetNext(change, open);
        return null;
    }

    /// <summary>The open ones, tracked, and <paramref name="also"/> in whatever state.</summary>
    public static Task<List<FollowUp>> OfLeadAsync(LeadChange change, long also, CancellationToken cancellationToken) =>
        change.Context.FollowUps.Where(row => row.LeadId == change.Lead.Id && (row.DoneAt == null || row.Id == also)).ToListAsync(cancellationToken);

    public static void SetNext(LeadChange change, IReadOnlyCollection<FollowUp> all) =>
        change.Lead.NextFollowUpAt = all.Where(row => row.DoneAt is null).Min(row => (DateTime?)row.DueAt);

    /// <summary>As on the timeline: <c>call 2026-11-22T09:00:00Z</c>.</summary>
    public static string Words(FollowUp row) => string.Create(CultureInfo.InvariantCulture, $"{row.Kind.ToString().ToLowerInvariant()} {row.DueAt:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    private static void End(LeadChange change, FollowUp row, bool? done, string person)
    {
        if (done is null || done == row.DoneAt is not null)
            return;
        (row.DoneAt, row.DoneById) = done.Value ? (change.Now, change.User!.UserId) : ((DateTime?)null, (long?)null);
        if (done.Value)
            change.Note(TimelineKind.FollowUpDone, row.Text, before: Words(row), details: Details(row, person, null));
        else
            change.Note(TimelineKind.FollowUpSet, row.Text, after: Words(row), details: Details(row, person, null));
    }

    private static Refusal? Check(FollowUpKind kind, DateTime? due, DateTime now)
    {
        if (!Enum.IsDefined(kind))
            return UnknownKind;
        return due is { } at && (at > now + Furthest || at < now - Furthest) ? TooFar : null;
    }

    private static async Task<Outcome<DirectoryUser>> WhoAsync(LeadChange change, long userId, CompanyUsers people, CancellationToken cancellationToken)
    {
        if (people.Find(userId) is not { Active: true } person)
            return UnknownPerson;
        // A program sets tasks in the name of its key.
        if (userId == change.User?.UserId)
            return person;
        var helpers = await change.Context.LeadHelpers.Where(helper => helper.LeadId == change.Lead.Id).Select(helper => helper.UserId).ToListAsync(cancellationToken);
        return LeadPeople.Sees(change.Lead, helpers, person)
            ? person
            : Refusal.Invalid("user_id", $"{person.Name} cannot see this lead. Ask the person to help with it first.");
    }

    private static string Details(FollowUp row, string person, DateTime? dueBefore) =>
        new TimelineDetails { Task = row.Kind.ToString(), DueAt = row.DueAt, DueBefore = dueBefore, Person = person }.ToJson();
}
