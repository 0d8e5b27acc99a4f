using LeadDesk.Analysis;

namespace LeadDesk.Scoring;

/// <summary>How far a factor is met (0 to 100 per cent) and why.</summary>
internal readonly record struct Finding(int Percent, string Key, string Text);

/// <summary>
/// The most a lead may have, whatever its factors say: an urgent complaint from a valid number on WhatsApp would
/// otherwise be HOT without any wish to buy.
/// </summary>
internal sealed record ScoreLimit(int Most, string Key, string Text)
{
    public static readonly ScoreLimit OptOut = new(10, "limit.opt_out", "Asked to be left alone: at most 10 points");
    public static readonly ScoreLimit Spam = new(20, "limit.spam", "Looks like spam: at most 20 points");
    public static readonly ScoreLimit Job = new(GradeWords.WarmFrom - 1, "limit.job", "Looks for a job: never more than COLD");
    public static readonly ScoreLimit Complaint = new(GradeWords.HotFrom - 1, "limit.complaint", "A complaint, not a sale: never HOT");
    public static readonly ScoreLimit Support = new(GradeWords.HotFrom - 1, "limit.support", "A customer who needs help, not a sale: never HOT");
    public static readonly ScoreLimit Greeting = new(GradeWords.WarmFrom - 1, "limit.greeting", "Only said hello so far: COLD until there is more");
    public static readonly ScoreLimit QuietMonth = new(GradeWords.HotFrom - 1, "limit.quiet_30_days", "Nothing heard for 30 days: no longer HOT");
    public static readonly ScoreLimit QuietQuarter = new(GradeWords.WarmFrom - 1, "limit.quiet_90_days", "Nothing heard for 90 days: COLD");

    public static ScoreLimit? Of(ConversationFacts facts) => facts.OptOut ? OptOut : facts.Intent switch
    {
        Intent.Spam => Spam,
        Intent.Job => Job,
        Intent.Complaint => Complaint,
        Intent.Support => Support,
        Intent.Other when facts.Category == MessageCategory.Greeting => Greeting,
        _ => null,
    };

    public static ScoreLimit? Of(FormFacts facts, DateTime now) =>
        facts.OptOut ? OptOut
        : facts.Spam ? Spam
        : FormFactors.Quiet(facts, now);
}

/// <summary>
/// Turns facts into a score from 0 to 100. Pure; the same facts always give the same score.
/// For every profile without problems: a valid phone or a clearer wish to buy never lowers the score, spam is never
/// HOT, who opted out is COLD, and the points of the reasons add up to the score.
/// </summary>
public static class LeadScorer
{
    public static LeadScore Score(ConversationFacts facts, ScoringProfile profile)
    {
        var weights = profile.Conversation;
        var limit = ScoreLimit.Of(facts);
        var reasons = new ScoreReason[limit is null ? 7 : 8];
        reasons[0] = Reason("intent", weights.Intent, ConversationFactors.Intent(facts));
        reasons[1] = Reason("urgency", weights.Urgency, ConversationFactors.Urgency(facts.Urgency));
        reasons[2] = Reason("contact", weights.Contact, ConversationFactors.Contact(facts.Contact, facts.Channel));
        reasons[3] = Reason("channel", weights.Channel, ConversationFactors.Channel(facts.Channel));
        reasons[4] = Reason("data", weights.Data, ConversationFactors.Data(facts.Contact));
        reasons[5] = Reason("message", weights.Message, ConversationFactors.Message(facts.MessageLength));
        reasons[6] = Reason("completeness", weights.Completeness, ConversationFactors.Completeness(facts.Details));
        return Sum(reasons, limit);
    }

    /// <param name="now">UTC.</param>
    public static LeadScore Score(FormFacts facts, ScoringProfile profile, DateTime now)
    {
        var weights = profile.Form;
        var limit = ScoreLimit.Of(facts, now);
        var reasons = new ScoreReason[limit is null ? 5 : 6];
        reasons[0] = Reason("contact", weights.Contact, FormFactors.Contact(facts.Contact));
        reasons[1] = Reason("freshness", weights.Freshness, FormFactors.Freshness(facts, now));
        reasons[2] = Reason("service", weights.Service, FormFactors.Service(facts.ServiceInterest, profile.Services));
        reasons[3] = Reason("engagement", weights.Engagement, FormFactors.Engagement(facts));
        reasons[4] = Reason("age", weights.Age, FormFactors.Age(facts, now));
        return Sum(reasons, limit);
    }

    // Rounded per factor, so that a factor that rises can never make another one fall.
    private static ScoreReason Reason(string factor, int weight, Finding finding) =>
        new(factor, ((weight * finding.Percent) + 50) / 100, weight, finding.Key, finding.Text);

    private static LeadScore Sum(ScoreReason[] reasons, ScoreLimit? limit)
    {
        int sum = 0;
        foreach (ref readonly var reason in reasons.AsSpan(0, reasons.Length - (limit is null ? 0 : 1)))
            sum += reason.Points;

        if (limit is not null)
        {
            int score = Math.Min(sum, limit.Most);
            reasons[^1] = new("limit", score - sum, 0, limit.Key, limit.Text);
            sum = score;
        }

        return new LeadScore(sum, GradeWords.FromScore(sum), reasons);
    }
}
