using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadDesk.Leads.Views;

/// <param name="Word">The column's word, such as <c>stage</c>, or <c>cf.</c> with the key of a custom field.</param>
/// <param name="Width">Pixels; null for the column's own.</param>
public sealed record ColumnPlace(string Word, int? Width = null);

/// <summary>
/// Which columns a list shows, in order, how wide, and how high its rows are. Stored as JSON, such as
/// <c>{"columns":[{"word":"score"},{"word":"cf.budget","width":160}],"roomy":true}</c>. What a column word means is the list's
/// affair: one that is gone is left out there and kept here.
/// </summary>
public sealed record ColumnLayout(IReadOnlyList<ColumnPlace> Columns, bool Roomy = false)
{
    public const int Most = 60;
    public const int Narrowest = 48;
    public const int Widest = 800;
    public const int LongestText = 12_000;

    private const int LongestWord = 100;

    /// <returns>Null when the text is no layout.</returns>
    public static ColumnLayout? Read(string? json)
    {
        if (string.IsNullOrEmpty(json) || json.Length > LongestText)
            return null;
        try
        {
            var stored = JsonSerializer.Deserialize(json, ColumnJson.Default.ColumnLayout);
            return stored?.Columns is { Count: > 0 and <= Most } columns && columns.All(IsSound) && columns.DistinctBy(place => place.Word, StringComparer.Ordinal).Count() == columns.Count
                ? stored
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string Write() => JsonSerializer.Serialize(this, ColumnJson.Default.ColumnLayout);

    public bool Equals(ColumnLayout? other) => other is not null && Roomy == other.Roomy && Columns.SequenceEqual(other.Columns);

    public override int GetHashCode() => Columns.Aggregate(Roomy.GetHashCode(), HashCode.Combine);

    /// <summary>The column moved by some places, as far as there are any.</summary>
    public ColumnLayout Moved(string word, int steps) => Placed(word, IndexOf(word) + steps);

    /// <summary>The column at this place.</summary>
    public ColumnLayout Placed(string word, int index)
    {
        var at = IndexOf(word);
        if (at < 0)
            return this;
        var columns = Columns.ToList();
        columns.RemoveAt(at);
        columns.Insert(Math.Clamp(index, 0, columns.Count), Columns[at]);
        return this with { Columns = columns };
    }

    /// <summary>With the column at the end; without it when it is there and not the last one left.</summary>
    public ColumnLayout Toggled(string word)
    {
        if (IndexOf(word) < 0)
            return Columns.Count < Most ? this with { Columns = [.. Columns, new ColumnPlace(word)] } : this;
        return Columns.Count > 1 ? this with { Columns = [.. Columns.Where(place => place.Word != word)] } : this;
    }

    public ColumnLayout Resized(string word, int width) =>
        this with { Columns = [.. Columns.Select(place => place.Word == word ? place with { Width = Math.Clamp(width, Narrowest, Widest) } : place)] };

    private static bool IsSound(ColumnPlace? place) =>
        place is { Word.Length: > 0 and <= LongestWord, Width: null or (>= Narrowest and <= Widest) };

    private int IndexOf(string word) => Columns.Index().FirstOrDefault(place => place.Item.Word == word, (-1, null!)).Index;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ColumnLayout))]
internal sealed partial class ColumnJson : JsonSerializerContext;
