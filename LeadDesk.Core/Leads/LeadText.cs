using LeadDesk.Common;
using LeadDesk.Scoring;

namespace LeadDesk.Leads;

/// <summary>How a lead's texts are folded and shortened for sorting and lists.</summary>
internal static class LeadText
{
    public const int SnippetLength = 240;

    public static string NameKey(string? name, string? email, string? phone) => SearchText.SortKey(name ?? email ?? phone ?? "");

    /// <summary>As on the timeline: <c>HOT 85</c>.</summary>
    public static string ScoreWords(Lead lead) => $"{lead.Grade.ToWord()} {lead.Score}";

    /// <summary>The beginning of a message on one line.</summary>
    public static string? Snippet(string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
            return null;
        var line = message.AsSpan().Trim();
        if (line.Length > SnippetLength)
        {
            var end = SnippetLength - 1;
            if (char.IsHighSurrogate(line[end - 1]))
                end--;
            return string.Concat(line[..end], "…").ReplaceLineEndings(" ");
        }

        return line.ToString().ReplaceLineEndings(" ");
    }
}
