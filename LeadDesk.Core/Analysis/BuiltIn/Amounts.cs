namespace LeadDesk.Analysis.BuiltIn;

/// <summary>A number in the text, in digits or words, with its scale applied. First and Last are token positions.</summary>
internal readonly record struct Amount(decimal Value, int First, int Last, bool Scaled, bool InWords, string? Currency);

/// <summary>
/// Reads numbers and money. Raw samples: "50", "fifty", "twenty five", "2 dozen", "5k", "10 lakh", "1.200,50 €", "US$5k", "Rs. 5000", "٣٠٠ ريال".
/// </summary>
internal static class Amounts
{
    private const int MaxAmounts = 64;
    private const decimal Largest = 1_000_000_000_000m;

    public static List<Amount> Read(TokenList tokens, WordMeanings meanings)
    {
        var amounts = new List<Amount>();
        for (var i = 0; i < tokens.Count && amounts.Count < MaxAmounts; i++)
        {
            if (ReadOne(tokens, meanings, i) is not { } amount)
                continue;
            amounts.Add(amount);
            i = amount.Last;
        }
        return amounts;
    }

    private static Amount? ReadOne(TokenList tokens, WordMeanings meanings, int at)
    {
        var first = at;
        decimal value;
        var inWords = false;
        if (tokens[at].Kind == TokenKind.Number)
        {
            value = tokens[at].Value;
        }
        else if (meanings.Is(at, EvidenceClass.Number))
        {
            value = (decimal)meanings.Value(at).Weight;
            inWords = true;
            // "twenty five", "cuarenta y cinco"
            for (var next = at + 1; next < tokens.Count && next <= at + 2 && value >= 20 && value % 10 == 0; next++)
            {
                if (!meanings.Is(next, EvidenceClass.Number) || meanings.Value(next).Weight >= (value >= 100 ? 100 : 10))
                    continue;
                value += (decimal)meanings.Value(next).Weight;
                at = next;
            }
        }
        else if (meanings.Is(at, EvidenceClass.Scale) && meanings.Value(at).Weight is >= 12 and <= 1000)
        {
            // "a dozen", "mil unidades", "سو"
            value = 1;
            at--;
            inWords = true;
        }
        else
        {
            return null;
        }
        var scaled = false;
        while (at + 1 < tokens.Count && meanings.Is(at + 1, EvidenceClass.Scale) && value < Largest)
        {
            at++;
            value *= (decimal)meanings.Value(at).Weight;
            scaled = true;
        }
        return value <= 0 ? null : new Amount(value, first, Math.Max(at, first), scaled, inWords, Currency(tokens, meanings, first, at));
    }

    private static string? Currency(TokenList tokens, WordMeanings meanings, int first, int last)
    {
        // "5000 rs", "500 de euros"
        for (var i = last + 1; i < tokens.Count && i <= last + 2; i++)
        {
            if (meanings.Is(i, EvidenceClass.Currency))
                return meanings.Value(i).Text;
            if (!meanings.Is(i, EvidenceClass.Of))
                break;
        }
        // "Rs. 5000", "$500"
        for (var i = first - 1; i >= 0 && i >= first - 2; i--)
        {
            if (meanings.Is(i, EvidenceClass.Currency))
                return i > 0 && tokens[i - 1].Kind == TokenKind.Number ? null : meanings.Value(i).Text;
            if (tokens[i].Sign != '.')
                break;
        }
        return null;
    }
}
