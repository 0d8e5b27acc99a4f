namespace LeadDesk.Analysis.BuiltIn;

internal static class UrgencyDecision
{
    private const double Pressing = 2;

    public static Urgency From(Evidence evidence, in IntentDecision decision)
    {
        if (decision.OptOut || decision.Intent is Intent.Spam || (decision.Intent == Intent.Other && (decision.Greeting || evidence[EvidenceClass.Decline] >= 1)))
            return Urgency.Low;
        var urgent = evidence[EvidenceClass.Urgent];
        var calm = evidence[EvidenceClass.Calm];
        if (decision.Intent == Intent.Complaint && urgent > 0)
            urgent += evidence[EvidenceClass.Negative] / 2;
        if (urgent >= Pressing && urgent > calm)
            return Urgency.High;
        if (calm >= 1.5 && calm >= urgent)
            return Urgency.Low;
        return decision.Intent is Intent.Buy or Intent.Support or Intent.Complaint || urgent >= 1 ? Urgency.Medium : Urgency.Low;
    }
}

internal static class SentimentDecision
{
    public static Sentiment From(Evidence evidence, in IntentDecision decision)
    {
        var negative = evidence[EvidenceClass.Negative] + (decision.Intent == Intent.Complaint ? 2 : 0) + (evidence[EvidenceClass.Complaint] / 2);
        var positive = evidence[EvidenceClass.Positive] + (evidence[EvidenceClass.Thanks] / 2);
        if (decision.OptOut)
            negative += 1;
        if (Math.Max(negative, positive) < 1 || negative == positive)
            return Sentiment.Neutral;
        return negative > positive ? Sentiment.Negative : Sentiment.Positive;
    }
}

internal static class CategoryDecision
{
    public static string From(Evidence evidence, in IntentDecision decision)
    {
        if (decision.OptOut || decision.Intent == Intent.Spam)
            return MessageCategory.Unwanted;
        return decision.Intent switch
        {
            Intent.Partnership => MessageCategory.Partnership,
            Intent.Job => MessageCategory.Career,
            Intent.Buy => OfBuying(evidence),
            Intent.Complaint => OfTopic(evidence, MessageCategory.Feedback),
            Intent.Support or Intent.Question => OfTopic(evidence, MessageCategory.General),
            _ => decision.Greeting ? MessageCategory.Greeting : MessageCategory.General,
        };
    }

    private static string OfBuying(Evidence evidence)
    {
        if (evidence[EvidenceClass.Appointment] >= 2)
            return MessageCategory.Appointment;
        if (evidence[EvidenceClass.Price] > 0 && evidence[EvidenceClass.Price] >= evidence[EvidenceClass.Buy])
            return MessageCategory.Pricing;
        return evidence[EvidenceClass.Avail] > evidence[EvidenceClass.Buy] ? MessageCategory.Availability : MessageCategory.Sales;
    }

    private static string OfTopic(Evidence evidence, string otherwise)
    {
        ReadOnlySpan<(EvidenceClass Topic, string Category)> topics =
        [
            (EvidenceClass.Delivery, MessageCategory.Delivery),
            (EvidenceClass.Billing, MessageCategory.Billing),
            (EvidenceClass.Account, MessageCategory.Account),
            (EvidenceClass.Technical, MessageCategory.Technical),
            (EvidenceClass.Appointment, MessageCategory.Appointment),
            (EvidenceClass.Feedback, MessageCategory.Feedback),
        ];
        var best = 0d;
        foreach (var (topic, category) in topics)
        {
            if (evidence[topic] > best)
                (best, otherwise) = (evidence[topic], category);
        }
        return otherwise;
    }
}

internal static class Confidence
{
    /// <summary>0 to 100: grows with the evidence and its lead over the runner-up; short or unknown text stays low.</summary>
    public static int Of(in IntentDecision decision, TokenList tokens, string? language)
    {
        var strength = 1 - Math.Exp(-decision.Points / 2.2);
        var lead = decision.Points <= 0 ? 0 : Math.Clamp(1 - (decision.RunnerUp / decision.Points), 0, 1);
        var percent = 22 + (76 * strength * (0.62 + (0.38 * lead)));
        if (language is null)
            percent = Math.Min(percent, 60);
        if (tokens.WordCount == 0)
            percent = Math.Min(percent, 45);
        return (int)Math.Round(Math.Clamp(percent, 5, 98));
    }
}
