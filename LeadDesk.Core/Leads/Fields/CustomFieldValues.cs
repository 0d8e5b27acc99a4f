using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Companies;

namespace LeadDesk.Leads.Fields;

/// <summary>
/// Values of custom fields between text and table. What <see cref="Print"/> writes, <see cref="Read"/> reads as the same
/// values; nothing written is no values, and so is a check's "no".
/// </summary>
public static class CustomFieldValues
{
    public const int LongestText = 2000;

    /// <summary>Characters of a text's key.</summary>
    public const int LongestKey = 200;

    internal const decimal Scale = 10_000m;

    /// <summary>Below a trillion, as people pay and count.</summary>
    private const decimal Largest = 1_000_000_000_000m;

    /// <summary>Digits behind the point that are stored.</summary>
    internal const int NumberPlaces = 4;

    private const int MoneyPlaces = 2;

    /// <summary>Company and lead of the values are not set.</summary>
    /// <param name="format">How numbers and dates are written; <see cref="FieldFormat.Plain"/> when null.</param>
    /// <returns>One value, of a multi-choice one for each choice, none for nothing. Refused with the field's <c>custom.key</c> as its place.</returns>
    public static Outcome<IReadOnlyList<CustomFieldValue>> Read(CustomField field, string? written, CompanyRules company, FieldFormat? format = null)
    {
        var text = written?.Trim();
        if (string.IsNullOrEmpty(text))
            return Outcome([]);
        if (text.Length > LongestText)
            return Wrong(field, $"At most {LongestText:N0} characters fit here.");
        if (TextRules.FindForbiddenControl(text) is { } forbidden)
            return Wrong(field, $"The text contains a character that cannot be stored ({forbidden}). Remove it.");
        format ??= FieldFormat.Plain;
        return field.Type switch
        {
            CustomFieldType.Number => Number(field, ReadNumber(JsonPlace(field.Key), text, format, NumberPlaces)),
            CustomFieldType.Money => Number(field, ReadAmount(JsonPlace(field.Key), text, company, format)),
            CustomFieldType.Date => WrittenDate.TryRead(text, format, company.Zone, out var date)
                ? Number(field, Days.Number(date))
                : Wrong(field, format.Order is DateOrder.YearMonthDay ? "Write the date as year-month-day, such as 2026-03-31." : "This is not a date. Write it like 2026-03-31."),
            CustomFieldType.Check => CheckWords.Read(text) switch
            {
                true => Number(field, 1),
                false => Outcome([]),
                null => Wrong(field, "Write yes or no."),
            },
            CustomFieldType.Choice => ReadChoice(field, text),
            CustomFieldType.MultiChoice => ReadChoices(field, text),
            CustomFieldType.Phone => PhoneNumber.TryParse(text, company.Region, out var phone)
                ? Text(field, phone.E164, phone.E164)
                : Wrong(field, "This is not a phone number that can be called. Write it with its country code, such as +44 20 7946 0958."),
            CustomFieldType.Email => EmailAddress.TryNormalise(text, out var address)
                ? Text(field, address, address)
                : Wrong(field, "This is not an e-mail address. Write it like name@example.com."),
            CustomFieldType.Link => ReadLink(field, text),
            _ => Text(field, KeyOf(text), text),
        };
    }

    /// <summary>For programs and files: a decimal point, ISO dates, yes, option names joined by semicolons. Empty without values.</summary>
    /// <param name="values">Of one lead and this field, in order.</param>
    public static string Print(CustomField field, IReadOnlyList<CustomFieldValue> values)
    {
        if (values.Count is 0)
            return "";
        return field.Type switch
        {
            CustomFieldType.Number or CustomFieldType.Money => Decimal(values[0]).ToString(CultureInfo.InvariantCulture),
            CustomFieldType.Date => Date(values[0]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            CustomFieldType.Check => "yes",
            CustomFieldType.Choice or CustomFieldType.MultiChoice => string.Join("; ", Chosen(field, values).Select(option => option.Name)),
            _ => values[0].Text ?? "",
        };
    }

    /// <summary>For people of a culture. "Yes" of a check is left to the page, which knows the reader's language.</summary>
    public static string Show(CustomField field, IReadOnlyList<CustomFieldValue> values, CultureInfo culture, string currency)
    {
        if (values.Count is 0)
            return "";
        return field.Type switch
        {
            CustomFieldType.Number => Decimal(values[0]).ToString("#,0.####", culture),
            CustomFieldType.Money => $"{Decimal(values[0]).ToString("#,0.##", culture)} {currency}",
            CustomFieldType.Date => Date(values[0]).ToString("d", culture),
            CustomFieldType.Phone => PhoneNumber.Format(values[0].Text ?? ""),
            CustomFieldType.Email => EmailAddress.Display(values[0].Text ?? ""),
            CustomFieldType.Choice or CustomFieldType.MultiChoice => string.Join(", ", Chosen(field, values).Select(option => option.Name)),
            _ => Print(field, values),
        };
    }

    /// <summary>For the field's control: numbers with the culture's decimal mark and no groups, the rest as <see cref="Print"/> writes it.</summary>
    public static string Editable(CustomField field, IReadOnlyList<CustomFieldValue> values, CultureInfo culture) =>
        field.Type is CustomFieldType.Number or CustomFieldType.Money && values.Count > 0 ? Decimal(values[0]).ToString("0.####", culture) : Print(field, values);

    /// <summary>For JSON and typed cells: <see cref="decimal"/>, <see cref="DateOnly"/>, <see cref="bool"/>, <see cref="string"/>, or strings of a multi-choice.</summary>
    /// <returns>Null without a value; of a check false, of a multi-choice an empty list.</returns>
    public static object? Typed(CustomField field, IReadOnlyList<CustomFieldValue> values) => field.Type switch
    {
        CustomFieldType.Check => values.Count > 0,
        CustomFieldType.MultiChoice => Chosen(field, values).Select(option => option.Name).ToArray(),
        _ when values.Count is 0 => null,
        CustomFieldType.Number or CustomFieldType.Money => Decimal(values[0]),
        CustomFieldType.Date => Date(values[0]),
        _ => Print(field, values),
    };

    /// <summary>Whether two lists of values of one field are the same.</summary>
    public static bool Same(IReadOnlyList<CustomFieldValue> left, IReadOnlyList<CustomFieldValue> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => pair.First.Number == pair.Second.Number && string.Equals(pair.First.Text, pair.Second.Text, StringComparison.Ordinal));

    /// <summary>The key of a text, by which lists sort and filters find it.</summary>
    public static string KeyOf(string text)
    {
        var folded = SearchText.Fold(text);
        if (folded.Length is 0)
            return SearchText.LastSortKey;
        if (folded.Length <= LongestKey)
            return folded;
        return folded[..(char.IsHighSurrogate(folded[LongestKey - 1]) ? LongestKey - 1 : LongestKey)];
    }

    internal static IEnumerable<CustomFieldOption> Chosen(CustomField field, IReadOnlyList<CustomFieldValue> values) =>
        CustomFieldOptions.Of(field).Where(option => values.Any(value => value.Number == option.Id));

    private static decimal Decimal(CustomFieldValue value) => (value.Number ?? 0) / Scale;

    private static DateOnly Date(CustomFieldValue value) => Days.Date((int)(value.Number ?? 0));

    /// <summary>An amount in the company's currency, with its sign or code or without.</summary>
    /// <returns>Null for nothing written.</returns>
    internal static Outcome<decimal?> ReadAmount(string place, string? written, CompanyRules company, FieldFormat format)
    {
        if (string.IsNullOrWhiteSpace(written))
            return (decimal?)null;
        return WithoutCurrency(written.Trim(), company.Currency) is { } bare
            ? ReadNumber(place, bare, format, MoneyPlaces)
            : Refusal.Invalid(place, $"Amounts are in {company.Currency} here. Write the number alone.");
    }

    /// <summary>Spreadsheets compute 0.30000000000000004: what is beyond the places that are kept is rounded.</summary>
    private static Outcome<decimal?> ReadNumber(string place, string text, FieldFormat format, int places)
    {
        if (!WrittenNumber.TryRead(text, format.DecimalMark, out var number))
            return Refusal.Invalid(place, $"This is not a number. Write it like {(format.DecimalMark is ',' ? "1234,50" : "1234.50")}.");
        number = Math.Round(number, places, MidpointRounding.AwayFromZero);
        return Math.Abs(number) >= Largest ? Refusal.Invalid(place, "This number is too large. It must be below 1,000,000,000,000.") : (decimal?)number;
    }

    private static Outcome<IReadOnlyList<CustomFieldValue>> Number(CustomField field, Outcome<decimal?> read) =>
        read.Succeeded ? Number(field, (long)(read.Value!.Value * Scale)) : read.Refusal;

    /// <returns>Null when it names another currency.</returns>
    private static string? WithoutCurrency(string text, string currency)
    {
        var bare = text;
        if (bare.StartsWith(currency, StringComparison.OrdinalIgnoreCase))
            bare = bare[currency.Length..];
        else if (bare.EndsWith(currency, StringComparison.OrdinalIgnoreCase))
            bare = bare[..^currency.Length];
        else
            bare = Currencies.SignsOf(currency).Aggregate(bare, (text, sign) => text.Replace(sign, "", StringComparison.Ordinal));
        return bare.Any(letter => char.GetUnicodeCategory(letter) is UnicodeCategory.CurrencySymbol || (char.IsLetter(letter) && letter is not ('e' or 'E'))) ? null : bare.Trim();
    }

    private static Outcome<IReadOnlyList<CustomFieldValue>> ReadChoice(CustomField field, string text) =>
        CustomFieldOptions.Find(CustomFieldOptions.Of(field), text) is { } option ? Number(field, option.Id) : Wrong(field, NoSuchOption(field, text));

    private static Outcome<IReadOnlyList<CustomFieldValue>> ReadChoices(CustomField field, string text)
    {
        var (chosen, unknown) = CustomFieldOptions.Several(CustomFieldOptions.Of(field), text);
        return unknown is null
            ? Outcome([.. chosen.Select((option, at) => new CustomFieldValue { FieldId = field.Id, Position = at, Number = option.Id })])
            : Wrong(field, NoSuchOption(field, unknown));
    }

    private static string NoSuchOption(CustomField field, string text)
    {
        const int shown = 20;
        var names = CustomFieldOptions.Of(field).Where(option => !option.Archived).Select(option => option.Name).ToList();
        var list = string.Join(", ", names.Take(shown)) + (names.Count > shown ? ", …" : "");
        return $"\"{(text.Length > 60 ? text[..60] + "…" : text)}\" is not one of the options. Use {(names.Count is 0 ? "one that an admin adds first" : list)}.";
    }

    /// <summary>Only what a browser opens safely; an address with a name before an @ may lead elsewhere than it says.</summary>
    private static Outcome<IReadOnlyList<CustomFieldValue>> ReadLink(CustomField field, string text)
    {
        var full = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        return Uri.TryCreate(full, UriKind.Absolute, out var link)
            && link.Scheme is "http" or "https" && link.UserInfo.Length is 0 && link.Host.Contains('.', StringComparison.Ordinal) && !full.Any(char.IsWhiteSpace)
            ? Text(field, KeyOf(full), full)
            : Wrong(field, "This is not a web address. Write it like https://example.com/page.");
    }

    private static Outcome<IReadOnlyList<CustomFieldValue>> Number(CustomField field, long number) => Outcome([new CustomFieldValue { FieldId = field.Id, Number = number }]);

    private static Outcome<IReadOnlyList<CustomFieldValue>> Text(CustomField field, string key, string text) => Outcome([new CustomFieldValue { FieldId = field.Id, Key = key, Text = text }]);

    private static Outcome<IReadOnlyList<CustomFieldValue>> Outcome(CustomFieldValue[] values) => values;

    private static Refusal Wrong(CustomField field, string sentence) => Refusal.Invalid(JsonPlace(field.Key), sentence);

    /// <summary>Where a field stands in JSON and in refusals.</summary>
    public static string JsonPlace(string key) => "custom." + key;
}
