namespace LeadDesk.Scoring;

/// <summary>When time alone changes what <see cref="LeadScorer"/> says about a form lead, so that a schedule looks only at what is due.</summary>
public static class FormRescoring
{
    /// <summary>
    /// The next moment at which a reason, and with most profiles the score, is another one; null when time changes nothing
    /// any more (90 days after the person was last heard of). Until then <see cref="LeadScorer.Score(FormFacts, ScoringProfile, DateTime)"/>
    /// gives the same answer for every profile, so changed weights do not move it.
    /// </summary>
    /// <param name="now">UTC; the moment of the score at hand.</param>
    public static DateTime? NextChangeAt(FormFacts facts, DateTime now)
    {
        DateTime? next = null;
        foreach (ref readonly var step in FormFactors.FreshnessSteps.AsSpan())
            next = Earlier(next, facts.LastHeardAt, step.Until, now);
        foreach (ref readonly var step in FormFactors.AgeSteps.AsSpan())
            next = Earlier(next, facts.CreatedAt, step.Until, now);

        // Who opted out or is spam has a lower limit already.
        if (facts.OptOut || facts.Spam)
            return next;

        next = Earlier(next, facts.LastHeardAt, FormFactors.QuietMonth, now);
        return Earlier(next, facts.LastHeardAt, FormFactors.QuietQuarter, now);
    }

    private static DateTime? Earlier(DateTime? next, DateTime since, TimeSpan until, DateTime now)
    {
        var at = since + until;
        return at > now && (next is null || at < next) ? at : next;
    }
}
