using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;

namespace LeadDesk.Leads;

/// <summary>A person's own score, which stands above the computed one until it is given back.</summary>
public sealed class ScoreByHand(LeadService leads)
{
    private const int LongestReason = 500;

    private static readonly Refusal WrongScore = Refusal.Invalid("score", "A score is a whole number from 0 to 100.");
    private static readonly Refusal NoReason = Refusal.Invalid("reason", "Say why, so that others understand the score.");

    /// <param name="score">0 to 100.</param>
    public async Task<Outcome<Lead>> SetAsync(CurrentUser user, long leadId, int score, string? reason, int? version, CancellationToken cancellationToken)
    {
        var read = WrittenText.Read("reason", reason, LongestReason);
        if (read.Refusal is { } refusal)
            return refusal;
        if (score is < 0 or > 100)
            return WrongScore;
        if (read.Value is not { } because)
            return NoReason;
        return await leads.ChangeAsync(user, leadId, version, change =>
        {
            var lead = change.Lead;
            if (lead.ScoreByHand == score && lead.ScoreByHandBecause == because)
                return Task.FromResult<Refusal?>(null);
            (lead.ScoreByHand, lead.ScoreByHandById, lead.ScoreByHandAt, lead.ScoreByHandBecause) = (score, user.UserId, change.Now, because);
            Apply(change, because);
            return Task.FromResult<Refusal?>(null);
        }, cancellationToken);
    }

    /// <summary>The computed score holds again.</summary>
    public Task<Outcome<Lead>> GiveBackAsync(CurrentUser user, long leadId, int? version, CancellationToken cancellationToken) =>
        leads.ChangeAsync(user, leadId, version, change =>
        {
            var lead = change.Lead;
            if (lead.ScoreByHand is null)
                return Task.FromResult<Refusal?>(null);
            (lead.ScoreByHand, lead.ScoreByHandById, lead.ScoreByHandAt, lead.ScoreByHandBecause) = (null, null, null, null);
            Apply(change, null);
            return Task.FromResult<Refusal?>(null);
        }, cancellationToken);

    /// <summary>What the rules make of the lead, whatever was set by hand.</summary>
    public static int Computed(Lead lead, CompanyRules company, DateTime now) => LeadScoring.Score(lead, company.Scoring, now).Score;

    private static void Apply(LeadChange change, string? because)
    {
        var before = LeadText.ScoreWords(change.Lead);
        LeadScoring.Apply(change.Lead, change.Company.Scoring, change.Now);
        change.Note(TimelineKind.ScoreSet, because, before, LeadText.ScoreWords(change.Lead));
    }
}
