using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LeadDesk.Intake.Email.Relays;

/// <summary>
/// Mailgun proves who it is by <c>signature = hex(HMAC-SHA256(signing key, timestamp + token))</c>. The body is not part of it.
/// </summary>
/// <param name="Timestamp">Unix seconds.</param>
public sealed record MailgunSignature(string Timestamp, string Token, string Signature)
{
    /// <summary>
    /// Mailgun tries a failed delivery again for eight hours; a day leaves room for a slow clock. Inside it the same delivery
    /// is known again by the mail's own id, so a repeat stores nothing.
    /// </summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    /// <summary>Clocks of two machines differ.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <param name="now">UTC.</param>
    public bool IsValid(string signingKey, DateTime now)
    {
        if (!long.TryParse(Timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) || seconds > 100_000_000_000)
            return false;
        var age = now - DateTime.UnixEpoch.AddSeconds(seconds);
        if (age > Oldest || age < -Ahead)
            return false;

        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(signingKey), Encoding.UTF8.GetBytes(Timestamp + Token));
        var given = Encoding.UTF8.GetBytes(Signature.ToLowerInvariant());
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Convert.ToHexStringLower(expected)), given);
    }

    internal static MailgunSignature? Of(RelayFields fields)
    {
        if (fields.Text("timestamp") is { } timestamp && fields.Text("token") is { } token && fields.Text("signature") is { } signature)
            return new(timestamp.Trim(), token.Trim(), signature.Trim());

        // Mailgun's JSON puts the three into one object.
        if (fields.Find("signature") is not { } field || JsonTexts.Parse(field.Value) is not { } document)
            return null;
        using (document)
        {
            return document.RootElement.ValueKind is JsonValueKind.Object
                && JsonTexts.Of(document.RootElement, "timestamp") is { } time
                && JsonTexts.Of(document.RootElement, "token") is { } inner
                && JsonTexts.Of(document.RootElement, "signature") is { } value
                ? new(time, inner, value)
                : null;
        }
    }
}
