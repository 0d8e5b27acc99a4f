using System.Runtime.InteropServices;

namespace LeadDesk.Exports;

public enum ExportCellKind
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
    private ExportCell(ExportCellKind kind) => Kind = kind;

    public ExportCellKind Kind { get; }

    public string Text { get; private init; } = "";

    public decimal Number { get; private init; }

    /// <summary>In UTC.</summary>
    public DateTime Time { get; private init; }

    public DateOnly Day { get; private init; }

    public bool Flag { get; private init; }

    public static ExportCell Empty => default;

    public static ExportCell Of(string? text) => string.IsNullOrEmpty(text) ? Empty : new(ExportCellKind.Text) { Text = text };

    public static ExportCell Of(decimal? number) => number is { } some ? new(ExportCellKind.Number) { Number = some } : Empty;

    public static ExportCell Of(DateTime? utc) => utc is { } some ? new(ExportCellKind.Time) { Time = some } : Empty;

    public static ExportCell Of(DateOnly? day) => day is { } some ? new(ExportCellKind.Day) { Day = some } : Empty;

    public static ExportCell Of(bool flag) => new(ExportCellKind.Flag) { Flag = flag };
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
