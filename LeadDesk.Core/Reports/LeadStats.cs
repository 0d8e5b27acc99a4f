using LeadDesk.Leads;

namespace LeadDesk.Reports;

/// <summary>How many leads there are, all in all and by what matters most. Leads in the trash do not count.</summary>
/// <param name="ByStage">In the pipeline's order, empty stages among them.</param>
/// <param name="Waiting">Open, and nobody of ours has answered yet.</param>
/// <param name="HotWaiting">The HOT ones of <paramref name="Waiting"/>.</param>
/// <param name="Today">Arrived since midnight in the company's time zone.</param>
public sealed record LeadStats(long Total, long Hot, long Warm, long Cold, long Waiting, long HotWaiting, long Today, IReadOnlyList<StageCount> ByStage);

/// <summary>How many leads stand in a stage.</summary>
public sealed record StageCount(long StageId, string Name, LeadOutcome Outcome, long Count);
