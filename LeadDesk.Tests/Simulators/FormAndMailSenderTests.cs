using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Forms;
using LeadDesk.Simulators.Mail;
using LeadDesk.Simulators.People;
using LeadDesk.Simulators.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace LeadDesk.Tests.Simulators;

public sealed class FormAndMailSenderTests(SimulatorHost host) : IClassFixture<SimulatorHost>
{
    private const string Secret = "s3cret";

    private static readonly DateTime s_at = new(2026, 10, 1, 10, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Platforms => [.. PretendForms.Platforms];

    public static MatrixTheoryData<string, string> Mails => new(PretendMails.Shapes, PretendMails.Kinds);

    [Theory]
    [MemberData(nameof(Platforms))]
    public void Each_platform_sends_the_same_bytes_again_for_the_same_person(string platform)
    {
        var first = PretendForms.Prepare(platform, 1, 3, 2, s_at, Secret);
        var again = PretendForms.Prepare(platform, 1, 3, 2, s_at, Secret);
        again.Select(call => call.Body).ShouldBe(first.Select(call => call.Body));
        first[0].Body.ShouldNotBe(first[1].Body);
    }

    [Fact]
    public void Typeform_and_Tally_sign_the_body_in_base64()
    {
        var (typeform, tally) = (Single("typeform"), Single("tally"));
        Header(typeform, "Typeform-Signature").ShouldBe("sha256=" + Convert.ToBase64String(Hmac(typeform.Body)));
        Header(tally, "Tally-Signature").ShouldBe(Convert.ToBase64String(Hmac(tally.Body)));
    }

    [Fact]
    public void LinkedIn_and_TikTok_sign_in_hex()
    {
        var (linkedIn, tikTok) = (Single("linkedin"), Single("tiktok"));
        Header(linkedIn, "X-LI-Signature").ShouldBe(Convert.ToHexStringLower(Hmac([.. Encoding.ASCII.GetBytes("hmacsha256="), .. linkedIn.Body])));
        Header(tikTok, "X-Open-Signature").ShouldBe(Convert.ToHexStringLower(Hmac(tikTok.Body)));
        JsonNode.Parse(tikTok.Body)!["entry"]![0]!["id"]!.ToJsonString().Length.ShouldBe(19);
    }

    [Fact]
    public void Google_puts_the_key_into_the_body() => JsonNode.Parse(Single("google").Body)!["google_key"]!.ToString().ShouldBe(Secret);

    [Fact]
    public void Elementor_sends_the_person_as_a_form()
    {
        var fields = QueryHelpers.ParseQuery(Encoding.ASCII.GetString(Single("elementor").Body));
        fields["Name"].ToString().ShouldBe(PretendPeople.Get(1, 0).FullName);
        fields["E-mail "].ToString().ShouldBe(PretendPeople.Get(1, 0).Email);
    }

    [Fact]
    public async Task A_LinkedIn_notification_leads_to_the_answers()
    {
        var urn = JsonNode.Parse(Single("linkedin").Body)!["leadGenFormResponse"]!.ToString();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{host.Address}/rest/leadFormResponses/{urn.Split(':')[^1]}");
        request.Headers.Authorization = new("Bearer", "any");
        request.Headers.Add("LinkedIn-Version", "202609");
        using var response = await host.Http.SendAsync(request, Ct);
        var answers = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["formResponse"]!["answers"]!.AsArray();
        answers.Select(answer => answer!["answerDetails"]!["textQuestionAnswer"]!["answer"]!.ToString()).ShouldContain(PretendPeople.Get(1, 0).Phone);
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public void Each_mail_carries_what_tells_its_kind(string shape, string kind)
    {
        var call = PretendMails.Prepare(shape, kind, 1, 0, 1, s_at, Secret).Single();
        var text = Encoding.UTF8.GetString(call.Body);
        text.Contains("Auto-Submitted", StringComparison.Ordinal).ShouldBe(kind is "auto_reply" or "bounce");
        text.Contains("Precedence", StringComparison.Ordinal).ShouldBe(kind is "bulk");
(text.Contains("12 desks", StringComparison.Ordinal) || text.Contains("MTIgZGVza3MK", StringComparison.Ordinal)).ShouldBe(kind == "attachment");
    }

    [Fact]
    public void Mailgun_signs_time_and_token()
    {
        var text = Encoding.UTF8.GetString(PretendMails.Prepare("mailgun", "plain", 1, 0, 1, s_at, Secret).Single().Body);
        string Field(string name) => text.Split($"name=\"{name}\"\r\n\r\n")[1].Split("\r\n")[0];
        Field("signature").ShouldBe(Convert.ToHexStringLower(Hmac(Encoding.ASCII.GetBytes(Field("timestamp") + Field("token")))));
    }

    [Fact]
    public async Task A_WordPress_site_gives_each_entry_once_page_by_page()
    {
        await host.ControlAsync("wordpress/entries", JsonNode.Parse("""{"form_id":8,"count":23}""")!);
        var ids = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            var (status, body) = await SiteAsync($"forms/8/entries?paging[page_size]=10&paging[current_page]={page}", "ck_simulated:cs_simulated");
            status.ShouldBe(HttpStatusCode.OK);
            body["total_count"]!.GetValue<int>().ShouldBe(23);
            ids.AddRange(body["entries"]!.AsArray().Select(entry => entry!["id"]!.ToString()));
        }

        ids.Count.ShouldBe(23);
        ids.Distinct().Count().ShouldBe(23);
        (await SiteAsync("forms/8/entries", "ck_simulated:wrong")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static OutgoingCall Single(string platform) => PretendForms.Prepare(platform, 1, 0, 1, s_at, Secret).Single();

    private static string Header(OutgoingCall call, string name) => call.Headers.Single(header => header.Key == name).Value;

    private static byte[] Hmac(byte[] body)
    {
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(Secret));
        return hmac.ComputeHash(body);
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> SiteAsync(string path, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{host.Address}/wp-json/gf/v2/{path}");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(user)));
        using var response = await host.Http.SendAsync(request, Ct);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!);
    }
}
