using System.Runtime.CompilerServices;
using LeadDesk.Analysis;

namespace LeadDesk.Tests.Analysis.BuiltIn;

/// <summary>A message as a customer may write it, with what a person would say of it; no urgency where people would differ.</summary>
public sealed record ExpectedMessage(string Language, Intent Intent, Urgency? Urgency, string Text);

/// <summary>messages.tsv: language, intent, urgency or "-", text.</summary>
internal static class MessageTable
{
    public static IReadOnlyList<ExpectedMessage> Rows { get; } = Read();

    private static List<ExpectedMessage> Read([CallerFilePath] string thisFile = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(thisFile)!, "messages.tsv");
        return [.. File.ReadLines(path).Skip(1).Select(Parse)];
    }

    private static ExpectedMessage Parse(string line)
    {
        var cells = line.Split('\t');
        return new ExpectedMessage(
            cells[0],
            Enum.Parse<Intent>(cells[1], ignoreCase: true),
            cells[2] == "-" ? null : Enum.Parse<Urgency>(cells[2], ignoreCase: true),
            cells[3]);
    }
}
