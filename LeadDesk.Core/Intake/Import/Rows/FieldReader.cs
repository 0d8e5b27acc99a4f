using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Intake.Import.Guessing;
using LeadDesk.Intake.Import.Values;
using LeadDesk.Intake.Mapping;
using LeadDesk.Leads;

namespace LeadDesk.Intake.Import.Rows;

/// <summary>Reads cells into one custom field by its type. Pure.</summary>
internal sealed class FieldReader
{
    private const int LongestText = 4_000;
    private const int Scale = 10_000;

    private readonly CustomField field;
    private readonly IReadOnlyList<CustomFieldOption> options;
    private readonly IReadOnlyDictionary<string, string>? values;
    private readonly bool decimalComma;
    private readonly DateOrder order;
    private readonly string region;

    public FieldReader(CustomField field, ImportColumn? column, ImportRules rules, string region)
    {
        (this.field, this.region) = (field, region);
        options = JsonList.Read<CustomFieldOption>(field.Options);
        values = column?.Values;
        decimalComma = rules.DecimalComma;
        order = column?.DateOrder ?? rules.DateOrder;
    }

    public string Name => this.field.Name;

    /// <returns>Null when the text is no such value.</returns>
    public ReadField? Read(string text)
    {
        if (values is not null && values.TryGetValue(text, out var meant))
            text = meant;
        switch (field.Type)
        {
            case CustomFieldType.Number or CustomFieldType.Money:
                return CellNumbers.Read(text, decimalComma) is { } number && decimal.Abs(number) < long.MaxValue / Scale
                    ? Number((long)decimal.Round(number * Scale, MidpointRounding.AwayFromZero), number.ToString("0.####", CultureInfo.InvariantCulture))
                    : null;
            case CustomFieldType.Date:
                return CellDates.Read(text, order) is { } date ? Number((date.At.Year * 10_000) + (date.At.Month * 100) + date.At.Day, date.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null;
            case CustomFieldType.Check:
                return FieldContent.IsYes(text) ? Number(1, "yes") : FieldContent.IsNo(text) ? new ReadField(field, [], "") : null;
            case CustomFieldType.Choice:
                return ValueWords.Option(text, options) is { } option ? Number(option.Id, option.Name) : null;
            case CustomFieldType.MultiChoice:
                return Choices(text);
            case CustomFieldType.Phone:
                return PhoneNumber.TryParse(CellPhones.Restore(text, out _), region, out var phone) ? Text(phone.E164, phone.E164) : null;
            case CustomFieldType.Email:
                return EmailAddress.TryNormalise(text, out var address) ? Text(address, address) : null;
            case CustomFieldType.Link:
                var link = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
                return Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Contains('.', StringComparison.Ordinal) ? Text(link, SearchText.SortKey(link)) : null;
            default:
                return text.Length <= LongestText ? Text(text, SearchText.SortKey(text)) : null;
        }
    }

    /// <summary>What a cell should have held, for the sentence about one that does not.</summary>
    public string Expected => this.field.Type switch
    {
        CustomFieldType.Number => "a number",
        CustomFieldType.Money => "an amount of money",
        CustomFieldType.Date => "a date",
        CustomFieldType.Check => "yes or no",
        CustomFieldType.Choice => $"one of: {Options}",
        CustomFieldType.MultiChoice => $"some of: {Options}",
        CustomFieldType.Phone => "a phone number",
        CustomFieldType.Email => "an e-mail address",
        CustomFieldType.Link => "an address of the web",
        _ => $"a text of at most {LongestText:N0} characters",
    };

    private string Options => string.Join(", ", options.Where(static option => !option.Archived).Take(20).Select(static option => option.Name));

    private ReadField? Choices(string text)
    {
        if (ValueWords.Option(text, options) is { } whole)
            return Number(whole.Id, whole.Name);
        var chosen = new List<CustomFieldOption>();
        foreach (var part in text.Split([',', ';', '|', '\n', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var word = values is not null && values.TryGetValue(part, out var meant) ? meant : part;
            if (ValueWords.Option(word, options) is not { } option)
                return null;
            if (!chosen.Contains(option))
                chosen.Add(option);
        }

        return chosen.Count is 0 ? null : new ReadField(
            field, [.. chosen.Select((option, index) => new CustomFieldValue { FieldId = field.Id, Position = index, Number = option.Id })], string.Join(", ", chosen.Select(static option => option.Name)));
    }

    private ReadField Number(long value, string shown) => new(field, [new CustomFieldValue { FieldId = field.Id, Number = value }], shown);

    private ReadField Text(string value, string key) => new(field, [new CustomFieldValue { FieldId = field.Id, Key = key, Text = value }], value);
}
