using LeadDesk.Leads.Duplicates;

namespace LeadDesk.Tests.Leads.Duplicates;

public sealed class DuplicateGroupingTests
{
    [Fact]
    public void Pairs_that_share_a_lead_are_one_group_and_the_surest_group_stands_first()
    {
        var groups = DuplicateGrouping.Of([new(2, 1, 99), new(5, 4, 90), new(3, 2, 80), new(6, 5, 70)]);
        groups.Count.ShouldBe(2);
        groups[0].ShouldBe([new PairRow(2, 1, 99), new PairRow(3, 2, 80)]);
        groups[1].ShouldBe([new PairRow(5, 4, 90), new PairRow(6, 5, 70)]);
    }

    [Fact]
    public void A_chain_of_many_leads_is_cut_where_a_merge_would_take_no_more()
    {
        var groups = DuplicateGrouping.Of([.. Enumerable.Range(1, 99).Select(id => new PairRow(id + 1, id, 80))]);
        groups.ShouldAllBe(group => group.SelectMany(pair => new[] { pair.LeadId, pair.OtherLeadId }).Distinct().Count() <= LeadMerging.MostAtOnce);
    }
}
