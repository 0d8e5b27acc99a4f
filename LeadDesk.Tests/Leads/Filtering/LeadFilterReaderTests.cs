using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Filtering;
using LeadDesk.Scoring;

namespace LeadDesk.Tests.Leads.Filtering;

/// <summary>What a filter's names and values mean, and what is said when they mean nothing.</summary>
public sealed class LeadFilterReaderTests
{
    private static readonly CurrentUser Admin = new(1, 10, "Ann", Role.Admin);

    private static readonly CompanyRules Company = new(
        1, "Acme", "GB", TimeZoneInfo.FindSystemTimeZoneById("Europe/Istanbul"), TimeSpan.FromMinutes(15), ScoringProfile.Default, [new Stage { Id = 5, Name = "New", PipelineId = 1 }])
    {
        Pipelines = [new Pipeline { Id = 1, Name = "Sales" }],
        Fields = [new CustomField { Id = 3, Key = "budget", Name = "Budget", Type = CustomFieldType.Number }],
        Tags = [new Tag { Id = 8, Name = "VIP", NameKey = "vip" }],
    };

    private static readonly FilterScope Scope = new(
        Company, new CompanyUsers(1, [(new DirectoryUser(10, "Ann", Role.Admin, true), "s"), (new DirectoryUser(11, "Bob", Role.Salesperson, false), "s")]), Admin,
        new DateTime(2026, 3, 11, 22, 30, 0, DateTimeKind.Utc));

    [Theory]
    [InlineData("score contains \"x\"", "The field score cannot be asked “contains”. Use one of: >=, <=, >, <, between, is, is not. (Character 1 of the filter.)")]
    [InlineData("name is Ann and grade is lukewarm", "“lukewarm” is no grade. Use one of: hot, warm, cold. (Character 17 of the filter.)")]
    [InlineData("score>=many", "“many” is no number. Write digits, such as 60 or 1250.50. (Character 1 of the filter.)")]
    [InlineData("score>=999999999999999999", "“999999999999999999” is too large to compare with. (Character 1 of the filter.)")]
    [InlineData("created before soon", "“soon” is no date. Use a day such as 2026-03-01, or one of: today, yesterday, tomorrow, this week, last week, next week, this month, last month, next month, this year, last year. (Character 1 of the filter.)")]
    [InlineData("created is \"2026-03-01T10:00:00Z\"", "A time of the day goes with before, after or between; “is” takes a day or a period. (Character 1 of the filter.)")]
    [InlineData("exported is maybe", "“maybe” is neither yes nor no. (Character 1 of the filter.)")]
    [InlineData("city contains \"  \"", "Write what city should be compared with; for nothing at all use “is empty”. (Character 1 of the filter.)")]
    [InlineData("import is latest", "An import is named by its number. (Character 1 of the filter.)")]
    [InlineData("messages is empty", "The field messages cannot be asked “is empty”. Use one of: contains, does not contain. (Character 1 of the filter.)")]
    [InlineData("score is empty", "The field score cannot be asked “is empty”. Use one of: >=, <=, >, <, between, is, is not. (Character 1 of the filter.)")]
    public void What_a_field_cannot_be_asked_is_refused(string text, string sentence) =>
        LeadFilterReader.Read(text, Scope).Refusal!.Errors!["filter"].ShouldBe([sentence]);

    [Theory]
    [InlineData("colour is red", "There is no field “colour”.")]
    [InlineData("cf.gone is red", "There is no field “cf.gone”.")]
    [InlineData("tag is gone", "There is no tag “gone”.")]
    [InlineData("stage any of (new, gone)", "There is no stage “gone”.")]
    [InlineData("owner is 99", "There is no owner “99”.")]
    [InlineData("lost_reason is gone", "There is no lost reason “gone”.")]
    public void What_is_not_there_any_more_is_missing_and_stays_in_the_condition(string text, string sentence)
    {
        var where = LeadFilterReader.Read(text, Scope).Value!;

        where.Missing.Select(missing => missing.Sentence).ShouldBe([sentence]);
        where.RefuseMissing()!.Errors!.Single().Key.ShouldBe(where.Missing[0].Condition.Field);
        LeadFilterText.Print(where.Condition).ShouldBe(LeadFilterText.Print(LeadFilterText.Parse(text).Value));
        LeadFilterText.Without(where.Condition, where.Missing[0].Condition).ShouldBeNull();
    }

    [Theory]
    [InlineData("created is today", "2026-03-11T21:00", "2026-03-12T21:00")]
    [InlineData("created in last 2 days", "2026-03-10T21:00", "2026-03-12T21:00")]
    [InlineData("created is \"this week\"", "2026-03-08T21:00", "2026-03-15T21:00")]
    [InlineData("created is \"last month\"", "2026-01-31T21:00", "2026-02-28T21:00")]
    [InlineData("created on 2026-01-01", "2025-12-31T21:00", "2026-01-01T21:00")]
    public void Days_are_days_of_the_companys_zone(string text, string from, string before)
    {
        var test = LeadFilterReader.Read(text, Scope).Value!.Test.ShouldBeOfType<TimeTest>();

        test.From!.Value.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(from);
        test.Before!.Value.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(before);
    }

    [Theory]
    [InlineData("owner is me", 10)]
    [InlineData("owner is ann", 10)]
    [InlineData("owner is 11", 11)]
    public void People_are_named_by_word_name_or_id(string text, long id) =>
        LeadFilterReader.Read(text, Scope).Value!.Test.ShouldBeOfType<ChosenTest>().Ids.ShouldBe([id]);

    [Fact]
    public void A_custom_field_is_named_by_key_or_id()
    {
        foreach (var text in (string[])["cf.budget>=1.5", "cf.BUDGET>=1.5", "cf.3>=1.5"])
            LeadFilterReader.Read(text, Scope).Value!.Test.ShouldBe(new CustomRangeTest(3, 15_000, null), text);
    }

    [Fact]
    public void The_catalogue_names_each_field_once_with_operators_that_it_takes()
    {
        var fields = LeadFilterFields.All(Scope);

        fields.Select(field => field.Word).ShouldBeUnique();
        fields.ShouldAllBe(field => field.Operators.Count > 0 && field.Label.Length > 0 && LeadFilterFields.Find(field.Word, Scope)!.Word == field.Word);
        fields.ShouldContain(field => field.Word == "cf.budget" && field.Label == "Budget");
        foreach (var field in fields.Where(field => field.Choices.Count > 0))
        {
            foreach (var choice in field.Choices)
                LeadFilterReader.Read(new LeadFieldCondition(field.Word, FilterOperator.Is, choice.Value), Scope).Value!.Missing.ShouldBeEmpty(field.Word);
        }
    }
}
