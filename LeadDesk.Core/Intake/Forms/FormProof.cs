using System.Security.Cryptography;
using System.Text;

namespace LeadDesk.Intake.Forms;

/// <summary>
/// Whether a body comes from who holds the source's secret. Each platform has its own way; all are over the bytes as they came and compared in
/// constant time.
/// </summary>
public static class FormProof
{
    private const string Hash = "hmacsha256=";

    /// <param name="header">The value of a request header; null when it is not there.</param>
    /// <param name="parts">Null when the body could not be read.</param>
    public static bool Accepts(string secret, Func<string, string?> header, ReadOnlySpan<byte> body, IReadOnlyList<FormPart>? parts)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        if (header("Typeform-Signature") is { } typeform)
            return Same(typeform, "sha256=" + Convert.ToBase64String(HMACSHA256.HashData(key, body)));
        if (header("Tally-Signature") is { } tally)
            return Same(tally, Convert.ToBase64String(HMACSHA256.HashData(key, body)));
        if (header("X-Open-Signature") is { } tikTok)
            return IsTikTok(tikTok, key, body);
        if (header("X-LI-Signature") is { } linkedIn)
            return IsLinkedIn(linkedIn, key, body);
        if (parts is [{ Submission.GoogleKey: { } googleKey }, ..])
            return parts.All(part => part.Submission.GoogleKey == googleKey) && Same(googleKey, secret);
        // WPForms and connector tools send the secret as it is, in a header that people choose.
        foreach (var name in (ReadOnlySpan<string>)["X-Webhook-Secret", "X-Secret", "X-Api-Key", "Authorization"])
        {
            if (header(name) is { } given)
                return Same(given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? given["Bearer ".Length..].Trim() : given, secret);
        }

        return false;
    }

    /// <summary>What LinkedIn wants to hear when it checks an address.</summary>
    public static string LinkedInResponse(string secret, string challenge) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(challenge)));

    /// <summary>Hex; over the body as it came or, by another source, with everything beyond ASCII escaped.</summary>
    private static bool IsTikTok(string given, byte[] key, ReadOnlySpan<byte> body)
    {
        var bare = given.StartsWith("sha256=", StringComparison.OrdinalIgnoreCase) ? given["sha256=".Length..] : given;
        var asSent = Same(bare.ToLowerInvariant(), Convert.ToHexStringLower(HMACSHA256.HashData(key, body)));
        return asSent | (!Ascii.IsValid(body) && Same(bare.ToLowerInvariant(), Convert.ToHexStringLower(HMACSHA256.HashData(key, Escaped(body)))));
    }

    /// <summary>Hex, over the body; the documentation has both forms, with and without the algorithm's name before the text.</summary>
    private static bool IsLinkedIn(string given, byte[] key, ReadOnlySpan<byte> body)
    {
        var bare = (given.StartsWith(Hash, StringComparison.OrdinalIgnoreCase) ? given[Hash.Length..] : given).ToLowerInvariant();
        return Same(bare, Convert.ToHexStringLower(HMACSHA256.HashData(key, body)))
            | Same(bare, Convert.ToHexStringLower(HMACSHA256.HashData(key, (byte[])[.. Encoding.ASCII.GetBytes(Hash), .. body])));
    }

    private static byte[] Escaped(ReadOnlySpan<byte> body)
    {
        var escaped = new StringBuilder(body.Length + 64);
        foreach (var c in Encoding.UTF8.GetString(body))
        {
            if (c < 128)
                escaped.Append(c);
            else
                escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return Encoding.ASCII.GetBytes(escaped.ToString());
    }

    private static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given.Trim())), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
