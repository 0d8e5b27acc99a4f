namespace LeadDesk.Analysis;

/// <summary>The configured model providers, section <c>LeadDesk:Analysis</c>.</summary>
public sealed class AnalysisOptions
{
    private const int MostProviders = 8;
    private const int UsualDeadline = 10;
    private const int LongestDeadline = 120;

    /// <summary>Tried in this order; the built-in classifier is always last. Empty means built-in only.</summary>
    public IList<ModelProviderOptions> Providers { get; } = [];

    /// <summary>
    /// The time one message may spend with all providers together, up to 120 seconds and longer than every provider's time-out.
    /// Not set: 10 seconds, or a little more than the longest time-out.
    /// </summary>
    public int? DeadlineSeconds { get; set; }

    internal TimeSpan Deadline =>
        TimeSpan.FromSeconds(DeadlineSeconds ?? Providers.Select(p => p.TimeoutSeconds + 2).Append(UsualDeadline).Max());

    /// <summary>Every wrong value as one sentence: the key, the value (never a secret) and what is allowed.</summary>
    /// <param name="prefix">The section's path, for example <c>LeadDesk:Analysis</c>.</param>
    public IEnumerable<string> Problems(string prefix)
    {
        // A provider that is always cut short by the deadline would never be seen to hang.
        var shortest = Providers.Select(p => Math.Clamp(p.TimeoutSeconds, 0, ModelProviderOptions.LongestTimeout) + 1).Append(1).Max();
        if (DeadlineSeconds < shortest || DeadlineSeconds > LongestDeadline)
            yield return $"{prefix}:DeadlineSeconds is {DeadlineSeconds}; allowed are {shortest} to {LongestDeadline} seconds, longer than every provider's TimeoutSeconds.";
        if (Providers.Count > MostProviders)
            yield return $"{prefix}:Providers has {Providers.Count} entries; allowed are at most {MostProviders}.";
        for (var i = 0; i < Providers.Count; i++)
        {
            foreach (var problem in Providers[i].Problems($"{prefix}:Providers:{i}"))
                yield return problem;
        }
    }
}
