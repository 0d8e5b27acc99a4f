using LeadDesk.Common;

namespace LeadDesk.Scoring;

/// <summary>A finding that holds while less than <paramref name="Until"/> has passed.</summary>
internal readonly record struct TimeStep(TimeSpan Until, Finding Finding);

/// <summary>
/// The five factors of a lead that filled in a form; each alone, as a share of its weight. Time counts in steps and the
/// reasons name the step, not the hours, so that a stored reason stays true until <see cref="FormRescoring"/> says it is due.
/// </summary>
internal static class FormFactors
{
    /// <summary>Since the person was last heard of: a form is worth most in its first hour.</summary>
    internal static readonly TimeStep[] FreshnessSteps =
    [
        new(TimeSpan.FromHours(1), new(100, "freshness.1_hour", "Heard from within the hour")),
        new(TimeSpan.FromHours(6), new(90, "freshness.6_hours", "Heard from less than 6 hours ago")),
        new(TimeSpan.FromDays(1), new(75, "freshness.1_day", "Heard from less than a day ago")),
        new(TimeSpan.FromDays(3), new(50, "freshness.3_days", "Heard from less than 3 days ago")),
        new(TimeSpan.FromDays(7), new(30, "freshness.7_days", "Heard from less than a week ago")),
        new(TimeSpan.FromDays(14), new(15, "freshness.14_days", "Heard from less than two weeks ago")),
    ];

    /// <summary>Since the lead came first, however often it came back.</summary>
    internal static readonly TimeStep[] AgeSteps =
    [
        new(TimeSpan.FromDays(1), new(100, "age.1_day", "Arrived less than a day ago")),
        new(TimeSpan.FromDays(7), new(70, "age.7_days", "Arrived less than a week ago")),
        new(TimeSpan.FromDays(30), new(40, "age.30_days", "Arrived less than 30 days ago")),
        new(TimeSpan.FromDays(90), new(10, "age.90_days", "Arrived less than 90 days ago")),
    ];

    internal static readonly TimeSpan QuietMonth = TimeSpan.FromDays(30);
    internal static readonly TimeSpan QuietQuarter = TimeSpan.FromDays(90);

    private static readonly Finding Stale = new(0, "freshness.over", "Heard from two weeks ago or longer");
    private static readonly Finding Old = new(0, "age.over", "Arrived 90 days ago or longer");
    private static readonly Finding[] EngagementFindings = [.. Enumerable.Range(0, 16).Select(DescribeEngagement)];

    /// <summary>What an interest counts that is not on the company's list.</summary>
    private const int UnlistedService = 40;

    public static Finding Contact(ContactFacts contact)
    {
        int phone = contact.Phone switch { ContactState.Valid => 60, ContactState.Unreadable => 10, _ => 0 };
        int email = contact.Email switch
        {
            ContactState.Valid => contact.EmailDisposable ? 10 : 40,
            ContactState.Unreadable => 5,
            _ => 0,
        };
        var (key, text) = ContactWords.Describe(contact) ?? ("contact.none", "No phone number and no e-mail address");
        return new(phone + email, key, text);
    }

    public static Finding Freshness(FormFacts facts, DateTime now) => At(FreshnessSteps, now - facts.LastHeardAt, Stale);

    public static Finding Age(FormFacts facts, DateTime now) => At(AgeSteps, now - facts.CreatedAt, Old);

    /// <summary>A limit, not a factor: weights differ by company, but a lead nobody heard of for a month is HOT nowhere.</summary>
    public static ScoreLimit? Quiet(FormFacts facts, DateTime now)
    {
        var silence = now - facts.LastHeardAt;
        return silence >= QuietQuarter ? ScoreLimit.QuietQuarter
            : silence >= QuietMonth ? ScoreLimit.QuietMonth
            : null;
    }

    private static Finding At(TimeStep[] steps, TimeSpan elapsed, Finding after)
    {
        foreach (ref readonly var step in steps.AsSpan())
        {
            if (elapsed < step.Until)
                return step.Finding;
        }

        return after;
    }

    public static Finding Service(string? interest, IReadOnlyList<ServiceValue> services)
    {
        if (string.IsNullOrWhiteSpace(interest))
            return new(0, "service.none", "Names no service");
        if (services.Count == 0)
            return new(100, "service.any", "Names a service");

        string folded = SearchText.Fold(interest);
        ServiceValue? best = null;
        foreach (var service in services)
        {
            if ((best is null || service.Value > best.Value) && SearchText.ContainsWords(folded, service.Folded))
                best = service;
        }

        return best is null
            ? new(UnlistedService, "service.unlisted", "Names a service that is not on your list")
            : new((int)Math.Round(best.Value * 100), "service.listed", $"Interested in {best.Name}");
    }

    public static Finding Engagement(FormFacts facts) => EngagementFindings[
        (facts.MessageLength > 0 ? 1 : 0)
        | (facts.AnswersCount > 0 ? 2 : 0)
        | (facts.SubmissionsCount > 1 ? 4 : 0)
        | (facts.InteractionsCount > 0 ? 8 : 0)];

    private static Finding DescribeEngagement(int set)
    {
        (int Share, string Key, string Text)[] all =
        [
            (25, "message", "wrote a message"), (25, "answers", "answered questions"),
            (25, "again", "came back"), (50, "replied", "replied"),
        ];
        var found = all.Where((_, bit) => (set & (1 << bit)) != 0).ToArray();
        if (found.Length == 0)
            return new(0, "engagement.none", "Gave nothing but contact details");

        string[] texts = [.. found.Select(part => part.Text)];
        string sentence = texts.Length == 1 ? texts[0] : $"{string.Join(", ", texts[..^1])} and {texts[^1]}";
        return new(
            Math.Min(100, found.Sum(part => part.Share)),
            $"engagement:{string.Join(',', found.Select(part => part.Key))}",
            char.ToUpperInvariant(sentence[0]) + sentence[1..]);
    }
}
