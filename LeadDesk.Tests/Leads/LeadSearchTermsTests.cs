using LeadDesk.Leads;

namespace LeadDesk.Tests.Leads;

public sealed class LeadSearchTermsTests
{
    [Theory]
    [InlineData("0300 1234567")]
    [InlineData("+92 300 1234567")]
    [InlineData("00923001234567")]
    [InlineData("3001234567")]
    [InlineData("+92 (0)300 1234567")]
    [InlineData("tel:+923001234567")]
    [InlineData("0300-123")]
    public void Every_spelling_of_a_phone_number_is_in_its_text(string typed)
    {
        var text = LeadSearchText.Of(Source with { Phone = "+923001234567" }, []);

        foreach (var piece in LeadSearchTerms.Read(typed, "PK").Pieces)
            text.ShouldContain(piece);
    }

    [Theory]
    [InlineData("ŞÜKRÜ", "sukru")]
    [InlineData("José García", "jose", "garcia")]
    [InlineData("Öz", " oz")]
    [InlineData("ahmed kh", "ahmed", " kh")]
    [InlineData("50% \"off\"", "50%", "\"off\"")]
    [InlineData("01.02.2024", "01.02.2024")]
    [InlineData("50 units", " 50", "units")]
    public void What_is_typed_becomes_folded_pieces(string typed, params string[] pieces) => LeadSearchTerms.Read(typed, "GB").Pieces.ShouldBe(pieces);

    [Fact]
    public void A_single_letter_begins_the_name() => LeadSearchTerms.Read("Ж", "GB").NameStart.ShouldBe("ж");

    [Theory]
    [InlineData("")]
    [InlineData(" \t\u200f ")]
    public void Nothing_visible_is_nothing_to_look_for(string typed)
    {
        var terms = LeadSearchTerms.Read(typed, "GB");

        terms.Pieces.ShouldBeEmpty();
        terms.NameStart.ShouldBeNull();
    }

    [Theory]
    [InlineData("ahmed", "ahm", "med")]
    [InlineData("oak", "oak")]
    [InlineData("👍👍👍👍", "👍👍👍", "👍👍👍")]
    public void Threes_cover_a_piece(string piece, params string[] threes) => LeadSearchTerms.Threes(piece).ShouldBe(threes);

    [Fact]
    public void Long_histories_are_found_by_their_newest_part()
    {
        var text = LeadSearchText.Of(Source, ["newest " + new string('x', LeadSearchText.LongestMessages), "oldest"]);

        text.ShouldContain("newest");
        text.ShouldNotContain("oldest");
    }

    private static LeadSearchSource Source { get; } = new(1, 1, "Ann", null, null, null, null, null, null, 1);
}
