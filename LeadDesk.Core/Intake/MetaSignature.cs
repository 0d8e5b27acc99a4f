using System.Security.Cryptography;

namespace LeadDesk.Intake;

/// <summary>
/// Meta's proof that a body is hers: <c>X-Hub-Signature-256: sha256=&lt;hex HMAC-SHA256(app secret, raw body)&gt;</c>. Only the bytes
/// as they came count: the same JSON written anew has another signature.
/// </summary>
public static class MetaSignature
{
    public const string Header = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    /// <param name="header">The header's value; null, other algorithms and anything malformed prove nothing.</param>
    /// <param name="secrets">App secrets in UTF-8: one of them must have signed. Each is tried in constant time.</param>
    public static bool Verify(ReadOnlySpan<byte> body, string? header, IReadOnlyList<byte[]> secrets) => FindSigner(body, header, secrets) >= 0;

    /// <returns>The index of the secret that signed; -1 when none did.</returns>
    public static int FindSigner(ReadOnlySpan<byte> body, string? header, IReadOnlyList<byte[]> secrets)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!TryRead(header, given))
            return -1;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        for (var index = 0; index < secrets.Count; index++)
        {
            // An empty secret is one that everybody knows.
            if (secrets[index].Length is 0)
                continue;
            HMACSHA256.HashData(secrets[index], body, expected);
            if (CryptographicOperations.FixedTimeEquals(expected, given))
                return index;
        }

        return -1;
    }

    private static bool TryRead(string? header, Span<byte> signature)
    {
        if (header is null || header.Length != Prefix.Length + (2 * signature.Length) || !header.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        return Convert.FromHexString(header.AsSpan(Prefix.Length), signature, out _, out var written) is System.Buffers.OperationStatus.Done
            && written == signature.Length;
    }
}
