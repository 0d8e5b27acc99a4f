using System.Text;
using System.Text.Json;

namespace LeadDesk.Analysis.Models;

/// <summary>Finds the JSON object in a model's text: bare, in a code fence, or with prose around it.</summary>
internal static class JsonInProse
{
    private const int MostTries = 20;

    /// <summary>
    /// The one object that has the given property; null when there is none or more than one (a model that repeats the
    /// customer's own JSON beside its answer cannot be trusted to mean either).
    /// </summary>
    public static JsonElement? FindObject(string text, string property)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        JsonElement? found = null;
        var from = 0;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var brace = bytes.AsSpan(from).IndexOf((byte)'{');
            if (brace < 0) return found;
            from += brace;
            if (ReadObject(bytes.AsSpan(from), out var length) is not { } candidate)
            {
                from++;
                continue;
            }

            from += length;
            if (candidate.Property(property) is null) continue;
            if (found is not null) return null;
            found = candidate;
        }

        // Too many braces to be sure that there is no second object.
        return null;
    }

    private static JsonElement? ReadObject(ReadOnlySpan<byte> bytes, out int length)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            using var document = JsonDocument.ParseValue(ref reader);
            length = (int)reader.BytesConsumed;
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            length = 0;
            return null;
        }
    }
}
