using System.Text;
using LeadDesk.Intake.Monitor;

namespace LeadDesk.Tests.Intake.Monitor;

public sealed class BodyViewTests
{
    [Theory]
    [InlineData("""{"id":17895695668004550123,"e":"ÖÄ <b>"}""", "{\n  \"id\": 17895695668004550123,\n  \"e\": \"ÖÄ <b>\"\n}")]
    [InlineData("{\"cut\":", "{\"cut\":")]
    [InlineData("name=Ann&phone=1", "name=Ann&phone=1")]
    [InlineData("a\u0000b\tc\r\n", "a·b\tc\r\n")]
    public void A_body_is_shown_as_people_read_it(string body, string expected) =>
        BodyView.Of(Encoding.UTF8.GetBytes(body), null, masked: false).Text.ShouldBe(expected);

    [Theory]
    [InlineData("""{"object":"page","n":-12.5,"ok":true,"type":"Ann","list":[{"to":"Ayşe 👍"}],"none":null}""", """{"object":"page","n":-00.0,"ok":true,"type":"Xxx","list":[{"to":"Xxxx 👍"}],"none":null}""")]
    [InlineData("name=Ann+Lee&mail=a%40b.de", "name=Xxx+Xxx&mail=x%00x.xx")]
    [InlineData("Subject: Hello Ann\n\nCall +44 20, Zoë", "Subject: Xxxxx Xxx\n\nXxxx +00 00, Xxx")]
    [InlineData("محمد 12", "xxxx 00")]
    [InlineData("{\"phone\":\"+4420", "{\"xxxxx\":\"+0000")]
    public void A_masked_body_keeps_its_shape_and_tells_nobodys_name_or_number(string body, string expected) =>
        BodyView.Of(Encoding.UTF8.GetBytes(body), null, masked: true).Text.Replace("\n  ", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
            .ShouldBe(expected.Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));

    [Fact]
    public void Bytes_that_are_no_UTF8_and_long_bodies_are_shown_in_part()
    {
        BodyView.Of([0x41, 0xE4, 0xFF], null, masked: false).Text.ShouldBe("Aäÿ");
        var view = BodyView.Of(new byte[300_000], null, masked: false);
        (view.Text.Length, view.Cut, view.Bytes).ShouldBe((BodyView.MostCharacters, true, 300_000));
        BodyView.Of(Encoding.UTF8.GetBytes(new string('[', 2000)), null, masked: false).Text.Length.ShouldBe(2000);
    }
}
