namespace LeadDesk.Leads.Filtering;

/// <summary>One question to a lead, with typed values. <see cref="LeadTestSql"/> asks it.</summary>
internal abstract record LeadTest;

internal sealed record AllTests(IReadOnlyList<LeadTest> Parts) : LeadTest;

internal sealed record AnyTest(IReadOnlyList<LeadTest> Parts) : LeadTest;

/// <summary>Leads without any value are among those that answer no.</summary>
internal sealed record NotTest(LeadTest Inner) : LeadTest;

internal enum TextMatch
{
    Same,
    Contains,
    Starts,
}

/// <param name="Field">A text of the lead.</param>
/// <param name="Value">Folded; for phones digits, with a plus when it is a whole number.</param>
internal sealed record TextTest(string Field, TextMatch Match, string Value) : LeadTest;

internal sealed record MessagesTest(string Value) : LeadTest;

/// <summary>There is nothing in this text, number, time or reference of the lead.</summary>
internal sealed record EmptyTest(string Field) : LeadTest;

/// <param name="To">Inclusive, as <paramref name="From"/>; null is without end.</param>
internal sealed record NumberTest(string Field, long? From, long? To) : LeadTest;

/// <param name="Before">Exclusive; null is for ever.</param>
internal sealed record TimeTest(string Field, DateTime? From, DateTime? Before) : LeadTest;

/// <param name="Field">A reference or an enum of the lead, as a number.</param>
internal sealed record ChosenTest(string Field, IReadOnlyList<long> Ids) : LeadTest;

internal sealed record ChannelTest(IReadOnlyList<string> Words) : LeadTest;

/// <param name="Ids">Empty: any tag at all.</param>
internal sealed record TagTest(IReadOnlyList<long> Ids) : LeadTest;

/// <param name="Ids">Empty: any helper at all.</param>
internal sealed record HelperTest(IReadOnlyList<long> Ids) : LeadTest;

internal sealed record WaitingTest : LeadTest;

internal sealed record OverdueTest(DateTime Now) : LeadTest;

internal sealed record ExportedTest : LeadTest;

internal sealed record TrialTest : LeadTest;

internal sealed record CustomEmptyTest(long FieldId) : LeadTest;

internal sealed record CustomRangeTest(long FieldId, long? From, long? To) : LeadTest;

internal sealed record CustomChosenTest(long FieldId, IReadOnlyList<long> Numbers) : LeadTest;

internal sealed record CustomTextTest(long FieldId, TextMatch Match, string Value) : LeadTest;

internal sealed record AnsweredTest : LeadTest;

/// <summary>What somebody typed into the search.</summary>
internal sealed record SearchTest(LeadSearchTerms Terms) : LeadTest;

/// <summary>The user owns the lead or helps with it.</summary>
/// <param name="Helped">Every lead the user helps with; few.</param>
internal sealed record VisibleTest(long UserId, IReadOnlyList<long> Helped) : LeadTest
{
    public ChosenTest Owned => new("owner", [UserId]);
}
