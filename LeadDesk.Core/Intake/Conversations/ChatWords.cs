using System.Text.Json;

namespace LeadDesk.Intake.Conversations;

/// <summary>Words for what is no text: <c>[Image] This one?</c>.</summary>
internal static class ChatWords
{
    public const string Empty = "[Message without text]";
    public const int LongestAnswer = 2_000;

    public static string Said(string kind, string? text) =>
        MetaJson.Shorten(string.IsNullOrWhiteSpace(text) ? $"[{kind}]" : $"[{kind}] {text.Trim()}", LeadNormaliser.LongestMessage);

    /// <summary><c>[Location] 41.0, 29.0 Galata Tower</c></summary>
    public static string Place(string? latitude, string? longitude, string? name) =>
        Said("Location", latitude is null || longitude is null ? name : $"{latitude}, {longitude} {name}");

    /// <summary>A form's answer as people read it: lists with commas, objects as they were written.</summary>
    public static string? Plain(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Array => Join(answer),
        JsonValueKind.Object => MetaJson.Shorten(answer.GetRawText(), LongestAnswer),
        _ => answer.Text(LongestAnswer),
    };

    private static string? Join(JsonElement list)
    {
        var words = string.Join(", ", list.EnumerateArray().Select(element => element.Text(LongestAnswer)).OfType<string>());
        return words.Length is 0 ? null : MetaJson.Shorten(words, LongestAnswer);
    }
}
