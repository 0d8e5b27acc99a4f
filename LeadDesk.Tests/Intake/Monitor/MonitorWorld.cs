using System.Text;
using LeadDesk.Data;
using LeadDesk.Intake;
using LeadDesk.Intake.Monitor;
using LeadDesk.Jobs;
using LeadDesk.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Intake.Monitor;

/// <summary>A company with events of our making, and the monitor that looks at them.</summary>
internal sealed class MonitorWorld : IAsyncDisposable
{
    private MonitorWorld(TestDatabase database, TestCompany company)
    {
        (Database, Company) = (database, company);
        Queries = new InboundEventQueries(database.Database, new IntakeOptions(90));
        Rates = new IntakeRateQueries(database.Database, Time);
        Service = new InboundEventService(database.Database, Signal, new JobSignal(), Time);
    }

    public ManualTime Time { get; } = new();

    public TestDatabase Database { get; }

    public TestCompany Company { get; }

    public InboundSignal Signal { get; } = new();

    public InboundEventQueries Queries { get; }

    public IntakeRateQueries Rates { get; }

    public InboundEventService Service { get; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<MonitorWorld> OpenAsync(DatabaseEngine engine)
    {
        var database = await TestDatabase.CreateAsync(engine);
        return new MonitorWorld(database, await TestCompany.AddAsync(database));
    }

    /// <summary>An event that came in now and is not saved.</summary>
    public InboundEvent New(InboundState state = InboundState.Processed, string source = InboundSources.Form, string raw = "{}") => new()
    {
        CompanyId = Company.Id,
        Source = source,
        Raw = Encoding.UTF8.GetBytes(raw),
        State = state,
        ReceivedAt = Time.UtcNow,
        DueAt = state is InboundState.Received ? Time.UtcNow : null,
        ProcessedAt = state is InboundState.Received ? null : Time.UtcNow,
        Error = state is InboundState.Failed ? "It failed." : null,
    };

    /// <returns>Their ids.</returns>
    public async Task<List<long>> AddAsync(params InboundEvent[] events)
    {
        foreach (var company in events.GroupBy(row => row.CompanyId))
        {
            await Database.Database.WriteAsync(company.Key, context =>
            {
                context.InboundEvents.AddRange(company);
                return Task.FromResult(true);
            }, Stop);
        }

        return [.. events.Select(row => row.Id)];
    }

    public async Task<InboundEvent> ReadAsync(long id)
    {
        await using var context = Database.Database.Open(Company.Id);
        return await context.InboundEvents.SingleAsync(row => row.Id == id, Stop);
    }

    public async ValueTask DisposeAsync() => await Database.DisposeAsync();
}
