using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Scoring;

namespace LeadDesk.Leads.Fields;

/// <summary>What a deal is worth: hundredths of the company's currency in the table, an amount for people.</summary>
public static class DealValue
{
    /// <returns>Hundredths; null for nothing written. Refused with <c>value</c> as its place.</returns>
    public static Outcome<long?> Read(string? written, CompanyRules company, FieldFormat? format = null)
    {
        var amount = CustomFieldValues.ReadAmount("value", written, company, format ?? FieldFormat.Plain);
        if (!amount.Succeeded)
            return amount.Refusal;
        return amount.Value < 0 ? Refusal.Invalid("value", "A deal cannot be worth less than nothing.") : (long?)(amount.Value * 100);
    }

    /// <summary>With a decimal point, such as <c>1500.5</c>; null for no value.</summary>
    public static string? Print(long? hundredths) => hundredths is { } value ? (value / 100m).ToString("0.##", CultureInfo.InvariantCulture) : null;

    /// <summary>As on the timeline: <c>1500.5 EUR</c>.</summary>
    internal static string? Words(long? hundredths, string currency) => hundredths is null ? null : $"{Print(hundredths)} {currency}";

    internal static long? Stored(string? printed) => printed is null ? null : (long)(decimal.Parse(printed, CultureInfo.InvariantCulture) * 100);

    /// <summary>A lead that asks for something with a price and has no value yet gets that price.</summary>
    internal static void FillFromService(LeadChange change)
    {
        if (change.Lead.Value is not null || PriceOf(change.Company, change.Lead.Interest) is not { } price)
            return;
        change.Lead.Value = price;
        change.Note(TimelineKind.FieldChanged, LeadFacts.JsonName(LeadField.Value), after: Words(price, change.Company.Currency));
    }

    internal static long? PriceOf(CompanyRules company, string? interest) => ServiceOf(company, interest)?.Price;

    /// <summary>The service that an interest names, the most particular one where it names several.</summary>
    public static ServiceValue? ServiceOf(CompanyRules company, string? interest)
    {
        if (string.IsNullOrEmpty(interest) || company.Scoring.Services.Count is 0)
            return null;
        var folded = SearchText.Fold(interest);
        return company.Scoring.Services.Where(service => SearchText.ContainsWords(folded, service.Folded)).MaxBy(service => service.Folded.Length);
    }
}
