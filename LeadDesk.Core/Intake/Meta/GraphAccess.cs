using System.Security.Cryptography;
using System.Text;

namespace LeadDesk.Intake.Meta;

/// <summary>With what a connection calls Graph. A class, not a record: its text must never show the token.</summary>
public sealed class GraphAccess(string token, string? appSecret)
{
    internal string Token => token;

    /// <summary>Proves to Meta that the caller knows the app's secret; null when we do not.</summary>
    internal string? Proof { get; } = appSecret is { Length: > 0 }
        ? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), Encoding.UTF8.GetBytes(token)))
        : null;

    public override string ToString() => "***";
}
