using System.Globalization;
using System.Text.Json;

namespace LeadDesk.Leads.Duplicates;

/// <summary>One part of why two leads may be one person.</summary>
/// <param name="Mine">The first lead's value, where the two are worth showing: names.</param>
public sealed record DuplicateReason(FactKind Fact, FactMatch Match, string? Mine = null, string? Theirs = null)
{
    /// <summary>The sentence's pattern: <c>{0}</c> is the fact's <see cref="Word"/>.</summary>
    public string Pattern => Match switch
    {
        FactMatch.Same => "Same {0}",
        FactMatch.Alike => "{0} much alike",
        FactMatch.Partly => "{0} partly alike",
        _ => "Different {0}",
    };

    public string Word => Fact switch
    {
        FactKind.Name => "name",
        FactKind.Phone => "phone",
        FactKind.Email => "e-mail",
        FactKind.Organisation => "organisation",
        FactKind.BirthDate => "date of birth",
        FactKind.Identity => "identity number",
        FactKind.HouseNumber => "house number",
        FactKind.AddressLine => "street",
        FactKind.Postcode => "postcode",
        FactKind.City => "city",
        _ => "state",
    };

    /// <summary>Speaks for one person, not against.</summary>
    public bool Agrees => Match is FactMatch.Same or FactMatch.Alike;

    /// <summary>In English: <c>Name much alike: Jon Smith / John Smith</c>.</summary>
    public string Sentence => Complete(string.Format(CultureInfo.InvariantCulture, Pattern, Word));

    /// <summary>Makes a sentence of the pattern filled in any language.</summary>
    public string Complete(string filled)
    {
        var sentence = filled.Length is 0 ? filled : char.ToUpper(filled[0], CultureInfo.CurrentCulture) + filled[1..];
        return Mine is null || Match is FactMatch.Same ? sentence : $"{sentence}: {Mine} / {Theirs}";
    }
}

/// <summary>Explanations as they are stored: pairs of <see cref="FactKind"/> and <see cref="FactMatch"/>, what agrees first.</summary>
internal static class DuplicateExplanation
{
    public static string ToJson(in MatchScore score) => JsonSerializer.Serialize(Parts(score).Select(part => new[] { (int)part.Fact, (int)part.Match }));

    /// <summary>A few words for lists: what agrees.</summary>
    public static string Summary(in MatchScore score)
    {
        var agree = Parts(score).Where(part => part.Agrees).Select(part => part.Sentence).ToList();
        return agree.Count is 0 ? "Much alike altogether" : string.Join(", ", agree.Take(3).Select((sentence, index) => index is 0 ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..]));
    }

    public static IReadOnlyList<DuplicateReason> Read(string? json, string? name, string? otherName) => json is null
        ? []
        : [.. JsonSerializer.Deserialize<int[][]>(json)!.Select(part => Named(new DuplicateReason((FactKind)part[0], (FactMatch)part[1]), name, otherName))];

    public static IReadOnlyList<DuplicateReason> Of(in MatchScore score, string? name, string? otherName) => [.. Parts(score).Select(part => Named(part, name, otherName))];

    private static DuplicateReason Named(DuplicateReason reason, string? name, string? otherName) =>
        reason.Fact is FactKind.Name ? reason with { Mine = name, Theirs = otherName } : reason;

    private static List<DuplicateReason> Parts(in MatchScore score)
    {
        var parts = new List<(DuplicateReason Reason, float Bits)>();
        for (var kind = FactKind.Name; kind <= FactKind.State; kind++)
        {
            if (score[kind] is { Match: not FactMatch.Unknown } fact)
                parts.Add((new DuplicateReason(kind, fact.Match), fact.Bits));
        }

        return [.. parts.OrderByDescending(part => part.Bits).Select(part => part.Reason)];
    }
}
