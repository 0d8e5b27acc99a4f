using System.Globalization;
using System.Text;
using LeadDesk.Common;

namespace LeadDesk.Intake.Mapping;

/// <summary>Makes answers such that the intake takes them: nothing that cannot be stored, nothing too long, no name twice. Nothing is dropped for it.</summary>
internal static class MappedText
{
    /// <summary>In UTF-16 characters.</summary>
    public const int LongestKey = 200;

    private const string Separator = ", ";

    public static string Joined(IReadOnlyList<string> values) => values is [var single] ? single : string.Join(Separator, values);

    /// <summary>Without outer space and without characters that cannot be stored.</summary>
    public static string Clean(string text)
    {
        if (TextRules.FindForbiddenControl(text) is null)
            return text.Trim();
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r' || Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Control)
                clean.Append(rune);
        }

        return clean.ToString().Trim();
    }

    /// <summary>A key that can be stored and read; empty names become <c>answer</c>.</summary>
    public static string CleanKey(string key)
    {
        var clean = Clean(key);
        if (clean.Length is 0)
            return "answer";
        return clean.Length <= LongestKey ? clean : Piece(clean, 0, LongestKey);
    }

    /// <summary>Adds an answer under its key, or <c>key (2)</c> where that is taken by another. What is too long for one field is continued in the next.</summary>
    public static void Add(OrderedDictionary<string, IReadOnlyList<string>> answers, string key, IReadOnlyList<string> values)
    {
        if (answers.TryGetValue(key, out var same) && same.SequenceEqual(values, StringComparer.Ordinal))
            return;
        if (values.Sum(value => value.Length + Separator.Length) - Separator.Length <= LeadNormaliser.LongestMessage)
        {
            answers.Add(Free(answers, key), values);
            return;
        }

        foreach (var value in values)
        {
            for (var start = 0; start < value.Length;)
            {
                var piece = Piece(value, start, LeadNormaliser.LongestMessage);
                answers.Add(Free(answers, key), [piece]);
                start += piece.Length;
            }
        }
    }

    /// <summary>At most so many characters from a place on, without tearing a pair apart.</summary>
    public static string Piece(string text, int start, int longest)
    {
        var length = Math.Min(longest, text.Length - start);
        if (start + length < text.Length && char.IsHighSurrogate(text[start + length - 1]))
            length--;
        return text.Substring(start, length);
    }

    private static string Free(OrderedDictionary<string, IReadOnlyList<string>> answers, string key)
    {
        if (!answers.ContainsKey(key))
            return key;
        var number = 2;
        while (answers.ContainsKey($"{key} ({number})"))
            number++;
        return $"{key} ({number})";
    }
}
