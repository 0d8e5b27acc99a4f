using System.Globalization;

namespace LeadDesk.Leads.Fields;

/// <summary>How dates of three numbers are written. Year first is read in every order.</summary>
public enum DateOrder
{
    /// <summary>2026-03-31 only.</summary>
    YearMonthDay = 0,

    /// <summary>31.03.2026</summary>
    DayMonthYear = 1,

    /// <summary>03/31/2026</summary>
    MonthDayYear = 2,
}

/// <summary>How numbers and dates are written where a value comes from.</summary>
/// <param name="DecimalMark">A point or a comma; decides what <c>1.234</c> is.</param>
/// <param name="Culture">For the names of months, and for printing.</param>
public sealed record FieldFormat(char DecimalMark, DateOrder Order, CultureInfo Culture)
{
    /// <summary>As programs write: a decimal point, ISO dates.</summary>
    public static FieldFormat Plain { get; } = new('.', DateOrder.YearMonthDay, CultureInfo.InvariantCulture);

    /// <summary>As people of a culture write.</summary>
    public static FieldFormat Of(CultureInfo culture)
    {
        var pattern = culture.DateTimeFormat.ShortDatePattern;
        var (day, month, year) = (pattern.IndexOf('d', StringComparison.Ordinal), pattern.IndexOf('M', StringComparison.Ordinal), pattern.IndexOf('y', StringComparison.Ordinal));
        var order = year < day ? DateOrder.YearMonthDay : day < month ? DateOrder.DayMonthYear : DateOrder.MonthDayYear;
        return new FieldFormat(culture.NumberFormat.NumberDecimalSeparator is "," ? ',' : '.', order, culture);
    }
}
