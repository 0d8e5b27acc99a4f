using LeadDesk.Web.Leads;

namespace LeadDesk.Tests.Leads.Views;

public sealed class LeadSelectionTests
{
    private readonly LeadSelection selection = new();

    [Fact]
    public void Leads_are_selected_one_by_one_and_in_ranges()
    {
        selection.Toggle(1);
        selection.Range([1, 2, 3]);
        selection.Toggle(2);

        selection.Ids.ShouldBe([1, 3], ignoreOrder: true);
        (selection.Count, selection.All).ShouldBe((2, false));
    }

    [Fact]
    public async Task All_that_match_are_selected_but_for_those_that_are_taken_out()
    {
        selection.Toggle(7);
        await selection.SelectAllAsync(() => Task.FromResult(1_000_000));
        selection.Toggle(5);
        selection.Without([6]);
        selection.Range([6]);

        selection.Except.ShouldBe([5]);
        selection.Ids.ShouldBeEmpty();
        selection.Count.ShouldBe(999_999);
        (selection.Contains(5), selection.Contains(7)).ShouldBe((false, true));
    }

    [Fact]
    public async Task What_is_taken_out_while_all_are_counted_stays_out()
    {
        var counted = new TaskCompletionSource<int>();
        selection.Toggle(5);

        var all = selection.SelectAllAsync(() => counted.Task);
        (selection.All, selection.IsCounting, all.IsCompleted).ShouldBe((true, true, false));
        selection.Toggle(5);
        counted.SetResult(4);
        await all;

        (selection.Contains(5), selection.Count, selection.IsCounting).ShouldBe((false, 3, false));
    }

    [Fact]
    public async Task A_count_that_comes_after_the_selection_was_cleared_counts_nothing()
    {
        var (early, late) = (new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        var first = selection.SelectAllAsync(() => early.Task);
        selection.Clear();
        var second = selection.SelectAllAsync(() => late.Task);

        early.SetResult(9);
        await first;
        selection.IsCounting.ShouldBeTrue();
        late.SetResult(2);
        await second;

        selection.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Every_change_is_told_and_clearing_nothing_is_none()
    {
        var told = 0;
        selection.Changed += () => told++;

        selection.Clear();
        await selection.SelectAllAsync(() => Task.FromResult(3));
        selection.Clear();

        told.ShouldBe(3);
        (selection.Count, selection.All).ShouldBe((0, false));
    }

    [Fact]
    public void One_by_one_there_is_a_bound()
    {
        selection.Range(Enumerable.Range(1, LeadSelection.Most + 50).Select(id => (long)id));

        selection.Count.ShouldBe(LeadSelection.Most);
    }
}
