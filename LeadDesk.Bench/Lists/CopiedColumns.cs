namespace LeadDesk.Bench.Lists;

/// <summary>
/// What a copy of a template row holds where it differs, as SQL that both engines understand. <c>t</c> is the template's row and <c>k</c> the copy's number.
/// Templates are numbered from 1 without gaps and their people from 0, so a lead's person is its id less one.
/// </summary>
/// <param name="last">The highest template id of each table.</param>
/// <param name="stages">As <c>id:outcome</c>.</param>
/// <param name="step">How much older each copy is than the one after it; microseconds.</param>
internal sealed class CopiedColumns(
    bool isSqlite, Dictionary<string, long> last, List<string> sellers, List<string> stages, int copies, long step)
{
    /// <summary>The copies' people are numbered from here, by the last eight digits of their phone numbers.</summary>
    public const int FirstPerson = 10_000_000;

    private const int EightDigits = 100_000_000;
    private const long Minute = 60_000_000;

    private static readonly string[] Syllables = ["ka", "ro", "mi", "ne", "su", "ta", "lo", "vi", "be", "du", "fa"];

    /// <summary>How long people wait for a first response; every fifth still does.</summary>
    private static readonly long[] Responses = [1 * Minute, 7 * Minute, 40 * Minute, 3 * 60 * Minute];

    public string? Of(string table, string column) => (table, column) switch
    {
        (_, "lead_id") => $"t.lead_id + k * {last["leads"]}",
        (_, "message_id") => $"t.message_id + k * {last["lead_messages"]}",
        (_, "inbound_event_id") => $"t.inbound_event_id + k * {last["inbound_events"]}",
        (_, "id") => $"t.id + k * {last[table]}",
        ("leads", "name") => $"t.name || ' ' || upper(substr({Word()}, 1, 1)) || substr({Word()}, 2)",
        ("leads", "name_key") => $"t.name_key || ' ' || {Word()}",
        ("leads", "phone" or "email") => Renumbered(column, "t.id"),
        ("lead_contacts" or "lead_near_keys", "value") => Renumbered(column, "t.lead_id"),
        ("lead_search", "text") => $"{Renumbered(column, "t.lead_id")} || {Word()} || ' '",
        ("leads", "owner_id") => Choice($"(t.id + k) % {sellers.Count}", sellers),
        ("leads", "stage_id") => Choice(Fate, stages.Select(stage => stage.Split(':')[0])),
        ("leads", "outcome") => Choice(Fate, stages.Select(stage => stage.Split(':')[1])),
        ("leads", "first_response_at") => $"CASE WHEN (t.id + k) % 5 = 4 THEN NULL ELSE {Earlier("created_at", Choice("(t.id + k) % 5", [.. Responses.Select(after => $"{after}"), "0"]))} END",
        (_, "received_at" or "processed_at" or "at") => Earlier(column, "0"),
        ("leads", _) when column.EndsWith("_at", StringComparison.Ordinal) => Earlier(column, "0"),
        _ => null,
    };

    /// <summary>Most stay in the first stages.</summary>
    private string Fate => $"((t.id * 31 + k * 17) % {stages.Count}) * ((t.id + k) % 7) / 7";

    /// <summary>A word for each copy, so that no two leads have one name: <c>roka…</c>, <c>mika…</c></summary>
    public static string WordOf(int copy) => string.Concat(Places.Select(place => Syllables[copy / place % Syllables.Length]));

    private static IEnumerable<int> Places => Enumerable.Range(0, 4).Select(place => (int)Math.Pow(Syllables.Length, place));

    private static string Word() => string.Join(" || ", Places.Select(place => Choice($"k / {place} % {Syllables.Length}", Syllables.Select(syllable => $"'{syllable}'"))));

    /// <summary>The template's eight digits, wherever they stand, become the copy's.</summary>
    private string Renumbered(string column, string leadId) =>
        $"replace(t.{column}, substr(CAST({EightDigits} + {leadId} - 1 AS text), 2), substr(CAST({EightDigits + FirstPerson} + {leadId} + k * {last["leads"]} AS text), 2))";

    /// <param name="plus">Microseconds, an expression.</param>
    private string Earlier(string column, string plus)
    {
        var microseconds = $"(({copies} + 1 - k) * {step} - {plus})";
        return isSqlite ? $"t.{column} - {microseconds}" : $"t.{column} - {microseconds} * interval '1 microsecond'";
    }

    private static string Choice(string number, IEnumerable<string> values) =>
        $"CASE {number} {string.Join(' ', values.Select((value, index) => $"WHEN {index} THEN {value}"))} END";
}
