using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Assignment;

namespace LeadDesk.Tests.Assignment;

public sealed class AssignerTests
{
    private static readonly Candidate[] Staff =
    [
        new(7, "Omar Diaz", true), new(2, "Ana Lima", true), new(5, "Sara Khan", true), new(3, "Tom Berg", false), new(9, "Li Wei", true),
    ];

    private static AssignmentDecision Assign(Candidate[] staff, long? last, long? owner = null) => Assigner.Assign(new(staff, last, owner));

    [Fact]
    public void The_first_lead_goes_to_the_first_by_id() =>
        Assign(Staff, null).ShouldBe(new AssignmentDecision(2, "Round-robin: first in turn, 4 people active", "round_robin"));

    [Fact]
    public void The_next_lead_goes_to_the_next_by_id() =>
        Assign(Staff, 5).ShouldBe(new AssignmentDecision(7, "Round-robin: next after Sara Khan, 4 people active", "round_robin"));

    [Theory]
    [InlineData(9, 2)]
    [InlineData(3, 5)]
    [InlineData(4, 5)]
    [InlineData(100, 2)]
    public void The_turn_wraps_round_and_survives_people_who_left(long last, long expected) => Assign(Staff, last).UserId.ShouldBe(expected);

    [Fact]
    public void Nobody_active_leaves_the_lead_in_the_queue()
    {
        Assign([], 5).ShouldBe(new AssignmentDecision(null, "Nobody is active: left in the queue", "queue"));
        Assign([new(3, "Tom Berg", false)], null).UserId.ShouldBeNull();
    }

    [Fact]
    public void The_only_active_person_gets_every_lead() =>
        Assign([new(3, "Tom Berg", false), new(5, "Sara Khan", true)], 5)
            .ShouldBe(new AssignmentDecision(5, "Round-robin: the only active person", "round_robin"));

    [Fact]
    public void A_lead_that_came_back_stays_with_its_owner_while_active()
    {
        Assign(Staff, 2, owner: 9).ShouldBe(new AssignmentDecision(9, "Came back: stays with Li Wei", "keep_owner"));
        Assign(Staff, 2, owner: 3).ShouldBe(new AssignmentDecision(5, "Round-robin: next after Ana Lima, 4 people active", "round_robin"));
        Assign(Staff, 2, owner: 42).Rule.ShouldBe("round_robin");
    }

    private static readonly Arbitrary<Candidate[]> Teams = (
        from ids in Gen.Choose(1, 40).ListOf()
        from seed in Gen.Choose(0, int.MaxValue)
        select ids.Distinct().Select(id => new Candidate(id, $"Person {id}", ((seed >> (id % 31)) & 1) == 1)).ToArray()).ToArbitrary();

    private static readonly Arbitrary<long?> Last = Gen.OneOf(Gen.Constant((long?)null), Gen.Choose(-1, 50).Select(id => (long?)id)).ToArbitrary();

    [Fact]
    public void Turns_are_fair_and_never_reach_an_inactive_person() =>
        Prop.ForAll(Teams, Last, Gen.Choose(0, 100).ToArbitrary(), (team, last, leads) =>
        {
            var counts = team.Where(person => person.Active).ToDictionary(person => person.UserId, _ => 0);
            for (int i = 0; i < leads && counts.Count > 0; i++)
            {
                last = Assign(team, last).UserId!.Value;
                counts[last.Value]++;
            }

            return counts.Count == 0 ? Assign(team, last).UserId is null : counts.Values.Max() - counts.Values.Min() <= 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_list_does_not_matter() =>
        Prop.ForAll(Teams, Last, (team, last) => Assign(team, last) == Assign([.. team.Reverse()], last)).QuickCheckThrowOnFailure();

    [Fact]
    public void An_owner_is_kept_or_replaced_by_somebody_active() =>
        Prop.ForAll(Teams, Last, Last, (team, last, owner) =>
        {
            var decision = Assign(team, last, owner);
            return decision.UserId is null
                ? team.All(person => !person.Active)
                : team.Single(person => person.UserId == decision.UserId).Active;
        }).QuickCheckThrowOnFailure();
}
