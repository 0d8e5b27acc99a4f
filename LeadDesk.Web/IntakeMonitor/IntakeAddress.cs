using LeadDesk.Intake;
using LeadDesk.Intake.Monitor;
using Microsoft.AspNetCore.WebUtilities;

namespace LeadDesk.Web.IntakeMonitor;

/// <summary>
/// A view of the monitor as its address says it: <c>/settings/intake/17?state=failed&amp;source=meta&amp;origin=123&amp;search=token</c>.
/// What cannot be read is left out.
/// </summary>
public sealed record IntakeAddress
{
    public const string Path = "/settings/intake";

    private const int LongestText = 200;

    /// <summary>The event beside the list.</summary>
    public long? Id { get; init; }

    public InboundState? State { get; init; }

    public string? Source { get; init; }

    public string? Origin { get; init; }

    public string? Search { get; init; }

    public string Href
    {
        get
        {
            var words = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["state"] = State?.ToString().ToLowerInvariant(), ["source"] = Source, ["origin"] = Origin, ["search"] = Search,
            };
            return QueryHelpers.AddQueryString(Id is { } id ? $"{Path}/{id}" : Path, words.Where(word => word.Value is not null));
        }
    }

    public InboundEventFilter Filter => new() { State = State, Source = Source, Origin = Origin, Text = Search };

    public bool ShowsAll => State is null && Source is null && Origin is null && Search is null;

    public static IntakeAddress Read(string uri, long? id)
    {
        var words = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new()
        {
            Id = id,
            State = Word("state") is [not (>= '0' and <= '9' or '-' or '+'), ..] state && Enum.TryParse<InboundState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null,
            Source = Word("source") is { } source ? InboundSources.All.FirstOrDefault(word => word.Equals(source, StringComparison.OrdinalIgnoreCase)) : null,
            Origin = Word("origin"),
            Search = Word("search"),
        };

        string? Word(string name) => words.TryGetValue(name, out var given) && given is [{ } text, ..] ? Clean(text) : null;
    }

    /// <summary>What somebody typed, as it can stand in an address; null when nothing is left.</summary>
    public static string? Clean(string? text)
    {
        text = text?.Trim();
        return string.IsNullOrEmpty(text) || text.Any(char.IsControl) ? null : text.Length <= LongestText ? text : text[..LongestText];
    }
}
