using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;

namespace LeadDesk.Leads.Duplicates;

internal sealed record LeadCheckMatch(ComparedLead Lead, MatchScore Score);

/// <summary>Compares one lead with those of the company that could be the same person.</summary>
internal static class LeadCheck
{
    /// <summary>Letters of the second word that must agree.</summary>
    private const int SecondWordLetters = 2;

    private const string Beyond = "\uFFFD";

    public static async Task<IReadOnlyList<LeadCheckMatch>> OfLeadAsync(AppDbContext context, CompanyRules company, long leadId, CancellationToken cancellationToken)
    {
        return await ComparedLeads.OfAsync(context, company, [leadId], cancellationToken) is [var lead, ..]
            ? await FindAsync(context, company, lead, LeadMatcher.DefaultThreshold, cancellationToken)
            : [];
    }

    /// <returns>Those at or above <paramref name="least"/>, the surest first.</returns>
    public static async Task<IReadOnlyList<LeadCheckMatch>> FindAsync(AppDbContext context, CompanyRules company, ComparedLead lead, int least, CancellationToken cancellationToken)
    {
        var others = await Lookalikes.ReadAsync(context, company, KeysOf(lead), cancellationToken);
        if (others.Count is 0)
            return [];
        var writer = new ProfileWriter();
        var profile = writer.Write(lead).Packed.ToArray();
        var matches = new List<LeadCheckMatch>();
        foreach (var other in others)
            matches.Add(new LeadCheckMatch(other, LeadMatcher.Compare(new Profile(profile), writer.Write(other), ValueRarity.Usual)));
        return [.. matches.Where(match => match.Score.Score >= least).OrderByDescending(match => match.Score.Bits)];
    }

    /// <summary>"ali khan" asks for names from "ali kh" on, and from "khan al" on.</summary>
    private static LookalikeKeys KeysOf(ComparedLead lead)
    {
        var (phone, email) = (LeadContacts.NearPhone(lead.Phone), LeadContacts.NearEmail(lead.EmailValid ? lead.Email : null));
        if (SearchText.SortKey(lead.Name) is not { } key || key.Split(' ') is not { Length: >= 2 } words)
            return new LookalikeKeys(lead.Id, phone, email, null, null, null, null, null);
        var straight = key[..Math.Min(key.Length, words[0].Length + 1 + SecondWordLetters)];
        var turned = $"{words[^1]} {words[0][..Math.Min(SecondWordLetters, words[0].Length)]}";
        return new LookalikeKeys(lead.Id, phone, email, key, straight, straight + Beyond, turned, turned + Beyond);
    }
}
