using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Common;

namespace LeadDesk.Tests.Common;

public sealed class TextRulesTests
{
    [Theory]
    [InlineData("Hi\tthere,\r\nbuy 5 👍 أحمد")]
    [InlineData("")]
    [InlineData("Bell\u00A0Joiner\u200D")]
    public void Ordinary_text_is_taken(string text) => TextRules.FindForbiddenControl(text).ShouldBeNull();

    // Not as attributes: those are stored in UTF-8, where a lone surrogate has no form.
    public static TheoryData<string, int, int> Forbidden { get; } = new()
    {
        { "abc\u0007", 3, 0x07 },
        { "\u0000", 0, 0x00 },
        { "a\u007F", 1, 0x7F },
        { "a\u0085b\u0000", 1, 0x85 },
        { "👍\uD83D", 2, 0xD83D },
        { "👍\uDC4D👍", 2, 0xDC4D },
        { "\uD83D\uD83D\uDC4D", 0, 0xD83D },
    };

    [Theory]
    [MemberData(nameof(Forbidden), DisableDiscoveryEnumeration = true)]
    public void Controls_and_half_characters_are_found_where_they_stand(string text, int index, int codePoint) =>
        TextRules.FindForbiddenControl(text).ShouldBe(new ForbiddenCharacter(index, codePoint));

    [Fact]
    public void A_finding_says_what_and_where() =>
        TextRules.FindForbiddenControl("abc\u0007").ToString().ShouldBe("U+0007 at position 3");

    [Fact]
    public void What_is_taken_has_a_faithful_utf8_form_and_what_is_refused_points_at_its_cause() =>
        Prop.ForAll(TextSamples.Texts, text => TextRules.FindForbiddenControl(text) is { } found
            ? found.CodePoint == text[found.Index]
                && TextRules.FindForbiddenControl(text.AsSpan(0, found.Index)) is null
                && (char.IsControl(text[found.Index]) || char.IsSurrogate(text[found.Index]))
            : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text
                && !text.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r'))).Check(TextSamples.Many);
}
