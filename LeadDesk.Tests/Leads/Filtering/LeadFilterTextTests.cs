using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Leads.Filtering;

namespace LeadDesk.Tests.Leads.Filtering;

/// <summary>The language of filters: what can be read, what is printed, what is said about mistakes.</summary>
public sealed class LeadFilterTextTests
{
    [Fact]
    public void What_is_printed_is_read_as_the_same_condition()
    {
        Prop.ForAll(Conditions(3).ToArbitrary(), condition =>
        {
            var text = LeadFilterText.Print(condition);
            LeadFilterText.Parse(text).Value.ShouldBe(condition, text);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_text_whatever_it_is_breaks_the_reader()
    {
        Prop.ForAll(Pieces().ToArbitrary(), text =>
        {
            var read = LeadFilterText.Parse(text);
            if (read.Succeeded && read.Value is not null)
                LeadFilterText.Parse(LeadFilterText.Print(read.Value)).Value.ShouldBe(read.Value, text);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("score>=60 and (city contains \"Izmir\" or tag is \"VIP\") and created in last 7 days")]
    [InlineData("name is \"Ann\" or email is empty and phone is not empty")]
    [InlineData("owner any of (me, nobody)")]
    [InlineData("grade none of (cold, warm)")]
    [InlineData("created is this week")]
    [InlineData("value between 100 and 500.50")]
    [InlineData("cf.plan is not \"Gold \\\"plus\\\"\"")]
    [InlineData("messages does not contain stop")]
    public void A_filter_reads_as_it_is_printed(string text)
    {
        var condition = LeadFilterText.Parse(text).Value;

        var printed = LeadFilterText.Print(condition);
        LeadFilterText.Parse(printed).Value.ShouldBe(condition);
        printed.Replace("(email", "email", StringComparison.Ordinal).Replace("empty)", "empty", StringComparison.Ordinal).ShouldBe(text);
    }

    [Theory]
    [InlineData("created today", "created is today")]
    [InlineData("created on 2026-03-01", "created is 2026-03-01")]
    [InlineData("created in the last 2 weeks", "created in last 14 days")]
    [InlineData("SCORE = 5", "score is 5")]
    [InlineData("city in ('Izmir','Ankara')", "city any of (\"Izmir\", \"Ankara\")")]
    [InlineData("city = O'Hare", "city is \"O'Hare\"")]
    [InlineData("a=1 and b=2 or c=3", "(a is 1 and b is 2) or c is 3")]
    public void Other_ways_of_writing_mean_the_same(string written, string printed) =>
        LeadFilterText.Print(LeadFilterText.Parse(written).Value).ShouldBe(printed);

    [Theory]
    [InlineData("score", "Expected a comparison such as is, contains or >= after “score”, not the end.", 6)]
    [InlineData("score >= ", "Expected a value, not the end.", 10)]
    [InlineData("score >= 5 name is Ann", "Expected “and” or “or” before “name”.", 12)]
    [InlineData("(score >= 5", "This parenthesis is not closed before the end.", 1)]
    [InlineData("score >= 5)", "This parenthesis closes nothing.", 11)]
    [InlineData("city is \"Izmir", "This text has no closing quote.", 9)]
    [InlineData("city any of Izmir", "Expected values in parentheses", 13)]
    [InlineData("created in last many days", "A number of days goes from 1", 17)]
    [InlineData("created in last 0 days", "A number of days goes from 1", 17)]
    [InlineData("created in last 7 moons", "Expected “days” or “weeks”, not “moons”.", 19)]
    [InlineData("score ! 5", "Expected a comparison such as is, contains or >= after “score”, not “!”.", 7)]
    [InlineData("and", "Expected a field such as score or city, not “and”.", 1)]
    [InlineData("value between 5 or 6", "Expected “and”, not “or”.", 17)]
    [InlineData("a=1 and (b=1 or (c=1 and (d=1 or (e=1 and (f=1 or g=1)))))", "Conditions go at most 5 levels deep.", 44)]
    public void A_mistake_is_told_with_its_place(string text, string sentence, int position)
    {
        var refusal = LeadFilterText.Parse(text).Refusal.ShouldNotBeNull();

        refusal.Errors!["filter"][0].ShouldStartWith(sentence);
        refusal.Message.ShouldEndWith($"(Character {position} of the filter.)");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("   ")]
    public void An_empty_filter_is_none(string? text)
    {
        var read = LeadFilterText.Parse(text);

        read.Refusal.ShouldBeNull();
        read.Value.ShouldBeNull();
    }

    [Fact]
    public void A_part_can_be_taken_out()
    {
        var condition = LeadFilterText.Parse("score>=60 and (city is Izmir or tag is VIP)").Value;

        LeadFilterText.Print(LeadFilterText.Without(condition, new LeadFieldCondition("tag", FilterOperator.Is, "VIP"))).ShouldBe("score>=60 and city is \"Izmir\"");
        LeadFilterText.Without(condition, condition!).ShouldBeNull();
    }

    [Fact]
    public void A_filter_that_is_too_long_is_refused()
    {
        LeadFilterText.Parse($"name is {new string('x', 201)}").Refusal!.Message.ShouldStartWith("A value has at most 200 characters.");
        LeadFilterText.Parse(new string('x', 4001)).Refusal!.Message.ShouldBe("A filter has at most 4000 characters.");
        LeadFilterText.Parse(string.Join(" and ", Enumerable.Repeat("a=1", 51))).Refusal!.Message.ShouldStartWith("At most 50 conditions are allowed.");
    }

    private static Gen<LeadCondition> Conditions(int levels)
    {
        var leaf = Fields();
        if (levels is 0)
            return leaf;
        var group =
            from any in Gen.Elements(true, false)
            from count in Gen.Choose(2, 4)
            from parts in Gen.ListOf(Conditions(levels - 1), count)
            select (LeadCondition)new LeadConditionGroup(any, [.. parts]);
        return Gen.OneOf(leaf, group);
    }

    private static Gen<LeadCondition> Fields() =>
        from field in Gen.Elements("name", "score", "created", "cf.plan", "cf.12", "follow_up", "messages")
        from @operator in Gen.Elements(Enum.GetValues<FilterOperator>())
        from values in Values(@operator)
        select (LeadCondition)new LeadFieldCondition(field, @operator, values);

    private static Gen<IReadOnlyList<string>> Values(FilterOperator @operator) => @operator switch
    {
        FilterOperator.Empty or FilterOperator.NotEmpty => Gen.Constant<IReadOnlyList<string>>([]),
        FilterOperator.InLast or FilterOperator.InNext => Gen.Choose(1, 3660).Select(days => (IReadOnlyList<string>)[$"{days}"]),
        FilterOperator.AnyOf or FilterOperator.NoneOf =>
            Gen.Choose(1, 4).SelectMany(count => Gen.ListOf(Texts(), count)).Select(values => (IReadOnlyList<string>)[.. values]),
        FilterOperator.Between => Gen.ListOf(Texts(), 2).Select(values => (IReadOnlyList<string>)[.. values]),
        _ => Texts().Select(value => (IReadOnlyList<string>)[value]),
    };

    private static Gen<string> Texts() => Gen.OneOf(
        Gen.Elements("today", "this week", "and", "not", "is", "empty", "any", "none", "last", "7", "-5", "2026-03-01", "", " ", "\\", "\"", "a\\\"b", "İzmir", "me", "(", ">=", "this\tweek"),
        Gen.ArrayOf(Gen.Elements([.. "abcÇ \"'\\()<>=!,.:-_0129"])).Select(letters => new string(letters)));

    private static Gen<string> Pieces() =>
        Gen.ArrayOf(Gen.Elements(
            "score", "is", "not", "empty", "(", ")", ">=", "\"", "'", "and", "or", "in", "last", "7", "days", "any", "of", ",", "between", "today", "this", "week", "!", "\\", "x\u0001")).Select(pieces => string.Join(' ', pieces));
}
