using System.Runtime.InteropServices;
using System.Text;

namespace LeadDesk.Exports;

public enum ExportCellKind : byte
{
    Empty,
    Text,
    Number,
    Time,
    Day,
    Flag,
}

/// <summary>One cell with the type it has in the file.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ExportCell
{
    private readonly long value;

    private ExportCell(ExportCellKind kind, long value, int places = 0) => (Kind, this.value, Places) = (kind, value, (byte)places);

    public ExportCellKind Kind { get; }

    /// <summary>UTF-8.</summary>
    public ReadOnlyMemory<byte> Text { get; private init; }

    /// <summary>A number is this divided by ten for each of <see cref="Places"/>.</summary>
    public long Units => value;

    public byte Places { get; }

    public decimal Number
    {
        get
        {
            decimal number = value;
            for (var place = 0; place < Places; place++)
                number /= 10;
            return number;
        }
    }

    /// <summary>In UTC.</summary>
    public DateTime Time => DateTime.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);

    public DateOnly Day => DateOnly.FromDayNumber((int)value);

    public bool Flag => value is not 0;

    public static ExportCell Empty => default;

    public static ExportCell Of(string? text) => Of(string.IsNullOrEmpty(text) ? default : (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text));

    /// <param name="text">UTF-8; it must stay as it is until the cell is written.</param>
    public static ExportCell Of(ReadOnlyMemory<byte> text) => text.IsEmpty ? Empty : new(ExportCellKind.Text, 0) { Text = text };

    /// <param name="places">How many of the digits stand behind the point; 0 to 9.</param>
    public static ExportCell Of(long? units, int places = 0) => units is { } some ? new(ExportCellKind.Number, some, places) : Empty;

    /// <param name="microseconds">Since 1970 UTC.</param>
    public static ExportCell OfTime(long? microseconds) => microseconds is { } some ? new(ExportCellKind.Time, some) : Empty;

    public static ExportCell Of(DateTime utc) => OfTime((utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    public static ExportCell Of(DateOnly day) => new(ExportCellKind.Day, day.DayNumber);

    public static ExportCell Of(bool flag) => new(ExportCellKind.Flag, flag ? 1 : 0);
}

/// <param name="Word">In JSON, and as a caller names it.</param>
/// <param name="Header">What people read above it.</param>
/// <param name="Width">In characters, where the file knows widths.</param>
public sealed record ExportHeader(string Word, string Header, int Width);

/// <summary>Writes rows of one kind of file into a pipe, holding no more than a few rows.</summary>
public interface IExportWriter : IAsyncDisposable
{
    void Begin(IReadOnlyList<ExportHeader> columns);

    void Write(ReadOnlySpan<ExportCell> row);

    /// <summary>Hands over what was written. Called every few hundred rows.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);

    /// <summary>Ends the file.</summary>
    ValueTask EndAsync(CancellationToken cancellationToken);
}
