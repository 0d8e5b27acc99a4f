namespace LeadDesk.Analysis.BuiltIn;

/// <summary>The intent a message's evidence speaks for, with its points and those of the runner-up.</summary>
internal readonly record struct IntentDecision(Intent Intent, double Points, double RunnerUp, bool OptOut, bool Greeting)
{
    private const double Enough = 1;

    public static IntentDecision From(Evidence evidence, TokenList tokens)
    {
        var spam = SpamPoints(evidence, tokens);
        var buy = BuyPoints(evidence);
        var complaint = ComplaintPoints(evidence);
        if (IsOptOut(evidence, tokens))
            return new(complaint >= 2 ? Intent.Complaint : Intent.Other, Math.Max(4, evidence[EvidenceClass.OptOut]), Math.Min(buy, 2), OptOut: true, Greeting: false);

        var support = SupportPoints(evidence);
        var question = evidence[EvidenceClass.Question] + (evidence.Asks ? 0.9 : 0);
        // Who asks the price wants to buy; what else is asked comes with it.
        if (evidence[EvidenceClass.Price] >= 2.5)
            question = Math.Min(question, 2);
        ReadOnlySpan<(Intent Intent, double Points)> rivals =
        [
            (Intent.Spam, spam * 1.1),
            (Intent.Complaint, complaint),
            (Intent.Support, support),
            (Intent.Partnership, evidence[EvidenceClass.Partner]),
            (Intent.Job, evidence[EvidenceClass.Job]),
            (Intent.Buy, buy),
            (Intent.Question, question),
        ];
        var first = (Intent: Intent.Other, Points: 0d);
        var second = 0d;
        foreach (var rival in rivals)
        {
            if (rival.Points > first.Points)
                (second, first) = (first.Points, rival);
            else
                second = Math.Max(second, rival.Points);
        }
        return Settle(evidence, first.Intent, first.Points, second);
    }

    private static IntentDecision Settle(Evidence evidence, Intent intent, double points, double second)
    {
        var greeting = evidence[EvidenceClass.Greet] + evidence[EvidenceClass.Thanks];
        var decline = evidence[EvidenceClass.Decline];
        if (decline >= 1 && points < Math.Max(decline, 2) && intent is Intent.Buy or Intent.Question or Intent.Other)
            return new(Intent.Other, decline + 1, points, OptOut: false, Greeting: false);
        var small = intent switch { Intent.Question => points < Math.Min(greeting, 2), Intent.Buy or Intent.Support => points < 1.3, _ => false };
        if (greeting > 0 && (points < Enough || small))
            return new(Intent.Other, greeting + 1, points, OptOut: false, Greeting: true);
        return points < 0.8 ? new(Intent.Other, 0.6, points, OptOut: false, Greeting: false) : new(intent, points, second, OptOut: false, Greeting: false);
    }

    private static double BuyPoints(Evidence evidence)
    {
        var price = Math.Min(evidence[EvidenceClass.Price], 6);
        var avail = Math.Min(evidence[EvidenceClass.Avail], 5);
        var item = Math.Min(evidence[EvidenceClass.Item], 2);
        var buy = evidence[EvidenceClass.Buy];
        var want = Math.Min(evidence.PlainWant, 4);
        // "I need help" is no wish for goods, "I need 3 tables" is; a wish beside a buying word strengthens it.
        if (buy > 0)
            want = Math.Max(want, Math.Min(evidence[EvidenceClass.Want], 2) / 2);
        var budget = price + avail + buy + want > 0 ? Math.Min(evidence[EvidenceClass.Budget] + (evidence[EvidenceClass.Currency] / 2), 2) : 0;
        return price + avail + buy + want + budget + (price + avail + buy + want > 0 ? item : Math.Min(item, 1.2));
    }

    // Who bought something and says "not" about it has trouble with it ("the printer I bought does not connect").
    private static double SupportPoints(Evidence evidence)
    {
        var past = evidence[EvidenceClass.Past];
        return evidence[EvidenceClass.Support] + past + (past > 0 ? Math.Min(evidence[EvidenceClass.Not], 1.5) : 0);
    }

    private static double ComplaintPoints(Evidence evidence)
    {
        var points = evidence[EvidenceClass.Complaint];
        if (points > 0)
            points += (evidence[EvidenceClass.Negative] / 2) + (Math.Min(evidence[EvidenceClass.Past], 2) / 2) + (evidence.Shouts ? 0.5 : 0);
        else if (evidence[EvidenceClass.Negative] >= 2)
            points = (evidence[EvidenceClass.Negative] / 2) + (evidence[EvidenceClass.Past] > 0 ? 1.5 : 0) + (evidence[EvidenceClass.Support] / 2);
        return points;
    }

    private static double SpamPoints(Evidence evidence, TokenList tokens)
    {
        var points = evidence[EvidenceClass.Spam];
        if (evidence.HasLink)
            points += points > 0 ? 1.5 : tokens.WordCount <= 3 ? 1.2 : 0;
        if (Gibberish.Looks(tokens, evidence.Known))
            points += 2;
        return points;
    }

    // "STOP" alone is an order to stop, "stop by the shop" is not.
    private static bool IsOptOut(Evidence evidence, TokenList tokens)
    {
        var points = evidence[EvidenceClass.OptOut];
        return points >= 3 || (points > 0 && tokens.WordCount <= 2);
    }
}
