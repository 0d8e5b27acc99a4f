using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace LeadDesk.Access;

/// <summary>Random secrets that are shown once and kept as hashes. They carry 256 bits, so a plain SHA-256 is enough.</summary>
internal static class Tokens
{
    public const string ApiKeyPrefix = "ldk_";
    private const int SecretBytes = 32;

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static string NewApiKey() => ApiKeyPrefix + NewSecret();

    public static string NewSecurityStamp() => Guid.NewGuid().ToString("N");

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
