namespace LeadDesk.Analysis;

/// <summary>The configured model providers, section <c>LeadDesk:Analysis</c>.</summary>
public sealed class AnalysisOptions
{
    private const int MostProviders = 8;

    /// <summary>Tried in this order; the built-in classifier is always last. Empty means built-in only.</summary>
    public IList<ModelProviderOptions> Providers { get; } = [];

    /// <summary>The time one message may spend with all providers together, 1 to 120 seconds.</summary>
    public int DeadlineSeconds { get; set; } = 10;

    /// <summary>Every wrong value as one sentence: the key, the value (never a secret) and what is allowed.</summary>
    /// <param name="prefix">The section's path, for example <c>LeadDesk:Analysis</c>.</param>
    public IEnumerable<string> Problems(string prefix)
    {
        if (DeadlineSeconds is < 1 or > 120)
            yield return $"{prefix}:DeadlineSeconds is {DeadlineSeconds}; allowed are 1 to 120 seconds.";
        if (Providers.Count > MostProviders)
            yield return $"{prefix}:Providers has {Providers.Count} entries; allowed are at most {MostProviders}.";
        for (var i = 0; i < Providers.Count; i++)
        {
            foreach (var problem in Providers[i].Problems($"{prefix}:Providers:{i}"))
                yield return problem;
        }
    }
}
