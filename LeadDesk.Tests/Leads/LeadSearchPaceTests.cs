using LeadDesk.Leads;

namespace LeadDesk.Tests.Leads;

public sealed class LeadSearchPaceTests
{
    private static readonly TimeSpan Took = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void While_leads_come_in_the_indexer_works_a_tenth_of_the_time()
    {
        var pace = new LeadSearchPace();
        pace.PauseAfter(new IndexedBatch(LeadSearchPace.BatchSize, Newest: 1000), Took);

        pace.PauseAfter(new IndexedBatch(LeadSearchPace.BatchSize, Newest: 1100), Took).ShouldBe(9 * Took);
    }

    [Fact]
    public void While_a_file_is_imported_it_works_a_fiftieth_of_the_time_in_small_batches()
    {
        var pace = new LeadSearchPace();

        pace.PauseAfter(new IndexedBatch(LeadSearchPace.BatchSize, Newest: 1000), Took, longRun: true).ShouldBe(49 * Took);
        pace.PauseAfter(new IndexedBatch(LeadSearchPace.BatchSize, Newest: 1000), Took, longRun: true).ShouldBe(49 * Took);
        pace.Size.ShouldBe(LeadSearchPace.BatchSize);
    }

    [Fact]
    public void It_catches_up_in_large_batches_until_the_next_lead_comes_in()
    {
        var pace = new LeadSearchPace();
        pace.PauseAfter(new IndexedBatch(pace.Size, Newest: 1000), Took);
        pace.Size.ShouldBe(LeadSearchPace.BatchSize);

        pace.PauseAfter(new IndexedBatch(pace.Size, Newest: 1000), Took);
        pace.Size.ShouldBe(LeadSearchPace.LargeBatchSize);
        pace.PauseAfter(new IndexedBatch(pace.Size, Newest: 1000), Took).ShouldBeLessThan(Took);

        pace.PauseAfter(new IndexedBatch(pace.Size, Newest: 1001), Took).ShouldBe(9 * Took);
        pace.Size.ShouldBe(LeadSearchPace.BatchSize);
    }

    [Fact]
    public void When_nothing_comes_in_it_catches_up_without_pauses()
    {
        var pace = new LeadSearchPace();
        pace.PauseAfter(new IndexedBatch(LeadSearchPace.BatchSize, Newest: 1000), Took);

        pace.PauseAfter(new IndexedBatch(LeadSearchPace.BatchSize, Newest: 1000), Took).ShouldBeLessThan(Took);
    }

    [Fact]
    public void When_nothing_waits_it_looks_four_times_a_second() =>
        new LeadSearchPace().PauseAfter(default, TimeSpan.Zero).ShouldBe(TimeSpan.FromMilliseconds(250));
}
