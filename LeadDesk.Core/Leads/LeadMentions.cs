using LeadDesk.Access;
using LeadDesk.Common;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads;

/// <param name="Mentions">Ids of people who are meant beside those named in the text as <c>@Ada Lovelace</c>.</param>
public sealed record NewNote(string? Text, IReadOnlyCollection<long>? Mentions = null);

/// <param name="Mentions">Everybody named, and whether he was told.</param>
public sealed record WrittenNote(TimelineItem Item, IReadOnlyList<MentionedPerson> Mentions)
{
    internal TimelineEntry? Entry { get; init; }

    internal WrittenNote Saved(CurrentUser author) => this with { Item = TimelineQueries.Item(Entry!, author.Name) };
}

/// <summary>People named in notes.</summary>
internal static class LeadMentions
{
    /// <summary>More would be a circular letter.</summary>
    private const int Most = 20;

    /// <returns>Each once, in the order of the text; refused when an id is nobody's.</returns>
    public static Outcome<IReadOnlyList<DirectoryUser>> Find(string text, IReadOnlyCollection<long>? ids, CompanyUsers people)
    {
        var named = NamedIn(text, people);
        foreach (var id in ids ?? [])
        {
            if (people.Find(id) is not { Active: true, Role: not Role.Integration } person)
                return Refusal.Invalid("mentions", "One of the mentioned people does not exist or has left. Check the ids.");
            if (!named.Contains(person))
                named.Add(person);
        }

        return named.Count > Most ? Refusal.Invalid("mentions", $"At most {Most} people can be mentioned in one note.") : named;
    }

    /// <summary>Adds the note to the timeline and tells those named who may see the lead.</summary>
    public static async Task<WrittenNote> WriteAsync(LeadChange change, string text, IReadOnlyList<DirectoryUser> named, CancellationToken cancellationToken)
    {
        var seeing = await WhoSeesAsync(change, named, cancellationToken);
        var mentions = named.Select(person => new MentionedPerson(person.Id, person.Name, seeing.Contains(person.Id))).ToList();
        foreach (var person in mentions.Where(person => person.Told))
            PersonNotices.Mentioned(change, person.Id, text);
        var entry = change.Note(TimelineKind.Note, text, details: mentions.Count is 0 ? null : new TimelineDetails { Mentions = mentions }.ToJson());
        return new WrittenNote(TimelineQueries.Item(entry, change.User?.Name), mentions) { Entry = entry };
    }

    private static async Task<HashSet<long>> WhoSeesAsync(LeadChange change, IReadOnlyList<DirectoryUser> people, CancellationToken cancellationToken)
    {
        if (people.Count is 0)
            return [];
        var helpers = await change.Context.LeadHelpers.Where(helper => helper.LeadId == change.Lead.Id).Select(helper => helper.UserId).ToListAsync(cancellationToken);
        return [.. people.Where(person => LeadPeople.Sees(change.Lead, helpers, person)).Select(person => person.Id)];
    }

    /// <summary>At each @ the longest name that follows, in any case, and not as the beginning of a longer word.</summary>
    private static List<DirectoryUser> NamedIn(string text, CompanyUsers people)
    {
        var found = new List<DirectoryUser>();
        if (!text.Contains('@', StringComparison.Ordinal))
            return found;
        var candidates = people.All.Where(person => person is { Active: true, Role: not Role.Integration }).OrderByDescending(person => person.Name.Length).ToList();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var rest = text.AsSpan(at + 1);
            foreach (var person in candidates)
            {
                if (!rest.StartsWith(person.Name, StringComparison.OrdinalIgnoreCase) || (rest.Length > person.Name.Length && char.IsLetterOrDigit(rest[person.Name.Length])))
                    continue;
                if (!found.Contains(person))
                    found.Add(person);
                break;
            }
        }

        return found;
    }
}
