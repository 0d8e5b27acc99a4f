using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadDesk.Scoring;

/// <summary>Why a lead has some of its points.</summary>
/// <param name="Factor">The factor's word as in the profile's JSON (<c>intent</c>), or <c>limit</c> for what was taken off.</param>
/// <param name="Points">0 to <paramref name="Max"/>; 0 or less for a limit.</param>
/// <param name="Max">The factor's weight; 0 for a limit.</param>
/// <param name="ReasonKey">Stable key for translations (<c>intent.buy.very_sure</c>). Where a list of facts is meant
/// they follow a colon (<c>completeness:quantity,date</c>).</param>
/// <param name="Reason">The same in English, for people; true until the lead is scored again.</param>
public readonly record struct ScoreReason(
    [property: JsonPropertyName("f")] string Factor,
    [property: JsonPropertyName("p")] int Points,
    [property: JsonPropertyName("m")] int Max,
    [property: JsonPropertyName("k")] string ReasonKey,
    [property: JsonPropertyName("r")] string Reason);

/// <summary>A score with its explanation.</summary>
/// <param name="Score">0 to 100; the sum of the points of all <paramref name="Reasons"/>.</param>
/// <param name="Reasons">One for each factor, in the profile's order, then the limit if one applies.</param>
public sealed record LeadScore(int Score, Grade Grade, IReadOnlyList<ScoreReason> Reasons)
{
    /// <summary>The reasons as stored beside score and grade:
    /// <c>[{"f":"intent","p":34,"m":35,"k":"intent.buy.very_sure","r":"Wants to buy, very sure"},…]</c>.</summary>
    public string ReasonsJson() => JsonSerializer.Serialize(Reasons, ScoringJson.Default.IReadOnlyListScoreReason);

    /// <summary>Reads what <see cref="ReasonsJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static IReadOnlyList<ScoreReason> ReasonsFromJson(string json) =>
        JsonSerializer.Deserialize(json, ScoringJson.Default.IReadOnlyListScoreReason)
        ?? throw new JsonException("Score reasons are an array, not null.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<ScoreReason>))]
[JsonSerializable(typeof(ScoringProfile))]
internal sealed partial class ScoringJson : JsonSerializerContext;
