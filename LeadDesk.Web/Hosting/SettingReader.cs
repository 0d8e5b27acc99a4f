using System.Globalization;

namespace LeadDesk.Web.Hosting;

/// <summary>
/// Reads settings one by one and collects every problem, so that all can be mended in one go. What was read is known;
/// what stands in the configuration beside it is reported as a slip of the pen.
/// </summary>
internal sealed class SettingReader(IConfiguration configuration)
{
    private const int LongestShownValue = 100;
    private const int MostTypos = 3;

    private readonly List<string> problems = [];
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Problems => problems;

    public void Add(string sentence) => problems.Add(sentence);

    /// <returns>Null when missing or blank.</returns>
    public string? Text(string key)
    {
        known.Add(key);
        return configuration[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    public int Number(string key, int otherwise, int least, int most)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Refuse(key, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return otherwise;
    }

    public bool Flag(string key, bool otherwise)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (bool.TryParse(text, out var flag))
            return flag;
        Refuse(key, text, "true or false");
        return otherwise;
    }

    public Uri? WebAddress(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Query is "" && address.Fragment is "" && address.UserInfo is "")
            return address;
        Refuse(key, text, "an address such as https://leads.example.com, without a query, a fragment or a password");
        return null;
    }

    /// <param name="value">Pass <c>***</c> for secrets.</param>
    /// <param name="allowed">Completes "it must be …".</param>
    public void Refuse(string key, string value, string allowed) => problems.Add($"{key} is \"{Shown(value)}\": it must be {allowed}.");

    /// <summary>What is set below <paramref name="section"/> but read by nobody: probably misspelt, at best useless.</summary>
    public IReadOnlyList<string> Unknown(string section) =>
    [
        .. configuration.GetSection(section).AsEnumerable()
            .Where(pair => !string.IsNullOrEmpty(pair.Value) && !known.Contains(pair.Key))
            .Select(pair => Nearest(pair.Key) is { } meant
                ? $"{pair.Key} is not a setting of LeadDesk. Did you mean {meant}?"
                : $"{pair.Key} is not a setting of this version of LeadDesk and does nothing."),
    ];

    private static string Shown(string value)
    {
        var line = new string([.. value.Take(LongestShownValue).Where(character => !char.IsControl(character))]);
        return value.Length > LongestShownValue ? line + "…" : line;
    }

    private string? Nearest(string key) => known
        .Select(candidate => (candidate, Distance: Distance(candidate.ToUpperInvariant(), key.ToUpperInvariant())))
        .Where(pair => pair.Distance <= MostTypos)
        .OrderBy(pair => pair.Distance)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

    /// <summary>Levenshtein: letters to add, drop or change.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
