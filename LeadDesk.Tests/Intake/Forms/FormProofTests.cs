using System.Security.Cryptography;
using System.Text;
using LeadDesk.Intake.Forms;

namespace LeadDesk.Tests.Intake.Forms;

public sealed class FormProofTests
{
    private const string Secret = "test_secret";
    private const string Body = """{"event_id":"LtWXD3crgy","event_type":"form_response"}""";

    [Theory]
    [InlineData("Typeform-Signature", "sha256=n3nfN41Qq3tAGvfd97TwHHlMUZlM7+84CSrPo4257Tk=", true)]
    [InlineData("Typeform-Signature", "sha256=N3nfN41Qq3tAGvfd97TwHHlMUZlM7+84CSrPo4257Tk=", false)]
    [InlineData("Typeform-Signature", "n3nfN41Qq3tAGvfd97TwHHlMUZlM7+84CSrPo4257Tk=", false)]
    [InlineData("Tally-Signature", "n3nfN41Qq3tAGvfd97TwHHlMUZlM7+84CSrPo4257Tk=", true)]
    [InlineData("Tally-Signature", "", false)]
    [InlineData("X-Webhook-Secret", "test_secret", true)]
    [InlineData("Authorization", "Bearer test_secret", true)]
    [InlineData("Authorization", "Bearer test_secre", false)]
    [InlineData("X-Other", "test_secret", false)]
    public void Each_service_proves_itself_its_own_way(string header, string value, bool accepted) => Accepts(header, value, Body).ShouldBe(accepted);

    [Fact]
    public void TikTok_may_have_signed_the_body_or_its_escaped_form()
    {
        const string body = """{"name":"Ayşe"}""";

        Accepts("X-Open-Signature", Hex(body), body).ShouldBeTrue();
        Accepts("X-Open-Signature", Hex("""{"name":"Ay\u015fe"}""").ToUpperInvariant(), body).ShouldBeTrue();
        Accepts("X-Open-Signature", Hex("""{"name":"Ayse"}"""), body).ShouldBeFalse();
    }

    [Fact]
    public void LinkedIn_signs_with_and_without_the_algorithms_name()
    {
        Accepts("X-LI-Signature", "hmacsha256=" + Hex(Body), Body).ShouldBeTrue();
        Accepts("X-LI-Signature", Hex("hmacsha256=" + Body), Body).ShouldBeTrue();
        Accepts("X-LI-Signature", "hmacsha256=" + Hex(Body + " "), Body).ShouldBeFalse();
        FormProof.LinkedInResponse(Secret, "challenge").ShouldBe(Hex("challenge"));
    }

    [Theory]
    [InlineData("test_secret", true)]
    [InlineData("other", false)]
    public void Google_sends_its_key_in_the_body(string key, bool accepted) => Accepts("X", "", $$"""{"lead_id":"1","google_key":"{{key}}","user_column_data":[]}""").ShouldBe(accepted);

    private static bool Accepts(string header, string value, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return FormProof.Accepts(Secret, name => name == header ? value : null, bytes, FormReader.Read(bytes, "application/json").Value);
    }

    private static string Hex(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));
}
