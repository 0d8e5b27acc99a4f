using System.Globalization;

namespace LeadDesk.Demo;

/// <summary>
/// Phones and e-mails that reach nobody. Numbers come from the ranges that regulators keep for films and books, each once:
/// <code>
/// Ofcom            +44 7700 900xxx
/// NANPA            +1 area 555 01xx
/// Arcep            +33 6 39 98 xx xx
/// Bundesnetzagentur  +49 30 23125xxx
/// </code>
/// E-mails are in domains that RFC 2606 keeps for examples.
/// </summary>
internal sealed class DemoAddresses(Random random)
{
    private static readonly string[] Domains = ["example.com", "example.org", "example.net"];
    // Each ends on another digit: numbers that share their last eight count as near matches.
    private static readonly int[] AreaCodes = [310, 301, 212, 303, 404, 415, 206, 617, 808, 919];

    private readonly Dictionary<string, Queue<string>> numbers = new(StringComparer.Ordinal)
    {
        ["GB"] = Shuffled(random, Enumerable.Range(0, 1000).Select(tail => $"+447700900{tail:D3}")),
        ["US"] = Shuffled(random, AreaCodes.SelectMany(area => Enumerable.Range(0, 100).Select(tail => $"+1{area}55501{tail:D2}"))),
        ["FR"] = Shuffled(random, Enumerable.Range(0, 2000).Select(tail => $"+3363998{tail:D4}")),
        ["DE"] = Shuffled(random, Enumerable.Range(0, 1000).Select(tail => $"+493023125{tail:D3}")),
    };

    private readonly HashSet<string> emails = new(StringComparer.Ordinal);

    /// <summary>E.164, in a country where the language is spoken.</summary>
    public string Phone(string language) => Next(language switch
    {
        "fr" or "ar" => "FR",
        "de" or "tr" => "DE",
        "es" or "pt" => "US",
        _ => random.Next(4) is 0 ? "US" : "GB",
    });

    /// <summary>As people write it: mostly with the country, some as at home.</summary>
    public string Written(string e164) => random.Next(4) switch
    {
        0 when e164.StartsWith("+44", StringComparison.Ordinal) => $"0{e164[3..7]} {e164[7..]}",
        1 => $"00{e164[1..]}",
        _ => e164,
    };

    public string Email(string name)
    {
        var letters = Common.SearchText.Fold(name);
        var local = letters.All(letter => char.IsAsciiLetter(letter) || letter is ' ') ? letters.Replace(' ', '.') : "customer";
        var domain = DemoLanguage.Any(Domains, random);
        var address = $"{local}@{domain}";
        for (var number = random.Next(2, 30); !emails.Add(address); number += 7)
            address = $"{local}{number.ToString(CultureInfo.InvariantCulture)}@{domain}";
        return address;
    }

    private string Next(string country) => numbers[country].TryDequeue(out var number) ? number : numbers["US"].Dequeue();

    private static Queue<string> Shuffled(Random random, IEnumerable<string> all)
    {
        var shuffled = all.ToArray();
        random.Shuffle(shuffled);
        return new(shuffled);
    }
}
