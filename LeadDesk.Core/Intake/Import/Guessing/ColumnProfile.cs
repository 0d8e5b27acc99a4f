using LeadDesk.Intake.Import.Values;
using LeadDesk.Intake.Mapping;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Intake.Import.Guessing;

/// <summary>What stands in one column of the rows that were looked at.</summary>
internal sealed class ColumnProfile(string name)
{
    /// <summary>More different values than this are nobody's stages, owners or choices.</summary>
    public const int MostValues = 100;

    private const int MostSamples = 3;
    private const int LongestSample = 80;

    private readonly Dictionary<string, int> values = new(StringComparer.OrdinalIgnoreCase);

    public string Name => name;

    public int Filled { get; private set; }

    public int Emails { get; private set; }

    public int NamesWithEmail { get; private set; }

    public int SurePhones { get; private set; }

    public int Phones { get; private set; }

    public int Dates { get; private set; }

    public int Numbers { get; private set; }

    public int Words { get; private set; }

    public int Texts { get; private set; }

    public int YesOrNo { get; private set; }

    public int MetaIds { get; private set; }

    public int LongNumbers { get; private set; }

    /// <summary>How many dates can be read day first, month first, year first, and how many dates of three numbers there are.</summary>
    public int[] DateOrders { get; } = new int[4];

    public int DecimalCommas { get; private set; }

    public int DecimalPoints { get; private set; }

    /// <summary>The different values with their counts; empty when there are too many.</summary>
    public IReadOnlyDictionary<string, int> Values => values;

    public bool HasFewValues { get; private set; } = true;

    public List<string> Samples { get; } = [];

    public void Add(string cell)
    {
        var text = CellText.Clean(cell);
        if (text.Length is 0)
            return;
        Filled++;
        if (text.StartsWith("l:", StringComparison.Ordinal) && CellText.HasMetaPrefix(text))
            MetaIds++;
        text = CellText.WithoutMetaPrefix(text);
        Remember(text);
        if (text.Contains('@', StringComparison.Ordinal))
            CountAddress(text);
        var isPhone = FieldContent.IsPhone(CellPhones.Restore(text, out var lost), out var sure) || lost;
        Phones += isPhone ? 1 : 0;
        SurePhones += sure ? 1 : 0;
        Dates += CellDates.Read(text, DateOrder.DayMonthYear) is not null || CellDates.Orders(text) > 0 ? 1 : 0;
        CountOrders(text);
        Numbers += CellNumbers.Read(text, decimalComma: false) is not null ? 1 : 0;
        LongNumbers += text.Length is >= 14 and <= 20 && text.All(char.IsAsciiDigit) ? 1 : 0;
        DecimalCommas += CellNumbers.Evidence(text) is true ? 1 : 0;
        DecimalPoints += CellNumbers.Evidence(text) is false ? 1 : 0;
        Words += FieldContent.HasLetters(text) && !text.Any(char.IsDigit) && text.Length <= 60 ? 1 : 0;
        Texts += FieldContent.IsText(text) ? 1 : 0;
        YesOrNo += FieldContent.IsYesOrNo(text) ? 1 : 0;
    }

    /// <summary>The part of the filled cells, 0 to 1.</summary>
    public double Share(int count) => Filled is 0 ? 0 : (double)count / Filled;

    private void CountAddress(string text)
    {
        if (text.EndsWith('>') && text.IndexOf('<', StringComparison.Ordinal) > 0)
            NamesWithEmail++;
        else if (FieldContent.IsEmail(text))
            Emails++;
    }

    private void CountOrders(string text)
    {
        var orders = CellDates.Orders(text);
        DateOrders[3] += orders is 0 ? 0 : 1;
        for (var order = 0; order < 3; order++)
            DateOrders[order] += (orders & (1 << order)) is 0 ? 0 : 1;
    }

    private void Remember(string text)
    {
        if (Samples.Count < MostSamples && !Samples.Contains(text, StringComparer.Ordinal))
            Samples.Add(text.Length <= LongestSample ? text : MappedText.Piece(text, 0, LongestSample) + "…");
        if (!HasFewValues)
            return;
        values[text] = values.GetValueOrDefault(text) + 1;
        if (values.Count <= MostValues)
            return;
        HasFewValues = false;
        values.Clear();
    }
}
