using LeadDesk.Access;

namespace LeadDesk.Leads.Filtering;

/// <summary>Everything that limits a list, as questions which must all be answered yes.</summary>
internal static class LeadTests
{
    /// <summary>So many are put beside the owned ones; with more the list is walked for both.</summary>
    public const int FewHelped = 1000;

    /// <param name="terms">What was typed into the search; null for nothing.</param>
    /// <param name="helped">Leads the user helps with, up to one more than <see cref="FewHelped"/>.</param>
    public static IReadOnlyList<LeadTest> Of(CurrentUser user, LeadFilter filter, LeadSearchTerms? terms, IReadOnlyList<long> helped)
    {
        var tests = new List<LeadTest>();
        if (!user.SeesAllLeads)
            tests.Add(Visible(user, helped));
        else if (filter.Owner is { } owner)
            tests.Add(owner.UserId is { } id ? new ChosenTest("owner", [id]) : new EmptyTest("owner"));
        if (filter.StageId is { } stage)
            tests.Add(new ChosenTest("stage", [stage]));
        if (filter.Grade is { } grade)
            tests.Add(new ChosenTest("grade", [(long)grade]));
        if (filter.Channel is { } channel)
            tests.Add(new ChannelTest([channel]));
        if (filter.Intent is { } intent)
            tests.Add(new ChosenTest("intent", [(long)intent]));
        if (filter.Outcome is { } outcome)
            tests.Add(new ChosenTest("outcome", [(long)outcome]));
        AddResponse(tests, filter);
        if (filter.CreatedFrom is not null || filter.CreatedBefore is not null)
            tests.Add(new TimeTest("created", filter.CreatedFrom, filter.CreatedBefore));
        if (filter.WithoutTrials)
            tests.Add(new NotTest(new TrialTest()));
        if (terms is not null)
            tests.Add(new SearchTest(terms));
        if (filter.Where?.Test is { } where)
            Flatten(tests, where);
        return tests;
    }

    /// <summary>Whether no lead can meet both.</summary>
    public static bool Exclude(LeadTest test, LeadTest group) => (test, group) switch
    {
        (ChosenTest one, ChosenTest other) => one.Field == other.Field && !one.Ids.Intersect(other.Ids).Any(),
        (ChosenTest { Field: "owner" }, EmptyTest { Field: "owner" }) or (EmptyTest { Field: "owner" }, ChosenTest { Field: "owner" }) => true,
        (ChannelTest one, ChannelTest other) => !one.Words.Intersect(other.Words, StringComparer.Ordinal).Any(),
        (ChannelTest one, NotTest { Inner: ChannelTest other }) => !one.Words.Except(other.Words, StringComparer.Ordinal).Any(),
        _ => false,
    };

    /// <summary>Who does not see all sees what he owns or helps with.</summary>
    private static LeadTest Visible(CurrentUser user, IReadOnlyList<long> helped)
    {
        var visible = new VisibleTest(user.UserId, helped);
        return helped.Count switch
        {
            0 => visible.Owned,
            <= FewHelped => visible,
            _ => new AnyTest([visible.Owned, new HelperTest([user.UserId])]),
        };
    }

    private static void AddResponse(List<LeadTest> tests, LeadFilter filter)
    {
        if (filter.OverdueAt is { } now)
            tests.Add(new OverdueTest(now));
        else if (filter.Waiting || filter.Sort is LeadSort.Response)
            tests.Add(new WaitingTest());
        if (filter.Answered)
            tests.Add(new AnsweredTest());
    }

    private static void Flatten(List<LeadTest> tests, LeadTest test)
    {
        if (test is not AllTests all)
        {
            tests.Add(test);
            return;
        }

        foreach (var part in all.Parts)
            Flatten(tests, part);
    }
}
