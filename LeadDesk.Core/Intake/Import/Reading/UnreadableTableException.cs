namespace LeadDesk.Intake.Import.Reading;

/// <summary>
/// A file that cannot be read as a table, noticed at its start or somewhere in its middle. Ends the reading; whoever started
/// it answers with <see cref="Exception.Message"/>, which is a sentence for people.
/// </summary>
internal sealed class UnreadableTableException(string sentence, Exception? cause = null) : Exception(sentence, cause);
