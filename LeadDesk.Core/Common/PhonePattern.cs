using System.Text.RegularExpressions;

namespace LeadDesk.Common;

/// <summary>
/// A pattern over all digits of a number. Built when first needed, because a company meets few of the world's plans, and interpreted:
/// compiling one costs as much time as a hundred thousand matches save. Without a time limit, because no pattern of the table repeats
/// without bound and no number is longer than <see cref="PhoneNumber.MaxWrittenLength"/>.
/// </summary>
internal sealed class PhonePattern(string pattern)
{
    private Regex Whole => field ??= new($@"^(?:{pattern})\z", RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);

    public bool Matches(ReadOnlySpan<char> digits) => Whole.IsMatch(digits);

    public Match Match(string digits) => Whole.Match(digits);
}

/// <summary>A pattern for the beginning of a number; most are plain digits ("0", "00", "268") and need no regular expression.</summary>
internal sealed class PhonePrefix(string pattern)
{
    private readonly bool _isLiteral = !pattern.AsSpan().ContainsAnyExceptInRange('0', '9');

    private Regex Start => field ??= new($"^(?:{pattern})", RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);

    /// <summary>How many digits at the beginning match; 0 when none do.</summary>
    public int LengthIn(ReadOnlySpan<char> digits)
    {
        if (_isLiteral) return digits.StartsWith(pattern) ? pattern.Length : 0;
        foreach (var match in Start.EnumerateMatches(digits)) return match.Length;
        return 0;
    }

    public Match Match(string digits) => Start.Match(digits);
}

/// <summary>How one kind of number is grouped for people.</summary>
/// <param name="pattern">The groups: <c>(\d{3})(\d{3,4})</c>.</param>
/// <param name="template">How they stand together: <c>$1 $2</c>.</param>
/// <param name="leadingDigits">The numbers it is for; empty for all.</param>
internal sealed class PhoneGrouping(string pattern, string template, string leadingDigits)
{
    private readonly PhonePattern _pattern = new(pattern);
    private readonly PhonePrefix? _leadingDigits = leadingDigits.Length > 0 ? new(leadingDigits) : null;

    /// <summary>The number in groups, or null when it is of another kind.</summary>
    public string? Group(string national)
    {
        if (_leadingDigits is not null && _leadingDigits.LengthIn(national) == 0) return null;
        var match = _pattern.Match(national);
        return match.Success ? match.Result(template) : null;
    }
}
