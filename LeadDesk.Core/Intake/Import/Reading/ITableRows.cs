namespace LeadDesk.Intake.Import.Reading;

/// <summary>The rows of a file from first to last, one in memory at a time.</summary>
internal interface ITableRows : IDisposable
{
    /// <summary>The row's number as a spreadsheet shows it, from 1; 0 before the first.</summary>
    int Row { get; }

    /// <summary>The part of the file that has been read: 0 to 1.</summary>
    double Share { get; }

    /// <summary>Reads the next row into <paramref name="cells"/>, which is emptied before; empty rows are rows.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="UnreadableTableException">From here on this is no table.</exception>
    bool Read(List<string> cells);
}
