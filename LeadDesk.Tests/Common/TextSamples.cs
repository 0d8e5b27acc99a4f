using FsCheck;
using FsCheck.Fluent;

namespace LeadDesk.Tests.Common;

/// <summary>Texts with everything that goes wrong in texts: scripts, marks, joiners, emoji, controls, broken surrogates.</summary>
internal static class TextSamples
{
    private static readonly string[] Pieces =
    [
        "Ahmed", "KHAN", "de", "o'", "al-", "İ", "ı", "ß", "ẞ", "Ø", "é", "e\u0301", "ŞÜKRÜ", "Ǆ", "ﬁ", "Å", "ſ", "ϒ", "Σς",
        "أحمد", "محـمد", "یعقوب", "\u064B", "\uFDFA", "ک", "कुमार", "क्\u200Dष", "김민수", "\u1112\u1161\u11AB", "がギ", "か\u3099", "李伟", "Ёлкин",
        "👨\u200D👩\u200D👧", "👍🏽", "❤\uFE0F", "🇵🇰", "\u200C", "\u200D", "\u200B", "\uFEFF", "\u00AD", "\u202E", "\u3164", "\u2800",
        " ", "\t", "\n", "\u00A0", "\u3000", "\u0000", "\u0007", "\u0085", "\uD83D", "\uDE00", "\uFFFE", "\uFFFF", "\uFDD0", "\U0010FFFF",
        "٣", "१", "½", "²", "5", "+92", "@", "＠", ".", "example.com", "<", ">", "mailto:", "`", "’", "—", "¨", "\u0345", "ͅΑ", "\u1E9B\u0323",
    ];

    public static Arbitrary<string> Texts { get; } = Gen.OneOf(
        Gen.Elements(Pieces).ListOf().Select(string.Concat),
        Gen.Choose(0, 0xFFFF).Select(code => (char)code).ArrayOf().Select(letters => new string(letters))).ToArbitrary();

    public static Config Many { get; } = Config.QuickThrowOnFailure.WithMaxTest(5000);
}
