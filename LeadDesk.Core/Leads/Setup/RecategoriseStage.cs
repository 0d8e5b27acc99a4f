using System.Globalization;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Jobs;
using LeadDesk.Live;

namespace LeadDesk.Leads.Setup;

/// <summary>A stage became won, lost or open: so do its leads.</summary>
internal sealed class RecategoriseStage(Database database, CompanyDirectory companies, LiveFeed feed, TimeProvider clock) : IJobHandler
{
    internal const string JobKind = "stages.recategorise";

    public static string Kind => JobKind;

    public async Task RunAsync(JobRun run, CancellationToken cancellationToken)
    {
        var companyId = run.CompanyId ?? throw new InvalidOperationException("Stages belong to a company.");
        companies.Forget(companyId);
        var company = await companies.GetAsync(companyId, cancellationToken);
        if (company.Stage(long.Parse(run.Payload!, CultureInfo.InvariantCulture)) is not { } stage)
            return;
        await new StageLeads(database, clock).ChangeAllAsync(
            company,
            leads => leads.Where(lead => lead.StageId == stage.Id && lead.Outcome != stage.Outcome),
            (_, lead, _) =>
            {
                lead.Outcome = stage.Outcome;
                lead.LostReasonId = stage.Outcome is LeadOutcome.Lost ? lead.LostReasonId : null;
            },
            cancellationToken);
        feed.Publish([LeadEvent.Reload(companyId)]);
    }
}
