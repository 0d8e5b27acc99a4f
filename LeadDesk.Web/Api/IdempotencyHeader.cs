using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Intake;

namespace LeadDesk.Web.Api;

/// <summary>The <c>Idempotency-Key</c> of a request.</summary>
internal static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";

    private const int Longest = 255;

    /// <returns>Null in the outcome's value when the request has no key.</returns>
    public static Outcome<IdempotencyRequest?> Read(HttpRequest request, CurrentUser caller, ReadOnlySpan<byte> body)
    {
        var given = request.Headers[Name];
        if (given.Count is 0)
            return (IdempotencyRequest?)null;
        if (given is not [{ Length: > 0 and <= Longest } key] || !key.All(character => character is > ' ' and <= '~'))
            return Refusal.Invalid("idempotency_key", $"An Idempotency-Key has 1 to {Longest} visible ASCII characters and is sent once.");
        return new IdempotencyRequest(CallerOf(caller), key, Hash(request, body));
    }

    private static string CallerOf(CurrentUser caller) => caller.ApiKeyId is { } key
        ? string.Create(CultureInfo.InvariantCulture, $"key:{key}")
        : string.Create(CultureInfo.InvariantCulture, $"user:{caller.UserId}");

    private static string Hash(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path.Value}{request.QueryString.Value}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
