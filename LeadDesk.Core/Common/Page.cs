using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace LeadDesk.Common;

/// <summary>A stretch of a list. <paramref name="NextCursor"/> is null on the last page.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    public const int DefaultLimit = 100;
    public const int MaximumLimit = 500;
}

/// <summary>
/// Where a keyset-paged list goes on: the sort value and the id of the last row. Opaque to callers.
/// The sort's name travels with it, so that a cursor of one sort is refused by another.
/// </summary>
public sealed record Cursor(string Sort, string? Value, long Id)
{
    public string Encode() =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { Sort, Value, Id.ToString(System.Globalization.CultureInfo.InvariantCulture) }));

    /// <returns>Null when the text is no cursor of this program.</returns>
    public static Cursor? Decode(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 2000 || !Base64Url.IsValid(text))
            return null;
        try
        {
            return JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(text)) is [{ } sort, var value, { } id]
                && long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var number)
                    ? new Cursor(sort, value, number)
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException or FormatException)
        {
            return null;
        }
    }
}
