using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Wire;

/// <summary>
/// JSON as Meta writes and signs it: ASCII only, other letters as <c>\u00e9</c> in lower-case hex, and <c>\/</c> for a slash.
/// <c>{"name":"\u0623\u062d\u0645\u062f","url":"https:\/\/example.com"}</c>
/// </summary>
public static class MetaJson
{
    public const string ContentType = "application/json; charset=UTF-8";

    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(JsonNode node)
    {
        var plain = node.ToJsonString(s_options);
        var bytes = new List<byte>(plain.Length + 64);
        for (var i = 0; i < plain.Length; i++)
        {
            var letter = plain[i];
            if (letter == '\\')
            {
                // What the serialiser escaped itself stays, its hex digits in lower case.
                var length = plain[i + 1] == 'u' ? 6 : 2;
                AddAscii(bytes, length == 6 ? plain.Substring(i, length).ToLowerInvariant() : plain.Substring(i, length));
                i += length - 1;
            }
            else if (letter == '/') AddAscii(bytes, "\\/");
            else if (letter < 0x80) bytes.Add((byte)letter);
            else AddAscii(bytes, string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"));
        }

        return [.. bytes];
    }

    /// <returns>The value of <c>X-Hub-Signature-256</c>.</returns>
    public static string Sign(string appSecret, ReadOnlySpan<byte> body) => "sha256=" + Hex(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), body));

    /// <returns>What Graph expects as <c>appsecret_proof</c> beside the token.</returns>
    public static string Proof(string appSecret, string token) => Hex(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), Encoding.UTF8.GetBytes(token)));

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private static void AddAscii(List<byte> bytes, string text)
    {
        foreach (var letter in text) bytes.Add((byte)letter);
    }
}
