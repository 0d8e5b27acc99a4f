namespace LeadDesk.Intake.Forms.Platforms;

internal static class Facts
{
    /// <summary>Those that say something.</summary>
    public static IReadOnlyDictionary<string, string> Of(params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            if (!string.IsNullOrWhiteSpace(value))
                known.TryAdd(name, value.Trim());
        }

        return known;
    }
}
