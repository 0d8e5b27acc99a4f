using LeadDesk.Leads.Views;

namespace LeadDesk.Tests.Leads.Views;

public sealed class ColumnLayoutTests
{
    private static readonly ColumnLayout Three = new([new("score"), new("stage", 160), new("cf.budget")]);

    [Fact]
    public void A_layout_is_read_as_it_was_written()
    {
        var roomy = Three with { Roomy = true };

        ColumnLayout.Read(roomy.Write()).ShouldBe(roomy);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"columns":[]}""")]
    [InlineData("""{"columns":[null]}""")]
    [InlineData("""{"columns":[{"word":""}]}""")]
    [InlineData("""{"columns":[{"word":"a"},{"word":"a"}]}""")]
    [InlineData("""{"columns":[{"word":"a","width":4}]}""")]
    [InlineData("""{"columns":[{"word":"a","width":90000}]}""")]
    public void What_is_no_layout_is_not_taken(string? json) => ColumnLayout.Read(json).ShouldBeNull();

    [Fact]
    public void A_column_goes_where_it_is_put_and_no_further_than_the_ends()
    {
        Words(Three.Placed("cf.budget", 0)).ShouldBe("cf.budget score stage");
        Words(Three.Placed("score", 1)).ShouldBe("stage score cf.budget");
        Words(Three.Placed("score", 99)).ShouldBe("stage cf.budget score");
        Words(Three.Placed("unknown", 0)).ShouldBe("score stage cf.budget");
    }

    [Fact]
    public void A_column_comes_and_goes_but_the_last_one_stays()
    {
        Words(Three.Toggled("city")).ShouldBe("score stage cf.budget city");
        Words(Three.Toggled("stage")).ShouldBe("score cf.budget");
        Words(new ColumnLayout([new("score")]).Toggled("score")).ShouldBe("score");
    }

    [Fact]
    public void A_width_stays_within_what_can_be_read()
    {
        Three.Resized("score", 1).Columns[0].Width.ShouldBe(ColumnLayout.Narrowest);
        Three.Resized("score", 5000).Columns[0].Width.ShouldBe(ColumnLayout.Widest);
        Three.Resized("score", 120).Columns[1].Width.ShouldBe(160);
    }

    private static string Words(ColumnLayout layout) => string.Join(' ', layout.Columns.Select(place => place.Word));
}
