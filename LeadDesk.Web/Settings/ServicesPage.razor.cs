using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Leads.Fields;
using LeadDesk.Leads.Setup;
using LeadDesk.Scoring;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Settings;

public sealed partial class ServicesPage(ServiceCatalogue catalogue, CompanyDirectory companies, CurrentUserAccessor users, ToastService toasts)
{
    private const int Hundred = 100;

    private List<ServiceRow>? rows;
    private string currency = "";
    private int version;
    private FormErrors errors = FormErrors.None;
    private bool stale;

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    private async Task LoadAsync()
    {
        var list = await catalogue.GetAsync(await users.GetAsync(), CancellationToken.None);
        (currency, version, errors, stale) = (list.Currency, list.Version, FormErrors.None, false);
        rows = [.. list.Services.Select(service => new ServiceRow
        {
            Name = service.Name,
            Percent = (int)Math.Round(service.Value * Hundred),
            Price = service.Price is { } price ? (price / (decimal)Hundred).ToString("0.##", System.Globalization.CultureInfo.CurrentCulture) : null,
        })];
    }

    /// <summary>An empty line is no error before something is typed into it.</summary>
    private void Add() => rows!.Add(new ServiceRow { Percent = Hundred });

    private Task RemoveAsync(ServiceRow row)
    {
        rows!.Remove(row);
        return SaveAsync();
    }

    /// <summary>What is wrong stays on the page with its sentence; nothing is saved until all is right.</summary>
    private async Task SaveAsync()
    {
        var user = await users.GetAsync();
        var company = await companies.GetAsync(user.CompanyId, CancellationToken.None);
        var format = FieldFormat.Of(System.Globalization.CultureInfo.CurrentCulture);
        var wrong = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var services = new List<ServiceValue>();
        // A line that was emptied is gone; the last one may be new.
        rows!.RemoveAll(row => row.IsBlank && row != rows[^1]);
        foreach (var (at, row) in rows.Index().Where(row => !row.Item.IsBlank))
        {
            var price = DealValue.Read(row.Price, company, format);
            if (price.Refusal is { } refusal)
                wrong[$"services[{at}].price"] = [refusal.Message];
            services.Add(new ServiceValue(row.Name?.Trim() ?? "", row.Percent / (double)Hundred, price.Value));
        }

        var outcome = wrong.Count > 0 ? Refusal.Invalid(wrong) : await catalogue.SaveAsync(user, services, version, CancellationToken.None);
        errors = new FormErrors(outcome.Refusal, [.. rows.SelectMany((_, at) => (string[])[$"services[{at}].name", $"services[{at}].value", $"services[{at}].price"])]);
        stale = outcome.Refusal?.Kind is RefusalKind.Stale;
        if (!outcome.Succeeded)
            return;
        if (version != outcome.Value.Version)
            toasts.Show(T["Saved. All open leads are being scored anew."]);
        version = outcome.Value.Version;
    }

    /// <summary>A service while it is edited.</summary>
    private sealed class ServiceRow
    {
        public string? Name { get; set; }

        /// <summary>0 to 100.</summary>
        public int Percent { get; set; }

        /// <summary>As typed.</summary>
        public string? Price { get; set; }

        public bool IsBlank => string.IsNullOrWhiteSpace(Name) && string.IsNullOrWhiteSpace(Price);
    }
}
