using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Common;

namespace LeadDesk.Tests.Common;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Ahmed  KHAN ", "ahmed khan")]
    [InlineData("José Núñez", "jose nunez")]
    [InlineData("İSTANBUL ılık ŞÜKRÜ", "istanbul ilik sukru")]
    [InlineData("Straße GROẞ", "strasse gross")]
    [InlineData("Søren Æbelø Łódź", "soren aebelo lodz")]
    [InlineData("ﬁ ＡＢＣ １２", "fi abc 12")]
    [InlineData("أحمد إبراهيم آمنة ٱلله", "احمد ابراهيم امنه الله")]
    [InlineData("مُحَمَّد محـــمد", "محمد محمد")]
    [InlineData("کریمی", "كريمي")]
    [InlineData("٠١٢ ۳۴۵ ६७८", "012 345 678")]
    [InlineData("O’Brien – O`Brien", "o'brien - o'brien")]
    [InlineData("ΟΔΥΣΣΕΥΣ Οδυσσεύς", "οδυσσευσ οδυσσευσ")]
    [InlineData("Ёлкин", "елкин")]
    [InlineData("a\u00A0\u3000\tb\u200B\uFEFFc", "a bc")]
    [InlineData("कुमार", "कुमार")]
    [InlineData("김민수", "김민수")]
    [InlineData("がか", "がか")]
    [InlineData("👍🏽 ok", "👍🏽 ok")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Texts_are_folded_for_comparing(string? text, string expected) => SearchText.Fold(text).ShouldBe(expected);

    [Fact]
    public void Half_characters_are_replaced_and_noncharacters_dropped() => SearchText.Fold("x\uD83Dy\uFFFF").ShouldBe("x\uFFFDy");

    [Fact]
    public void Folded_ascii_is_returned_without_a_copy()
    {
        string folded = new("ahmed khan 42".AsSpan());
        SearchText.Fold(folded).ShouldBeSameAs(folded);
    }

    [Theory]
    [InlineData("“Özil”", "ozil”")]
    [InlineData("  (Ahmed)", "ahmed)")]
    [InlineData("---", "---")]
    [InlineData("👍 Ana", "👍 ana")]
    public void Sort_keys_begin_with_a_letter_where_there_is_one(string name, string expected) =>
        SearchText.SortKey(name).ShouldBe(expected.Replace('”', '"'));

    [Fact]
    public void Sort_keys_are_bounded_and_people_without_a_name_come_last()
    {
        SearchText.SortKey(new string('a', 63) + "👍").ShouldBe(new string('a', 63));
        string.CompareOrdinal(SearchText.SortKey(null), SearchText.SortKey("李伟")).ShouldBePositive();
        SearchText.SortKey(" ").ShouldBe(SearchText.LastSortKey);
    }

    [Theory]
    [InlineData("new web design, soon", "web design", true)]
    [InlineData("smart", "art", false)]
    [InlineData("smart art", "art", true)]
    [InlineData("art", "art", true)]
    [InlineData("art", "", false)]
    public void Words_are_found_whole(string text, string words, bool found) => SearchText.ContainsWords(text, words).ShouldBe(found);

    [Fact]
    public void A_folded_text_folded_again_is_itself() =>
        Prop.ForAll(TextSamples.Texts, text =>
        {
            string folded = SearchText.Fold(text);
            return SearchText.Fold(folded) == folded && TextRules.FindForbiddenControl(folded) is null;
        }).Check(TextSamples.Many);

    [Fact]
    public void Capitals_do_not_matter() =>
        Prop.ForAll(TextSamples.Texts, text =>
            SearchText.Fold(text.ToLowerInvariant()) == SearchText.Fold(text)).Check(TextSamples.Many);
}
