using LeadDesk.Leads.Duplicates;

namespace LeadDesk.Tests.Leads.Duplicates;

/// <summary>What a scan finds with its default settings, and that its work does not grow with the square of the leads.</summary>
public sealed class DuplicateScannerTests
{
    [Theory]
    [InlineData(1, 500, 500, 1, 4)]
    [InlineData(2, 1000, 1500, 5, 8)]
    [InlineData(3, 2000, 500, 5, 10)]
    [InlineData(4, 2500, 2500, 5, 5)]
    public void Copies_with_mistakes_are_found_and_strangers_are_not(int seed, int people, int copies, int mostOfOne, int mistakes)
    {
        var leads = new InventedPeople(seed).Make(people, copies, mostOfOne, mistakes);
        var found = Scan([.. leads.Select(row => row.Lead)]).Pairs;

        var person = leads.ToDictionary(row => row.Lead.Id, row => row.Person);
        var right = found.Count(pair => person[pair.LeadId] == person[pair.OtherLeadId]);
        var truth = leads.GroupBy(row => row.Person).Sum(copiesOfOne => copiesOfOne.Count() * (copiesOfOne.Count() - 1) / 2);
        (2.0 * right / (found.Count + truth)).ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void No_pair_is_rejected_early_that_comparing_in_full_would_show()
    {
        string?[] phones = [null, "+923001234567", "+923001234568", "+923001234576", "03001234567", "+92300123456", "+14155550100"];
        string?[] emails = [null, "jon.smith@example.com", "jon.smiht@example.com", "jon.smith@example.org", "jon.smith1@example.com", "ann@example.com"];
        var leads = new InventedPeople(6).Make(150, 300, 5, 10).Select(row => row.Lead with { Phone = phones[row.Lead.Id % 7], Email = emails[row.Lead.Id % 6] }).ToList();
        var profiles = leads.ConvertAll(lead => new ProfileWriter().Write(lead).Packed.ToArray());
        var needed = LeadMatcher.BitsFor(LeadMatcher.DefaultThreshold, ValueRarity.Usual);
        var shown = 0;
        for (var i = 0; i < profiles.Count; i++)
        {
            for (var j = i + 1; j < profiles.Count; j++)
            {
                var one = new Profile(profiles[i]);
                var other = new Profile(profiles[j]);
                var (mine, theirs) = (new BlockMember(i, one), new BlockMember(j, other));
                var full = LeadMatcher.Compare(one, other, ValueRarity.Usual).Score;
                var early = mine.MostBits(theirs) >= needed && LeadMatcher.Reaches(mine.Parts(one), theirs.Parts(other), ValueRarity.Usual, needed, out var score) ? score.Score : 0;
                (early >= LeadMatcher.DefaultThreshold ? early : 0).ShouldBe(full >= LeadMatcher.DefaultThreshold ? full : 0);
                shown += full >= LeadMatcher.DefaultThreshold ? 1 : 0;
            }
        }

        shown.ShouldBeGreaterThan(300);
    }

    [Fact]
    public void Each_pair_is_told_once_with_the_older_lead_first()
    {
        var found = Scan([.. new InventedPeople(5).Make(300, 300, 3, 4).Select(row => row.Lead)]).Pairs;
        found.Count.ShouldBeGreaterThan(200);
        found.Select(pair => (pair.LeadId, pair.OtherLeadId)).ShouldBeUnique();
        found.ShouldAllBe(pair => pair.LeadId < pair.OtherLeadId);
    }

    [Fact]
    public void Thousands_of_one_name_are_not_compared_with_each_other_and_the_one_copy_among_them_is_found()
    {
        var leads = Enumerable.Range(1, 20_000).Select(id => Lead(id, "Ali Khan", $"+92300{id:D7}")).ToList();
        leads.Add(Lead(20_001, "Ali Kahn", "+923000005000"));
        var (found, compared) = Scan(leads);
        compared.ShouldBeLessThan(20_000L * 400);
        found.ShouldHaveSingleItem().LeadId.ShouldBe(5000);
    }

    [Fact]
    public void A_lead_that_is_like_all_others_brings_few_pairs()
    {
        var (found, _) = Scan([.. Enumerable.Range(1, 3000).Select(id => Lead(id, "Test Test", "+923001234567"))]);
        found.Count.ShouldBeLessThan(3000 * DuplicateScanner.MostPairsOfOneLead);
    }

    [Fact]
    public void No_leads_and_leads_without_facts_bring_nothing()
    {
        Scan([]).Pairs.ShouldBeEmpty();
        Scan([.. Enumerable.Range(1, 100).Select(id => Lead(id, null, null))]).Pairs.ShouldBeEmpty();
    }

    private static ComparedLead Lead(int id, string? name, string? phone) => new() { Id = id, Name = name, Phone = phone };

    private static (IReadOnlyList<FoundPair> Pairs, long Compared) Scan(IReadOnlyList<ComparedLead> leads)
    {
        var (store, rarity, writer) = (new ProfileStore(), ValueRarity.ForCounting(), new ProfileWriter());
        foreach (var lead in leads)
        {
            var profile = writer.Write(lead);
            rarity.Count(profile);
            store.Add(lead.Id, profile);
        }

        var scanner = new DuplicateScanner(store, rarity, LeadMatcher.DefaultThreshold, 2);
        return ([.. BlockingKeys.Passes.SelectMany(pass => scanner.Run(pass, TestContext.Current.CancellationToken))], scanner.Compared);
    }
}
