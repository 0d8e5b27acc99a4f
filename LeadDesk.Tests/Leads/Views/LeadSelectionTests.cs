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
    public void All_that_match_are_selected_but_for_those_that_are_taken_out()
    {
        selection.Toggle(7);
        selection.SelectAll(1_000_000);
        selection.Toggle(5);
        selection.Without([6]);
        selection.Range([6]);

        selection.Except.ShouldBe([5]);
        selection.Ids.ShouldBeEmpty();
        selection.Count.ShouldBe(999_999);
        (selection.Contains(5), selection.Contains(7)).ShouldBe((false, true));
    }

    [Fact]
    public void Every_change_is_told_and_clearing_nothing_is_none()
    {
        var told = 0;
        selection.Changed += () => told++;

        selection.Clear();
        selection.SelectAll(3);
        selection.Clear();

        told.ShouldBe(2);
        (selection.Count, selection.All).ShouldBe((0, false));
    }

    [Fact]
    public void One_by_one_there_is_a_bound()
    {
        selection.Range(Enumerable.Range(1, LeadSelection.Most + 50).Select(id => (long)id));

        selection.Count.ShouldBe(LeadSelection.Most);
    }
}
