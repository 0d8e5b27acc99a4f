using LeadDesk.Common;

namespace LeadDesk.Leads.Filtering;

/// <summary>Turns a field with its values into the question that is asked. What is negative is turned around by the caller.</summary>
internal static class FilterTests
{
    /// <summary>What custom numbers and money are stored in.</summary>
    private const int TenThousandths = 10_000;
    private const int Hundredths = 100;

    public static LeadTest Empty(LeadFilterField field) => field switch
    {
        { Custom: { } custom } => new CustomEmptyTest(custom.Id),
        { Word: "tag" } => new NotTest(new TagTest([])),
        { Word: "helper" } => new NotTest(new HelperTest([])),
        _ => new EmptyTest(field.Word),
    };

    /// <returns>Null when everything that was named is missing.</returns>
    public static LeadTest? Of(FilterValues values, LeadFilterField field) => field.Kind switch
    {
        FilterFieldKind.Text => Any([.. values.Texts().Select(text => Text(values, field, text))]),
        FilterFieldKind.Number or FilterFieldKind.Money => Number(values, field),
        FilterFieldKind.Date => Date(values, field),
        FilterFieldKind.Flag => Flag(values, field),
        _ => Choice(values, field),
    };

    private static LeadTest? Any(IReadOnlyList<LeadTest> tests) => tests switch
    {
        [] => null,
        [var only] => only,
        _ => new AnyTest(tests),
    };

    private static LeadTest Text(FilterValues values, LeadFilterField field, string text)
    {
        var match = values.Operator switch
        {
            FilterOperator.Contains or FilterOperator.NotContains => TextMatch.Contains,
            FilterOperator.StartsWith => TextMatch.Starts,
            _ => TextMatch.Same,
        };
        if (field.Word is "messages")
            return new MessagesTest(SearchText.Fold(text));
        if (field.Custom is { } custom)
            return new CustomTextTest(custom.Id, match, custom.Type is CustomFieldType.Phone ? Phone(values, match, text) : SearchText.Fold(text));
        return new TextTest(field.Word, match, field.Word is "phone" ? Phone(values, match, text) : SearchText.Fold(text));
    }

    /// <summary>Any spelling of a number: <c>0532 123 45 67</c> is +905321234567 in Türkiye. A part of one is its digits.</summary>
    private static string Phone(FilterValues values, TextMatch match, string text)
    {
        if (match is TextMatch.Same && PhoneNumber.TryParse(text, values.Scope.Company.Region, out var number))
            return number.E164;
        var digits = LeadSearchText.Digits(text);
        if (digits.Length is 0 || match is TextMatch.Same)
            return SearchText.Fold(text);
        return match is TextMatch.Starts && text.TrimStart().StartsWith('+') ? "+" + digits : digits.TrimStart('0') is { Length: > 0 } bare ? bare : digits;
    }

    private static LeadTest Number(FilterValues values, LeadFilterField field)
    {
        var scale = field.Custom is not null ? TenThousandths : field.Kind is FilterFieldKind.Money ? Hundredths : 1;
        var first = values.Number(0) * scale;
        decimal? from = values.Operator switch
        {
            FilterOperator.AtMost or FilterOperator.Less => null,
            FilterOperator.Greater => decimal.Floor(first) + 1,
            _ => decimal.Ceiling(first),
        };
        decimal? to = values.Operator switch
        {
            FilterOperator.AtLeast or FilterOperator.Greater => null,
            FilterOperator.Less => decimal.Ceiling(first) - 1,
            FilterOperator.Between => decimal.Floor(values.Number(1) * scale),
            _ => decimal.Floor(first),
        };
        return field.Custom is { } custom ? new CustomRangeTest(custom.Id, (long?)from, (long?)to) : new NumberTest(field.Word, (long?)from, (long?)to);
    }

    private static LeadTest Date(FilterValues values, LeadFilterField field)
    {
        if (field.Word is "follow_up" && values.Operator is FilterOperator.Is)
        {
            if (values.Word(0) is LeadFilterFields.Overdue)
                return new TimeTest(field.Word, null, values.Scope.Now);
            if (values.Word(0) is "none")
                return new EmptyTest(field.Word);
        }

        var days = values.Dates();
        return field.Custom is { } custom
            ? new CustomRangeTest(custom.Id, DayNumber(days.First), DayNumber(days.Last))
            : new TimeTest(field.Word, days.From, days.Before);
    }

    /// <summary>As custom dates are stored: yyyymmdd.</summary>
    private static long? DayNumber(DateOnly? day) => day is { } some ? (some.Year * 10_000) + (some.Month * 100) + some.Day : null;

    private static LeadTest Flag(FilterValues values, LeadFilterField field)
    {
        LeadTest yes = field switch
        {
            { Custom: { } custom } => new CustomChosenTest(custom.Id, [1]),
            { Word: "exported" } => new ExportedTest(),
            _ => new TrialTest(),
        };
        return values.Flag() ? yes : new NotTest(yes);
    }

    private static LeadTest? Choice(FilterValues values, LeadFilterField field)
    {
        switch (field.Word)
        {
            case "channel":
                return new ChannelTest([.. values.Texts().Select(word => word.ToLowerInvariant())]);
            case "response":
                return Any([.. values.Fixed().Select(word => Response(word, values.Scope.Now))]);
            case "owner":
                return Owner(values);
        }

        var ids = values.Ids();
        if (ids.Count is 0)
            return null;
        return field switch
        {
            { Custom: { } custom } => new CustomChosenTest(custom.Id, ids),
            { Word: "tag" } => new TagTest(ids),
            { Word: "helper" } => new HelperTest(ids),
            { Word: "pipeline" } => new ChosenTest("stage", [.. values.Scope.Company.Stages.Where(stage => ids.Contains(stage.PipelineId)).Select(stage => stage.Id)]),
            _ => new ChosenTest(field.Word, ids),
        };
    }

    private static LeadTest Response(string word, DateTime now) => word switch
    {
        "waiting" => new WaitingTest(),
        LeadFilterFields.Overdue => new OverdueTest(now),
        _ => new AnsweredTest(),
    };

    private static LeadTest? Owner(FilterValues values)
    {
        var ids = values.Ids();
        var nobody = values.Names(LeadFilterFields.Nobody) || values.Names("none");
        LeadTest? people = ids.Count > 0 ? new ChosenTest("owner", ids) : null;
        return nobody ? people is null ? new EmptyTest("owner") : new AnyTest([people, new EmptyTest("owner")]) : people;
    }
}
