using System.Text;
using LeadDesk.Intake.Forms;

namespace LeadDesk.Tests.Intake.Forms;

public sealed class FormBodyTests
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData("name=Ada+Lovelace&e-mail=ada%40example.com", UrlEncoded)]
    [InlineData("name=Ada+Lovelace&e-mail=ada%40example.com", null)]
    [InlineData("name=Ada+Lovelace&e-mail=ada%40example.com", "text/plain")]
    [InlineData("name=Ada+Lovelace&e-mail=ada%40example.com", "application/json")]
    [InlineData("""{"name":"Ada Lovelace","e-mail":"ada@example.com"}""", "application/json")]
    [InlineData("""{"name":"Ada Lovelace","e-mail":"ada@example.com",}""", "text/plain; charset=nonsense")]
    [InlineData("""{"name":"Ada Lovelace","e-mail":"ada@example.com"}""", UrlEncoded)]
    [InlineData("\uFEFF\n {\"name\":\"Ada Lovelace\",\"e-mail\":\"ada@example.com\"}", null)]
    [InlineData(""" "{\"name\":\"Ada Lovelace\",\"e-mail\":\"ada@example.com\"}" """, "application/json")]
    [InlineData("payload=%7B%22name%22%3A%22Ada+Lovelace%22%2C%22e-mail%22%3A%22ada%40example.com%22%7D", UrlEncoded)]
    public void The_same_form_is_read_however_it_is_written(string body, string? contentType)
    {
        var form = FormSamples.One(body, contentType);

        form["name"].ShouldBe("Ada Lovelace");
        form["e-mail"].ShouldBe("ada@example.com");
    }

    [Fact]
    public void Multipart_fields_and_files_are_read()
    {
        var submission = FormSamples.Read(FormSamples.Multipart(
            ("your-name", null, null, "Şükrü"), ("colour[]", null, null, "red"), ("colour[]", null, null, "blue"), ("cv", "C:\\docs\\öz geçmiş.pdf", "application/pdf", "%PDF-1.7\r\n--x"), ("none", "", "application/octet-stream", "")),
            "multipart/form-data; boundary=\"xYz\"");

        submission.Answers.Select(answer => (answer.Key, string.Join('|', answer.Values))).ShouldBe([("your-name", "Şükrü"), ("colour", "red|blue")]);
        var file = submission.Files.ShouldHaveSingleItem();
        (file.Name, file.ContentType).ShouldBe(("öz geçmiş.pdf", "application/pdf"));
        Encoding.UTF8.GetString(file.Content.Span).ShouldBe("%PDF-1.7\r\n--x");
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=xYz")]
    [InlineData("multipart/form-data; boundary=wrong")]
    [InlineData(null)]
    public void Multipart_is_read_with_bare_line_feeds_without_an_end_and_with_a_wrong_boundary(string? contentType)
    {
        var form = FormSamples.One("--xYz\nContent-Disposition: form-data; name=email\n\nada@example.com\n--xYz\nContent-Disposition: form-data; name=\"a \\\"b\\\"\"\nX\n\n1\n2", contentType);

        form["email"].ShouldBe("ada@example.com");
        form["a \"b\""].ShouldBe("1\n2");
    }

    [Fact]
    public void File_names_of_the_extended_kind_are_read()
    {
        var submission = FormSamples.Read("--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"_.txt\"; filename*=UTF-8''na%C3%AFve%20a+b.txt\r\n\r\nhi\r\n--x--\r\n", "multipart/form-data; boundary=x");

        submission.Files.ShouldHaveSingleItem().Name.ShouldBe("naïve a+b.txt");
    }

    [Theory]
    [InlineData("name=%DE%FCkr%FC", "windows-1254", "Şükrü")]
    [InlineData("name=%FCber", "nonsense", "über")]
    [InlineData("name=%FCber", null, "über")]
    [InlineData("name=%E4%E5%F2%E8", "windows-1251", "дети")]
    [InlineData("name=%C5%9E", "utf-8", "Ş")]
    [InlineData("name=100%+sure%2", null, "100% sure%2")]
    public void Other_character_sets_are_read(string body, string? charset, string expected) =>
        FormSamples.One(body, charset is null ? UrlEncoded : $"{UrlEncoded}; charset={charset}")["name"].ShouldBe(expected);

    [Fact]
    public void JSON_in_another_character_set_is_read() =>
        FormSamples.Answers(FormSamples.Read(Encoding.Latin1.GetBytes("""{"name":"Jürgen"}"""), "application/json"))["name"].ShouldBe("Jürgen");

    [Fact]
    public void JSON_in_UTF_16_is_read() =>
        FormSamples.Answers(FormSamples.Read([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("""{"name":"Ada"}""")], "application/json"))["name"].ShouldBe("Ada");

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => FormSamples.One("""{"name":"Ada \ud83d","ok":"\ud83d\ude00 \\ud83d"}""", null).Values.ShouldBe(["Ada \ufffd", "😀 \\ud83d"]);

    [Theory]
    [InlineData("a[]=1&a[]=2", "a", "1|2")]
    [InlineData("a[0]=1&a[1]=2", "a", "1|2")]
    [InlineData("a=1&a=2&a=1", "a", "1|2")]
    [InlineData("address[city]=Lahore&address[zip]=1", "address.city", "Lahore")]
    [InlineData("form_fields[email]=x", "email", "x")]
    [InlineData("a[b=1", "a[b", "1")]
    [InlineData("Name [required]=Ada", "Name [required]", "Ada")]
    [InlineData("Name =Ada", "Name", "Ada")]
    [InlineData("a.b=1", "a.b", "1")]
    [InlineData("flag", "flag", "")]
    [InlineData("flag&a=1", "a", "1")]
    public void Names_are_taken_apart_as_forms_mean_them(string body, string key, string values)
    {
        var read = FormReader.Read(Encoding.UTF8.GetBytes(body), UrlEncoded);

        if (body is "flag")
            read.Succeeded.ShouldBeFalse();
        else
            read.Value![0].Submission.Answers.ShouldContain(answer => answer.Key == key && string.Join('|', answer.Values) == values);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("  \n", "application/json")]
    [InlineData("hello", "text/plain")]
    [InlineData("<html><body a=\"b\">Error</body></html>", "text/html")]
    [InlineData("{\"name\":", "application/json")]
    [InlineData("true", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("7", "application/json")]
    [InlineData("\"hello\"", "application/json")]
    [InlineData("nothing of the kind", "multipart/form-data; boundary=x")]
    [InlineData("a=1", "multipart/form-data")]
    public void What_is_no_form_is_refused_in_words(string body, string? contentType) =>
        FormReader.Read(Encoding.UTF8.GetBytes(body), contentType).Refusal!.Message.Length.ShouldBeGreaterThan(20);

    [Fact]
    public void A_picture_is_no_form() => FormReader.Read([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, (byte)'=', 1], "image/png").Succeeded.ShouldBeFalse();

    [Fact]
    public void More_fields_than_a_form_has_are_refused() =>
        FormReader.Read(Encoding.UTF8.GetBytes(string.Join('&', Enumerable.Range(0, 501).Select(n => $"f{n}=1"))), UrlEncoded).Refusal!.Message.ShouldContain("500 fields");

    [Fact]
    public void Deep_nesting_is_refused()
    {
        FormReader.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 30)) + "1" + new string('}', 30)), null).Refusal!.Message.ShouldContain("20 levels");
        FormReader.Read(Encoding.UTF8.GetBytes("a" + string.Concat(Enumerable.Repeat("[b]", 30)) + "=1"), UrlEncoded).Refusal!.Message.ShouldContain("20 levels");
    }

    [Fact]
    public void Very_long_names_and_answers_are_refused()
    {
        FormReader.Read(Encoding.UTF8.GetBytes($"{new string('n', 1001)}=1"), UrlEncoded).Refusal!.Message.ShouldContain("1,000 characters");
        FormReader.Read(Encoding.UTF8.GetBytes($"a={new string('n', 200_001)}"), UrlEncoded).Refusal!.Message.ShouldContain("200,000 characters");
    }
}
