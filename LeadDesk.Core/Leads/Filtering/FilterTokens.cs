using System.Runtime.InteropServices;
using System.Text;

namespace LeadDesk.Leads.Filtering;

internal enum FilterTokenKind
{
    Word,
    Quoted,

    /// <summary>A comparison, a parenthesis or a comma.</summary>
    Sign,
    End,
}

/// <param name="Position">From 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position)
{
    public bool IsWord(string word) => Kind is FilterTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSign(string sign) => Kind is FilterTokenKind.Sign && Text == sign;

    /// <summary>As a sentence names it.</summary>
    public override string ToString() => Kind is FilterTokenKind.End ? "the end" : $"“{Text}”";
}

/// <summary>What is wrong with a filter's text, in words, and where.</summary>
internal sealed class FilterTextException(int position, string sentence) : Exception(sentence)
{
    public int Position => position;
}

/// <summary>Takes a filter's text apart: <c>city contains "Old Town"</c> is a word, a word and a quoted text.</summary>
internal static class FilterTokens
{
    private static readonly string[] Signs = ["!=", "<>", "<=", ">=", "==", "=", "<", ">", "(", ")", ","];

    public static List<FilterToken> Read(string text)
    {
        var tokens = new List<FilterToken>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var token = text[at] is '"' or '\'' ? Quoted(text, ref at) : SignAt(text, at) is { } sign ? Sign(sign, ref at) : Word(text, ref at);
            tokens.Add(token);
        }

        tokens.Add(new FilterToken(FilterTokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static string? SignAt(string text, int at) => Array.Find(Signs, sign => string.CompareOrdinal(text, at, sign, 0, sign.Length) is 0);

    private static FilterToken Sign(string sign, ref int at)
    {
        at += sign.Length;
        return new FilterToken(FilterTokenKind.Sign, sign switch { "<>" => "!=", "==" => "=", _ => sign }, at - sign.Length + 1);
    }

    private static FilterToken Word(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not '"' && SignAt(text, at) is null)
            at++;
        return new FilterToken(FilterTokenKind.Word, text[start..at], start + 1);
    }

    /// <summary>Inside quotes a backslash takes the meaning from the next character.</summary>
    private static FilterToken Quoted(string text, ref int at)
    {
        var (start, quote) = (at, text[at]);
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                at++;
                return new FilterToken(FilterTokenKind.Quoted, value.ToString(), start + 1);
            }

            if (text[at] is '\\' && at + 1 < text.Length)
                at++;
            value.Append(text[at]);
        }

        throw new FilterTextException(start + 1, "This text has no closing quote.");
    }
}
