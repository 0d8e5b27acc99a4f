namespace LeadDesk.Analysis.BuiltIn;

/// <summary>Finds product, quantity, budget, date, place and contact in a message. Modest: what is not plain stays empty.</summary>
internal sealed class FactReader(TokenList tokens, PhraseMatches matches, string? language)
{
    private readonly WordMeanings _meanings = new(tokens, matches);

    public ExtractedData Read(Intent intent)
    {
        var amounts = Amounts.Read(tokens, _meanings);
        var (budget, currency) = Budget(amounts);
        var dates = new DateWords(tokens, _meanings);
        var quantity = intent is Intent.Spam or Intent.Job ? null : Quantity(amounts, dates);
        var product = intent is Intent.Buy or Intent.Question or Intent.Complaint or Intent.Support
            ? new ProductWords(tokens, matches, _meanings, dates).Find(quantity, intent)
            : null;
        return new ExtractedData(
            product,
            quantity?.Value,
            budget,
            currency,
            dates.Text,
            new PlaceWords(tokens, _meanings).Find(),
            Contact());
    }

    private string? Contact()
    {
        foreach (ref readonly var token in tokens.Items)
        {
            if (token.Kind is TokenKind.Phone or TokenKind.Email)
                return tokens.Text.Substring(token.Start, token.Length);
        }
        return null;
    }

    private (decimal? Amount, string? Currency) Budget(List<Amount> amounts)
    {
        for (var i = 0; i < amounts.Count; i++)
        {
            var amount = amounts[i];
            var isMoney = amount.Currency is not null || (amount.Scaled && IsMoneyScale(amount)) || NearBudgetWord(amount, amounts);
            var next = i + 1 < amounts.Count ? amounts[i + 1] : default;
            var isRange = next.Value > 0 && next.First - amount.Last <= 2 && (next.Currency ?? amount.Currency) is not null
                && !_meanings.Is(amount.Last + 1, EvidenceClass.Unit);
            if (isRange)
                return (Math.Max(amount.Value, next.Value), next.Currency ?? amount.Currency);
            if (isMoney)
                return (amount.Value, amount.Currency ?? CurrencyOfScale(amount));
        }
        return (null, null);
    }

    // "10 lakh", "1 crore" are money unless things are counted; "2 dozen" and "5k units" are not.
    private bool IsMoneyScale(Amount amount) =>
        _meanings.Value(amount.Last).Weight >= 100_000 && !_meanings.Is(amount.Last + 1, EvidenceClass.Unit);

    // Who counts in lakh and writes Urdu means rupees of Pakistan.
    private string? CurrencyOfScale(Amount amount) =>
        amount.Scaled && language == "ur" && _meanings.Value(amount.Last).Weight is 100_000 or 10_000_000 ? "PKR" : null;

    private bool NearBudgetWord(Amount amount, List<Amount> amounts)
    {
        // The word speaks for one amount only: not again for "two" in "Rs 5000 budget for two shirts".
        if (amount.Currency is null && amounts.Exists(other => other.Currency is not null))
            return false;
        for (var i = Math.Max(0, amount.First - 3); i <= Math.Min(tokens.Count - 1, amount.Last + 2); i++)
        {
            if (_meanings.Is(i, EvidenceClass.Budget))
                return !_meanings.Is(amount.Last + 1, EvidenceClass.Unit);
        }
        return false;
    }

    private Amount? Quantity(List<Amount> amounts, DateWords dates)
    {
        Amount? best = null;
        var bestRank = 0;
        foreach (var amount in amounts)
        {
            var rank = Rank(amount, amounts, dates);
            if (rank > bestRank)
                (best, bestRank) = (amount, rank);
        }
        return best;
    }

    private int Rank(in Amount amount, List<Amount> amounts, DateWords dates)
    {
        var after = amount.Last + 1;
        if (amount.Currency is not null || dates.Covers(amount.First) || (amount.Scaled && IsMoneyScale(amount)) || NearBudgetWord(amount, amounts))
            return 0;
        var unit = _meanings.Is(after, EvidenceClass.Unit);
        if (unit)
            return 5;
        if (_meanings.Is(after, EvidenceClass.Measure) || _meanings.Is(amount.First - 1, EvidenceClass.Measure) || Follows(after, '%'))
            return 0;
        if (amount.InWords && amount.Value == 1 && !amount.Scaled)
            return 0;
        if (amount is { InWords: false, Scaled: false, Value: >= 1900 and <= 2100 } || amount.Value != Math.Floor(amount.Value))
            return 0;
        // "iPhone 15", "Model 3": a number that follows a name belongs to it.
        if (!amount.InWords && FollowsName(amount.First))
            return 0;
        for (var i = Math.Max(0, amount.First - 2); i < amount.First; i++)
        {
            if (_meanings.Is(i, EvidenceClass.Buy) || _meanings.Is(i, EvidenceClass.Want))
                return 4;
        }
        return after < tokens.Count && tokens[after].Kind == TokenKind.Word ? 3 : 1;
    }

    private bool Follows(int index, char sign) => index < tokens.Count && tokens[index].Sign == sign;

    private bool FollowsName(int index)
    {
        if (index == 0 || tokens[index - 1].Kind != TokenKind.Word || _meanings.IsCue(index - 1))
            return false;
        ref readonly var before = ref tokens[index - 1];
        return before.Exact < 0 && before.Prefix < 0 ? char.IsUpper(tokens.Text[before.Start]) || before.End == tokens[index].Start : _meanings.Is(index - 1, EvidenceClass.Item) && before.Length > 4 && tokens.Text[before.Start] < 128;
    }
}
