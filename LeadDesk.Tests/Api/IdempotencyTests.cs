using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Api;

/// <summary><c>Idempotency-Key</c> on the POSTs of <c>/api/v1</c>.</summary>
public sealed class IdempotencyTests(ApiApps apps)
{
    private const string Header = "Idempotency-Key";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_first_answer_is_given_again_with_its_headers(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);
        var body = new { phone = "+447400123456", message = "How much is it?" };

        var first = await caller.PostAsync("/api/v1/leads", body, (Header, "create-1"));
        var again = await caller.PostAsync("/api/v1/leads", body, (Header, "create-1"));

        first.Status.ShouldBe(201);
        again.ShouldBe(first with { }, new SameAnswer());
        (await caller.PostAsync("/api/v1/leads", new { phone = "+447400123457" }, (Header, "create-1"))).Status.ShouldBe(422);
        (await caller.GetAsync($"/api/v1/leads/{first["id"]}"))["message_count"].GetInt32().ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Twenty_at_once_write_one_note(DatabaseEngine engine)
    {
        var app = await apps.OnAsync(engine);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Admin);
        var lead = await caller.PostAsync("/api/v1/leads", new { phone = "+447400123456" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.PostAsync($"/api/v1/leads/{lead["id"]}/notes", new { text = "hello" }, (Header, "note-1"))));

        // Whoever came while the first was at work was told to ask again.
        answers.ShouldAllBe(answer => answer.Status == 201 || (answer.Status == 409 && answer.RetryAfter != null));
        answers.Where(answer => answer.Status is 201).Select(answer => answer.Text).Distinct().Count().ShouldBe(1);
        await using var context = app.Database.Database.Open(company.Id);
        (await context.TimelineEntries.CountAsync(entry => entry.Kind == LeadDesk.Leads.TimelineKind.Note, Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task Refusals_are_answers_too_and_keys_of_two_callers_never_meet()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var company = await app.AddCompanyAsync();
        var (one, other) = (await app.AsAsync(company.Admin), await app.AsAsync(company.Admin));

        var refused = await one.PostAsync("/api/v1/leads", new { message = "hello" }, (Header, "same"));
        var again = await one.PostAsync("/api/v1/leads", new { message = "hello" }, (Header, "same"));
        var others = await other.PostAsync("/api/v1/leads", new { phone = "+447400123456" }, (Header, "same"));

        refused.Status.ShouldBe(422);
        again.Text.ShouldBe(refused.Text);
        again.MediaType.ShouldBe("application/problem+json");
        others.Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_key_has_1_to_255_visible_ascii_characters()
    {
        var app = await apps.OnAsync(DatabaseEngine.Sqlite);
        var caller = await app.AsAsync((await app.AddCompanyAsync()).Admin);

        (await caller.PostAsync("/api/v1/leads", new { phone = "+447400123456" }, (Header, "a b"))).Error("idempotency_key").ShouldContain("ASCII");
        (await caller.PostAsync("/api/v1/leads", new { phone = "+447400123456" }, (Header, new string('k', 256)))).Status.ShouldBe(422);
        (await caller.PostAsync("/api/v1/leads", new { phone = "+447400123456" }, (Header, new string('k', 255)))).Status.ShouldBe(201);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_a_dead_process_reserved_is_taken_over_after_a_minute_and_its_late_answer_does_not_count(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var company = await TestCompany.AddAsync(database);
        var time = new ManualTime();
        var store = new IdempotencyStore(database.Database, time);
        var request = new IdempotencyRequest("key:1", "k", "hash");

        var first = await store.ReserveAsync(company.Id, request, Stop);
        (await store.ReserveAsync(company.Id, request, Stop)).State.ShouldBe(ReservationState.Running);
        (await store.ReserveAsync(company.Id, request with { RequestHash = "other" }, Stop)).State.ShouldBe(ReservationState.Misused);
        time.Advance(IdempotencyStore.TakenOverAfter);
        var second = await store.ReserveAsync(company.Id, request, Stop);
        await store.RememberAsync(company.Id, request, first, 201, "late", Stop);
        await store.RememberAsync(company.Id, request, second, 201, "answer", Stop);
        var third = await store.ReserveAsync(company.Id, request, Stop);

        first.State.ShouldBe(ReservationState.First);
        second.State.ShouldBe(ReservationState.First);
        third.State.ShouldBe(ReservationState.Answered);
        third.Response.ShouldBe("answer");
        time.Advance(IdempotencyStore.KeptFor);
        (await store.ReserveAsync(company.Id, request, Stop)).State.ShouldBe(ReservationState.First);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Of_reservations_on_two_nodes_at_once_one_is_first(DatabaseEngine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var otherNode = database.OpenAnother();
        var company = await TestCompany.AddAsync(database);
        var stores = new[] { new IdempotencyStore(database.Database, TimeProvider.System), new IdempotencyStore(otherNode, TimeProvider.System) };

        for (var round = 0; round < 10; round++)
        {
            var request = new IdempotencyRequest("key:1", $"k{round}", "hash");
            var states = await Task.WhenAll(stores.Concat(stores).Select(store => Task.Run(() => store.ReserveAsync(company.Id, request, Stop))));
            states.Count(state => state.State is ReservationState.First).ShouldBe(1);
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed class SameAnswer : IEqualityComparer<ApiAnswer>
    {
        public bool Equals(ApiAnswer? x, ApiAnswer? y) => x is not null && y is not null && Parts(x) == Parts(y);

        public int GetHashCode(ApiAnswer obj) => Parts(obj).GetHashCode();

        private static (int, string, string?, string?, string?) Parts(ApiAnswer answer) => (answer.Status, answer.Text, answer.MediaType, answer.ETag, answer.Location);
    }
}
