namespace LeadDesk.Assignment;

/// <summary>A member of staff who could get a lead. Ids are unique within a request.</summary>
public sealed record Candidate(long UserId, string Name, bool Active);

/// <summary>Everything the assigner looks at; it asks nobody else.</summary>
/// <param name="Candidates">In any order.</param>
/// <param name="LastUserId">Who got a lead last by round-robin; null before the first.</param>
/// <param name="OwnerId">Who has the lead already, when it came back; null for a new lead.</param>
/// <param name="SourceOwners">Whose leads those of this source are: one person, or several who take turns. Empty or null: everybody's.</param>
public sealed record AssignmentRequest(IReadOnlyList<Candidate> Candidates, long? LastUserId, long? OwnerId = null, IReadOnlyList<long>? SourceOwners = null);

/// <summary>Who gets the lead and why.</summary>
/// <param name="UserId">Null when the lead stays in the queue.</param>
/// <param name="Reason">English, for the timeline.</param>
/// <param name="Rule">One of <see cref="AssignmentRules"/>.</param>
public sealed record AssignmentDecision(long? UserId, string Reason, string Rule);

/// <summary>Stable words for the rule that decided.</summary>
public static class AssignmentRules
{
    public const string KeepOwner = "keep_owner";
    public const string SourceOwner = "source_owner";
    public const string RoundRobin = "round_robin";
    public const string Queue = "queue";
}

/// <summary>Decides who gets a lead. Pure: the same request always has the same answer, and nobody inactive gets one.</summary>
public static class Assigner
{
    // A rule is a function from the request to a decision, or null for "not my case"; the first that speaks wins and
    // round-robin, which always speaks, stands last. A company's own rules will be one more link in this chain and what
    // they need one more field of the request: no interface, no registration, and no caller changes.
    public static AssignmentDecision Assign(AssignmentRequest request) =>
        KeepOwner(request) ?? SourceOwner(request) ?? RoundRobin(request);

    private static AssignmentDecision? KeepOwner(AssignmentRequest request)
    {
        if (request.OwnerId is not { } ownerId)
            return null;

        var owner = request.Candidates.FirstOrDefault(candidate => candidate.UserId == ownerId && candidate.Active);
        return owner is null ? null : new(owner.UserId, $"Came back: stays with {owner.Name}", AssignmentRules.KeepOwner);
    }

    /// <summary>The active people of the source take turns; when none of them is active, it is everybody's turn.</summary>
    private static AssignmentDecision? SourceOwner(AssignmentRequest request)
    {
        if (request.SourceOwners is not { Count: > 0 } owners)
            return null;
        var active = request.Candidates.Where(candidate => candidate.Active && owners.Contains(candidate.UserId)).OrderBy(candidate => candidate.UserId).ToList();
        if (active.Count is 0)
            return null;
        var chosen = active.FirstOrDefault(candidate => candidate.UserId > request.LastUserId) ?? active[0];
        return new(chosen.UserId, active.Count is 1 ? $"Leads of this source go to {chosen.Name}" : $"Next in turn of the {active.Count} people for this source", AssignmentRules.SourceOwner);
    }

    /// <summary>The next active person by id after the last one; people who join or leave do not move the others.</summary>
    private static AssignmentDecision RoundRobin(AssignmentRequest request)
    {
        int active = 0;
        Candidate? first = null, next = null, last = null;
        foreach (var candidate in request.Candidates)
        {
            if (candidate.UserId == request.LastUserId)
                last = candidate;
            if (!candidate.Active)
                continue;

            active++;
            if (first is null || candidate.UserId < first.UserId)
                first = candidate;
            if (candidate.UserId > request.LastUserId && (next is null || candidate.UserId < next.UserId))
                next = candidate;
        }

        return (next ?? first) is { } chosen
            ? new(chosen.UserId, Describe(active, last), AssignmentRules.RoundRobin)
            : new(null, "Nobody is active: left in the queue", AssignmentRules.Queue);
    }

    private static string Describe(int active, Candidate? last) => (active, last) switch
    {
        (1, _) => "Round-robin: the only active person",
        (_, null) => $"Round-robin: first in turn, {active} people active",
        _ => $"Round-robin: next after {last.Name}, {active} people active",
    };
}
