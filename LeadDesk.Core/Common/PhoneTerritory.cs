using System.Globalization;

namespace LeadDesk.Common;

/// <summary>The numbering plan of one territory.</summary>
internal sealed class PhoneTerritory
{
    /// <summary>The most digits a trunk rule puts before a number ("1481$1").</summary>
    public const int MaxTrunkTransform = 8;

    private readonly PhonePrefix _internationalPrefix;
    private readonly PhonePattern _general;
    private readonly PhonePrefix _trunk;
    private readonly string _trunkTransform;
    private readonly PhonePrefix? _leadingDigits;
    private readonly PhonePattern _assigned;
    private readonly HashSet<int> _lengths;
    private readonly int _maxLength;
    private readonly List<PhoneGrouping> _groupings = [];

    /// <param name="line">A territory of PhoneTerritories.txt, whose header names the fields.</param>
    public PhoneTerritory(string line)
    {
        if (line.Split('\t') is not [var region, var code, var prefix, var general, var lengths, var trunk, var transform, var leading, var assigned])
            throw new InvalidDataException($"Not a territory: {line}");
        Region = region == "001" ? null : region;
        CallingCode = code;
        _internationalPrefix = new(prefix);
        _general = new(general);
        _trunk = new(trunk);
        _trunkTransform = transform;
        _leadingDigits = leading.Length > 0 ? new(leading) : null;
        _assigned = new(assigned);
        _lengths = [.. lengths.Split(',').Select(length => int.Parse(length, CultureInfo.InvariantCulture))];
        _maxLength = _lengths.Max();
    }

    /// <summary>ISO 3166 alpha-2 code; null for calling codes of no country, such as satellite phones.</summary>
    public string? Region { get; }

    public string CallingCode { get; }

    public void Add(PhoneGrouping grouping) => _groupings.Add(grouping);

    /// <summary>Whether the national number belongs to a range that is given to somebody: fixed line, mobile, toll-free and so on.</summary>
    public bool IsAssigned(ReadOnlySpan<char> national) => _assigned.Matches(national);

    /// <summary>Whether the national number has a possible length and fits the general pattern, assigned or not.</summary>
    public bool Fits(ReadOnlySpan<char> national) => _lengths.Contains(national.Length) && _general.Matches(national);

    /// <summary>Whether the number is this territory's among those sharing its calling code.</summary>
    public bool Claims(ReadOnlySpan<char> national) =>
        _leadingDigits is null ? IsAssigned(national) : _leadingDigits.LengthIn(national) > 0;

    /// <summary>How many digits dial out of the territory (00, 011, 810), or 0.</summary>
    public int InternationalPrefixLength(ReadOnlySpan<char> digits)
    {
        var length = _internationalPrefix.LengthIn(digits);
        // No calling code begins with 0: what looked like the prefix was something else.
        return length < digits.Length && digits[length] == '0' ? 0 : length;
    }

    /// <summary>The number without trunk prefix and carrier code, rewritten where the territory asks for it (Argentina's 15 becomes 9).</summary>
    /// <param name="scratch">Holds a rewritten number: as long as the digits and <see cref="MaxTrunkTransform"/> more.</param>
    public ReadOnlySpan<char> WithoutTrunk(ReadOnlySpan<char> digits, Span<char> scratch)
    {
        var national = Stripped(digits, scratch);
        return _lengths.Contains(national.Length) || national.Length > _maxLength ? national : digits;
    }

    /// <summary>The national number in the groups its country writes, or as it is.</summary>
    public string Group(string national)
    {
        foreach (var grouping in _groupings)
        {
            if (grouping.Group(national) is { } grouped) return grouped;
        }

        return national;
    }

    private ReadOnlySpan<char> Stripped(ReadOnlySpan<char> digits, Span<char> scratch)
    {
        // Asked first because it needs no string.
        var length = _trunk.LengthIn(digits);
        if (length == 0) return digits;
        if (_trunkTransform.Length == 0) return Viable(digits, digits[length..]);

        var match = _trunk.Match(digits.ToString());
        var rest = digits[match.Length..];
        if (!match.Groups[match.Groups.Count - 1].Success) return Viable(digits, rest);

        var beginning = match.Result(_trunkTransform);
        beginning.CopyTo(scratch);
        rest.CopyTo(scratch[beginning.Length..]);
        return Viable(digits, scratch[..(beginning.Length + rest.Length)]);
    }

    // A number that is good as it stands does not lose its beginning to become a bad one.
    private ReadOnlySpan<char> Viable(ReadOnlySpan<char> digits, ReadOnlySpan<char> stripped) =>
        _general.Matches(digits) && !_general.Matches(stripped) ? digits : stripped;
}
