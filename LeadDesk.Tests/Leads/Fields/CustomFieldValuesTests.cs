using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Scoring;

namespace LeadDesk.Tests.Leads.Fields;

public sealed class CustomFieldValuesTests
{
    private static readonly CompanyRules Company =
        new(1, "Acme", "GB", TimeZoneInfo.FindSystemTimeZoneById("Europe/Istanbul"), TimeSpan.FromMinutes(15), ScoringProfile.Default, []) { Currency = "EUR" };

    private static readonly FieldFormat Turkish = FieldFormat.Of(CultureInfo.GetCultureInfo("tr-TR"));

    [Theory]
    [InlineData("1234.5", "1234.5")]
    [InlineData("1,234.50", "1234.5")]
    [InlineData("1.234,50", "1234.5")]
    [InlineData("1 234,5", "1234.5")]
    [InlineData("1'234.50", "1234.5")]
    [InlineData("12,34,567.00", "1234567")]
    [InlineData("(1,234)", "-1234")]
    [InlineData("−12", "-12")]
    [InlineData("9.05E+11", "905000000000")]
    [InlineData("١٢٣٫٤", "123.4")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("12,5", "12.5")]
    [InlineData("1,234", "1234")]
    [InlineData("1.234", "1.234")]
    [InlineData("0,123", "0.123")]
    public void A_number_is_read_as_people_and_spreadsheets_write_it(string written, string read) =>
        Printed(Field(CustomFieldType.Number), written).ShouldBe(read);

    [Fact]
    public void Where_a_comma_is_the_decimal_mark_a_point_before_three_digits_groups()
    {
        Printed(Field(CustomFieldType.Number), "1.234", Turkish).ShouldBe("1234");
        Printed(Field(CustomFieldType.Number), "1,234", Turkish).ShouldBe("1.234");
    }

    [Theory]
    [InlineData("twelve")]
    [InlineData("1.2.3")]
    [InlineData("1,23,4.5.6")]
    [InlineData("1 000 000 000 000")]
    [InlineData("--1")]
    [InlineData("1e400")]
    [InlineData("")]
    public void What_is_no_number_is_refused_or_empty(string written)
    {
        var outcome = CustomFieldValues.Read(Field(CustomFieldType.Number), written, Company);
        if (written.Length is 0)
            outcome.Value.ShouldBeEmpty();
        else
            outcome.Refusal!.Errors!.Keys.ShouldBe(["custom.it"]);
    }

    [Theory]
    [InlineData("€ 1,500.00", "1500")]
    [InlineData("1.500,99 €", "1500.99")]
    [InlineData("EUR 20", "20")]
    [InlineData("20 eur", "20")]
    [InlineData("0.005", "0.01")]
    public void Money_is_read_with_the_companys_currency(string written, string read) => Printed(Field(CustomFieldType.Money), written).ShouldBe(read);

    [Theory]
    [InlineData("$20")]
    [InlineData("20 USD")]
    public void Money_of_another_currency_is_refused(string written) =>
        CustomFieldValues.Read(Field(CustomFieldType.Money), written, Company).Refusal!.Message.ShouldContain("EUR");

    [Theory]
    [InlineData("2026-03-31")]
    [InlineData("2026/3/31")]
    [InlineData("20260331")]
    [InlineData("2026-03-31 00:00:00")]
    [InlineData("2026-03-30T23:30:00Z")] // In Istanbul that is the next morning.
    [InlineData("31.03.2026")]
    [InlineData("31/3/26")]
    [InlineData("03/31/2026")]
    [InlineData("31 March 2026")]
    [InlineData("March 31, 2026")]
    public void A_date_that_can_only_be_one_day_is_read(string written) => Printed(Field(CustomFieldType.Date), written).ShouldBe("2026-03-31");

    [Fact]
    public void A_date_of_three_small_numbers_is_read_by_the_order_that_is_given_and_refused_without_one()
    {
        var field = Field(CustomFieldType.Date);
        Printed(field, "03.04.2026", Turkish).ShouldBe("2026-04-03");
        Printed(field, "03/04/2026", FieldFormat.Of(CultureInfo.GetCultureInfo("en-US"))).ShouldBe("2026-03-04");
        Printed(field, "3 Nisan 2026", Turkish).ShouldBe("2026-04-03");
        CustomFieldValues.Read(field, "03.04.2026", Company).Succeeded.ShouldBeFalse();
        CustomFieldValues.Read(field, "2026-02-30", Company).Succeeded.ShouldBeFalse();
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("Ja", true)]
    [InlineData("EVET", true)]
    [InlineData("sí", true)]
    [InlineData("1", true)]
    [InlineData("no", false)]
    [InlineData("Hayır", false)]
    [InlineData("0", false)]
    public void A_check_is_read_in_several_languages(string written, bool set) =>
        CustomFieldValues.Typed(Field(CustomFieldType.Check), CustomFieldValues.Read(Field(CustomFieldType.Check), written, Company).Value!).ShouldBe(set);

    [Fact]
    public void A_choice_is_found_by_its_name_folded_before_its_id()
    {
        var field = Field(CustomFieldType.Choice, "Büyük", "2", "Small");
        Printed(field, "BUYUK").ShouldBe("Büyük");
        Printed(field, "3").ShouldBe("Small");
        Printed(field, "2").ShouldBe("2");
        CustomFieldValues.Read(field, "huge", Company).Refusal!.Message.ShouldContain("Büyük, 2, Small");
    }

    [Fact]
    public void Several_choices_are_read_in_the_options_order_whatever_separates_them()
    {
        var field = Field(CustomFieldType.MultiChoice, "Red", "Blue, dark", "Green");
        foreach (var written in (string[])["green;Blue, dark", "Green | blue, dark", "green\nBlue, dark;green"])
            Printed(field, written).ShouldBe("Blue, dark; Green");
        Printed(field, "green, red").ShouldBe("Red; Green");
        CustomFieldValues.Read(field, "green, pink", Company).Refusal!.Message.ShouldContain("\"pink\"");
    }

    [Fact]
    public void Phones_and_addresses_are_stored_as_they_are_compared()
    {
        Printed(Field(CustomFieldType.Phone), "020 7946 0958").ShouldBe("+442079460958");
        Printed(Field(CustomFieldType.Email), " Ada@Example.COM ").ShouldBe("ada@example.com");
        CustomFieldValues.Read(Field(CustomFieldType.Phone), "123", Company).Succeeded.ShouldBeFalse();
        CustomFieldValues.Read(Field(CustomFieldType.Email), "ada@", Company).Succeeded.ShouldBeFalse();
    }

    [Theory]
    [InlineData("example.com/a?b=1", "https://example.com/a?b=1")]
    [InlineData("http://example.com", "http://example.com")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("JaVaScRiPt://example.com/%0aalert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("https://bank.example@evil.example/", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("https://exa mple.com", null)]
    public void Only_web_addresses_are_links(string written, string? read)
    {
        var outcome = CustomFieldValues.Read(Field(CustomFieldType.Link), written, Company);
        (outcome.Succeeded ? outcome.Value[0].Text : null).ShouldBe(read);
    }

    [Fact]
    public void A_text_with_characters_that_cannot_be_stored_or_too_long_is_refused()
    {
        CustomFieldValues.Read(Field(CustomFieldType.Text), "a\0b", Company).Succeeded.ShouldBeFalse();
        CustomFieldValues.Read(Field(CustomFieldType.Text), new string('a', CustomFieldValues.LongestText + 1), Company).Succeeded.ShouldBeFalse();
    }

    [Fact]
    public void What_is_printed_is_read_as_the_same_values()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<long>(),
            ArbMap.Default.ArbFor<DateTime>(),
            ArbMap.Default.ArbFor<NonNull<string>>(),
            (number, moment, text) =>
            {
                var bounded = number % 1_000_000_000_000_000;
                Returns(Field(CustomFieldType.Number), [new CustomFieldValue { Number = bounded }]);
                Returns(Field(CustomFieldType.Money), [new CustomFieldValue { Number = bounded / 100 * 100 }]);
                Returns(Field(CustomFieldType.Date), [new CustomFieldValue { Number = Days.Number(new DateOnly(1000 + (moment.Year % 8999), moment.Month, Math.Min(moment.Day, 28))) }]);
                var choices = Field(CustomFieldType.MultiChoice, "One", "Two", "Three, or more", "4");
                Returns(choices, [.. CustomFieldOptions.Of(choices).Where(option => (number >> option.Id & 1) is 1).Select((option, at) => new CustomFieldValue { Number = option.Id, Position = at })]);
                if (CustomFieldValues.Read(Field(CustomFieldType.Text), text.Get, Company) is { Succeeded: true } read)
                    Returns(Field(CustomFieldType.Text), read.Value);
            }).QuickCheckThrowOnFailure();
    }

    private static void Returns(CustomField field, IReadOnlyList<CustomFieldValue> values)
    {
        var printed = CustomFieldValues.Print(field, values);
        CustomFieldValues.Same(CustomFieldValues.Read(field, printed, Company).Value!, values).ShouldBeTrue(printed);
    }

    private static string Printed(CustomField field, string written, FieldFormat? format = null)
    {
        var outcome = CustomFieldValues.Read(field, written, Company, format);
        return outcome.Succeeded ? CustomFieldValues.Print(field, outcome.Value) : outcome.Refusal.Message;
    }

    private static CustomField Field(CustomFieldType type, params string[] options) => new()
    {
        Id = 7,
        Key = "it",
        Name = "It",
        Type = type,
        Options = System.Text.Json.JsonSerializer.Serialize(options.Select((name, at) => new CustomFieldOption(at + 1, name))),
    };
}
