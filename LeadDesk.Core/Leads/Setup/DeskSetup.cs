using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Live;

namespace LeadDesk.Leads.Setup;

/// <summary>One change of a company's set-up while it happens.</summary>
internal sealed record SetupChange(AppDbContext Context, CurrentUser User, DateTime Now)
{
    /// <param name="action">A dotted word such as <c>stage.renamed</c>.</param>
    public void Note(string action, string subject, string? details = null) => Audit.Note(Context, User.CompanyId, User.UserId, Now, action, subject, details);
}

/// <summary>
/// How stages, fields, tags, reasons and services are changed: by whoever may, in one transaction with the audit, all or nothing;
/// then this node goes by it at once, others within <see cref="CompanyDirectory.Freshness"/>, and open screens read again.
/// </summary>
public sealed class DeskSetup(Database database, CompanyDirectory companies, LiveFeed feed, JobSignal jobs, TimeProvider clock)
{
    internal Database Database => database;

    internal async Task<Outcome<T>> ChangeAsync<T>(CurrentUser user, Func<SetupChange, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(user, Permission.ManageDesk) is { } refusal)
            return refusal;
        var outcome = await database.WriteAsync(user.CompanyId, async context =>
        {
            var done = await work(new SetupChange(context, user, clock.GetUtcNow().UtcDateTime));
            if (!done.Succeeded)
                context.ChangeTracker.Clear();
            return done;
        }, cancellationToken);
        if (!outcome.Succeeded)
            return outcome;
        Tell(user.CompanyId);
        jobs.Wake();
        return outcome;
    }

    internal void Tell(long companyId)
    {
        companies.Forget(companyId);
        feed.Publish([LeadEvent.Reload(companyId)]);
    }

    /// <summary>What a thing is like, in a few letters: sent back with a change, it tells whether somebody else changed it meanwhile.</summary>
    internal static string VersionOf<T>(T thing) => Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(thing)).AsSpan(0, 9));

    /// <summary>Puts things into a given order; those that are not named follow in their own.</summary>
    internal static IEnumerable<T> InOrder<T>(IEnumerable<T> things, IReadOnlyList<long> ids, Func<T, long> idOf) =>
        things.OrderBy(thing => ids.IndexOf(idOf(thing)) is var at and >= 0 ? at : int.MaxValue);

    /// <summary>A refusal of something that is there already, at its field.</summary>
    internal static Refusal Taken(string field, string sentence) =>
        new(RefusalKind.Conflict, sentence, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [sentence] });

    /// <returns>Null where it is one of the palette's words, empty or not given.</returns>
    internal static string? ColourProblem(string? colour) =>
        string.IsNullOrEmpty(colour) || Palette.Words.Contains(colour) ? null : $"Choose one of the colours: {string.Join(", ", Palette.Words)}.";
}

file static class Lists
{
    public static int IndexOf(this IReadOnlyList<long> ids, long id)
    {
        for (var at = 0; at < ids.Count; at++)
        {
            if (ids[at] == id)
                return at;
        }

        return -1;
    }
}
