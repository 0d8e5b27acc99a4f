using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Leads.Duplicates;

namespace LeadDesk.Tests.Leads.Duplicates;

public sealed class TextDistanceTests
{
    [Theory]
    [InlineData("smith", "smith", 0)]
    [InlineData("smith", "smiht", 1)]
    [InlineData("smith", "smth", 1)]
    [InlineData("smith", "smiith", 1)]
    [InlineData("smith", "smyth", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("мария", "марья", 1)]
    public void Mistakes_are_letters_wrong_lost_added_or_swapped(string one, string other, int mistakes)
    {
        TextDistance.Mistakes(one, other).ShouldBe(mistakes);
    }

    [Fact]
    public void Counting_many_letters_at_once_gives_what_the_plain_table_gives()
    {
        var text = Gen.Choose(0, 64).SelectMany(length => Gen.ArrayOf(Gen.Elements('a', 'b', 'c', 'ş', '王'), length)).Select(letters => new string(letters)).ToArbitrary();
        Prop.ForAll(text, text, (one, other) => TextDistance.Mistakes(one, other) == Plain(one, other)).QuickCheckThrowOnFailure();
    }

    private static int Plain(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i is 0 || j is 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[one.Length, other.Length];
    }
}
