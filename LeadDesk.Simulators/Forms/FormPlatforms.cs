using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Forms;

/// <summary>The platforms whose forms can be sent, by the word of the control address.</summary>
internal static class FormPlatforms
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyDictionary<string, Func<FormSubmission, OutgoingCall>> All { get; } = new Dictionary<string, Func<FormSubmission, OutgoingCall>>
    {
        ["cf7"] = WordPressForms.ContactForm7,
        ["cf7_json"] = WordPressForms.ContactForm7Json,
        ["gravity"] = WordPressForms.Gravity,
        ["elementor"] = WordPressForms.Elementor,
        ["elementor_advanced"] = WordPressForms.ElementorAdvanced,
        ["wpforms"] = WordPressForms.WpForms,
        ["typeform"] = FormServices.Typeform,
        ["tally"] = FormServices.Tally,
        ["google"] = AdForms.Google,
        ["google_test"] = AdForms.GoogleTest,
        ["linkedin"] = AdForms.LinkedIn,
        ["tiktok"] = AdForms.TikTok,
        ["flat"] = AdForms.Flat,
    };

    public static OutgoingCall Json(JsonNode body, params (string Name, string? Value)[] headers) => Raw(Bytes(body), headers);

    public static byte[] Bytes(JsonNode body) => Encoding.UTF8.GetBytes(body.ToJsonString(s_json));

    public static OutgoingCall Raw(byte[] body, params (string Name, string? Value)[] headers) =>
        new(body, "application/json", [.. headers.Where(header => header.Value is not null).Select(header => new KeyValuePair<string, string>(header.Name, header.Value!))]);

    public static OutgoingCall UrlEncoded(params (string Name, string Value)[] fields) => new(
        Encoding.ASCII.GetBytes(string.Join('&', fields.Select(field => $"{Encode(field.Name)}={Encode(field.Value)}"))), "application/x-www-form-urlencoded", []);

    /// <summary>A browser's form post. The boundary follows from the submission, so that the bytes are the same in every run.</summary>
    public static OutgoingCall Multipart(string boundary, IEnumerable<(string Name, string Value)> fields, params (string Field, string FileName, string ContentType, byte[] Content)[] files)
    {
        using var body = new MemoryStream();
        void Text(string text) => body.Write(Encoding.UTF8.GetBytes(text));
        foreach (var (name, value) in fields) Text($"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        foreach (var (field, fileName, contentType, content) in files)
        {
            Text($"--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{fileName}\"\r\nContent-Type: {contentType}\r\n\r\n");
            body.Write(content);
            Text("\r\n");
        }

        Text($"--{boundary}--\r\n");
        return new OutgoingCall(body.ToArray(), $"multipart/form-data; boundary={boundary}", []);
    }

    public static byte[] Hmac(string secret, ReadOnlySpan<byte> body) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body);

    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
