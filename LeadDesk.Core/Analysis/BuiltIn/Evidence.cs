using System.Globalization;
using System.Runtime.CompilerServices;

namespace LeadDesk.Analysis.BuiltIn;

/// <summary>The evidence of a message, summed per class after negation.</summary>
internal sealed class Evidence
{
    private const int NotReach = 4;
    private const int PressingDays = 3;
    private const int DistantDays = 90;
    private Sums _sums;

    public double this[EvidenceClass evidence] => _sums[(int)evidence];

    /// <summary>Points of buying that stand for themselves: wishes in clauses that ask for something other than goods are left out.</summary>
    public double PlainWant { get; private set; }

    public bool Asks { get; private set; }
    public int Exclamations { get; private set; }
    public bool HasLink { get; private set; }
    public bool HasContact { get; private set; }
    public int Known { get; private set; }
    public bool Shouts { get; private set; }

    /// <param name="now">UTC; a date in digits a few days ahead presses, one months ahead does not.</param>
    public static Evidence Sum(TokenList tokens, PhraseMatches matches, DateTime now)
    {
        var evidence = new Evidence();
        evidence.ReadForm(tokens);
        evidence.ReadDates(tokens, DateOnly.FromDateTime(now));
        foreach (ref readonly var match in matches.Items)
            evidence.Add(tokens, matches.Items, match);
        return evidence;
    }

    private void ReadForm(TokenList tokens)
    {
        var capitals = 0;
        var letters = 0;
        foreach (ref readonly var token in tokens.Items)
        {
            Asks |= token.Sign == '?';
            Exclamations += token.Sign == '!' ? 1 : 0;
            HasLink |= token.Kind == TokenKind.Link;
            HasContact |= token.Kind is TokenKind.Email or TokenKind.Phone;
            if (token.Kind != TokenKind.Word)
                continue;
            Known += token.Exact >= 0 || token.Prefix >= 0 ? 1 : 0;
            letters += token.Length;
            foreach (var letter in tokens.Text.AsSpan(token.Start, token.Length))
                capitals += char.IsUpper(letter) ? 1 : 0;
        }
        Shouts = letters >= 12 && capitals * 10 >= letters * 8;
    }

    // "by 2026-12-01"
    private void ReadDates(TokenList tokens, DateOnly today)
    {
        foreach (ref readonly var token in tokens.Items)
        {
            if (token.Kind != TokenKind.Calendar
                || !DateOnly.TryParseExact(tokens.Text.AsSpan(token.Start, token.Length), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                continue;
            var days = date.DayNumber - today.DayNumber;
            if (days is >= 0 and <= PressingDays)
                _sums[(int)EvidenceClass.Urgent] += 2;
            else if (days > DistantDays)
                _sums[(int)EvidenceClass.Calm] += 1.5;
        }
    }

    private void Add(TokenList tokens, ReadOnlySpan<PhraseMatch> matches, in PhraseMatch match)
    {
        var evidence = match.Entry.Class;
        var weight = (double)match.Entry.Weight;
        switch (evidence)
        {
            case EvidenceClass.Buy or EvidenceClass.Want when IsDenied(tokens, matches, match):
                _sums[(int)EvidenceClass.Decline] += evidence == EvidenceClass.Buy ? weight : weight / 2;
                return;
            case EvidenceClass.Urgent when IsDenied(tokens, matches, match):
                _sums[(int)EvidenceClass.Calm] += weight;
                return;
            case EvidenceClass.Positive when IsDenied(tokens, matches, match):
                _sums[(int)EvidenceClass.Negative] += weight;
                return;
            case EvidenceClass.Want:
                if (!AsksForSomethingElse(tokens, matches, match))
                    PlainWant += weight;
                break;
            case EvidenceClass.Asks when match.First == 0 || tokens[match.First - 1].IsBreak || match.First <= 2:
                Asks = true;
                break;
        }
        if (match.Misspelt)
            weight *= 0.85;
        _sums[(int)evidence] += weight;
    }

    private static bool IsDenied(TokenList tokens, ReadOnlySpan<PhraseMatch> matches, in PhraseMatch match)
    {
        foreach (ref readonly var other in matches)
        {
            if (other.First > match.Last + 3)
                break;
            if (!Denies(match, other) || tokens[other.First].Clause != tokens[match.First].Clause)
                continue;
            var before = match.First - other.Last;
            var after = other.First - match.Last;
            if (before is > 0 and <= NotReach || (after is > 0 and <= 3 && Languages.DeniesAfter(other.Entry.Language)) || (before <= 0 && after <= 0))
                return true;
        }
        return false;
    }

    // "Not interested" denies the buying beside it as "not" does, but says nothing of the tone ("not interested, thanks").
    private static bool Denies(in PhraseMatch match, in PhraseMatch other) =>
        other.Entry.Class == EvidenceClass.Not
        || (other.Entry.Class == EvidenceClass.Decline && other.Entry.Weight > 0 && match.Entry.Class is EvidenceClass.Buy or EvidenceClass.Want);

    private static bool AsksForSomethingElse(TokenList tokens, ReadOnlySpan<PhraseMatch> matches, in PhraseMatch match)
    {
        var clause = tokens[match.First].Clause;
        var asks = false;
        var names = false;
        foreach (ref readonly var other in matches)
        {
            var otherClause = tokens[other.First].Clause;
            if (otherClause > clause)
                break;
            if (otherClause != clause)
                continue;
            // "I am interested in the sofa, please send details" wishes and asks; the goods decide.
            asks |= other.Entry is { Class: EvidenceClass.Question, Weight: >= 1 };
            names |= other.Entry.Class == EvidenceClass.Item;
            if (other.Entry.Weight >= 1 && other.Entry.Class is >= EvidenceClass.Support and <= EvidenceClass.OptOut)
                return true;
        }
        return asks && !names;
    }

    [InlineArray((int)EvidenceClass.Count)]
    private struct Sums
    {
        private double _first;
    }
}
