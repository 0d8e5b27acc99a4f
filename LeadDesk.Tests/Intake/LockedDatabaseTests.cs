using LeadDesk.Data;
using LeadDesk.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake;

/// <summary>Another process holds the SQLite file.</summary>
public sealed class LockedDatabaseTests
{
    [Fact]
    public async Task While_the_database_is_locked_nothing_is_stored_and_the_sender_is_asked_to_come_again()
    {
        await using var app = await ApiApp.StartAsync(DatabaseEngine.Sqlite);
        var company = await app.AddCompanyAsync();
        var caller = await app.AsAsync(company.Admin);
        var body = new { phone = "+447400123456", message = "How much is it?", external_id = "17" };
        (await caller.GetAsync("/api/webhook/stats")).Status.ShouldBe(200);

        await using (var other = new SqliteConnection(app.Database.ConnectionString + ";Pooling=False"))
        {
            await other.OpenAsync(Stop);
            await using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN EXCLUSIVE";
            await begin.ExecuteNonQueryAsync(Stop);

            var answers = await Task.WhenAll(
                caller.PostAsync("/api/webhook", body),
                caller.PostAsync("/api/webhook", body with { external_id = "18" }),
                caller.PostAsync("/api/v1/leads", body, ("Idempotency-Key", "k")));

            foreach (var answer in answers)
            {
                answer.Status.ShouldBe(503, answer.Text);
                answer.RetryAfter.ShouldNotBeNull();
                answer.MediaType.ShouldBe("application/problem+json");
            }
        }

        await using var context = app.Database.Database.Open(company.Id);
        (await context.InboundEvents.AnyAsync(Stop)).ShouldBeFalse();
        (await context.Leads.AnyAsync(Stop)).ShouldBeFalse();
        (await context.LeadCounters.AnyAsync(Stop)).ShouldBeFalse();
        (await caller.PostAsync("/api/webhook", body)).Status.ShouldBe(200);
        (await caller.PostAsync("/api/v1/leads", body, ("Idempotency-Key", "k"))).Status.ShouldBe(200);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
