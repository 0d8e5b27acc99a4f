using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Jobs;
using LeadDesk.Scoring;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Setup;

/// <param name="Currency">Of the prices.</param>
/// <param name="Version">The company's, as read; saving over a newer one is refused.</param>
public sealed record ServiceCatalogueView(IReadOnlyList<ServiceValue> Services, string Currency, int Version);

/// <summary>What the company sells: how much a lead for it is worth in the score, and what a deal about it usually brings.</summary>
public sealed class ServiceCatalogue(DeskSetup setup)
{
    /// <summary>Below ten thousand million, in hundredths.</summary>
    public const long HighestPrice = 1_000_000_000_000;

    /// <summary>Anyone of the company may read them.</summary>
    public async Task<ServiceCatalogueView> GetAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        await using var context = setup.Database.Open(user.CompanyId);
        var company = await context.Companies.Where(row => row.Id == user.CompanyId).Select(row => new { row.ScoringProfile, row.Currency, row.Version }).SingleAsync(cancellationToken);
        return new ServiceCatalogueView(ProfileOf(company.ScoringProfile).Services, company.Currency, company.Version);
    }

    /// <summary>New leads are scored by the new list at once, the open ones by a job that starts right away.</summary>
    /// <param name="version">As read; null saves over whatever there is.</param>
    /// <returns>Errors by field: <c>services[2].name</c>, <c>services[2].value</c>, <c>services[2].price</c>.</returns>
    public async Task<Outcome<ServiceCatalogueView>> SaveAsync(CurrentUser user, IReadOnlyList<ServiceValue> services, int? version, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        foreach (var problem in (ScoringProfile.Default with { Services = services }).Problems())
            errors.Add(problem.Field, problem.Message);
        foreach (var (at, service) in services.Index())
            errors.Add($"services[{at}].price", service.Price is < 0 or >= HighestPrice ? "Give a price from 0 to below 10,000,000,000." : null);
        try
        {
            return await setup.ChangeAsync(user, change => errors.Refusal is { } invalid ? Task.FromResult<Outcome<ServiceCatalogueView>>(invalid) : SaveAsync(change, services, version, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Stale();
        }
    }

    private static async Task<Outcome<ServiceCatalogueView>> SaveAsync(SetupChange change, IReadOnlyList<ServiceValue> services, int? version, CancellationToken cancellationToken)
    {
        var company = await change.Context.Companies.SingleAsync(row => row.Id == change.User.CompanyId, cancellationToken);
        if (version is { } read && read != company.Version)
            return Stale();
        var before = ProfileOf(company.ScoringProfile);
        var after = (before with { Services = services }).ToJson();
        if (before.ToJson() == after)
            return new ServiceCatalogueView(services, company.Currency, company.Version);
        company.ScoringProfile = after == ScoringProfile.Default.ToJson() ? null : after;
        company.Version++;
        JobQueue.Add(change.Context, RescoreLeads.Kind, company.Id, payload: null, change.Now, change.Now);
        change.Note("services.changed", company.Name, $"{Words(before.Services)} → {Words(services)}");
        return new ServiceCatalogueView(services, company.Currency, company.Version);
    }

    private static Refusal Stale() => new(RefusalKind.Stale, "Somebody else has changed the company's settings. Load them again, then repeat your change.");

    private static ScoringProfile ProfileOf(string? json) => json is null ? ScoringProfile.Default : ScoringProfile.FromJson(json);

    private static string Words(IReadOnlyList<ServiceValue> services) =>
        services.Count is 0 ? "none" : string.Join(", ", services.Select(service => $"{service.Name} {service.Value:P0} {Fields.DealValue.Print(service.Price)}".TrimEnd()));
}
