using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Settings;

public sealed partial class CompanyPage(CompanyService companies, CurrentUserAccessor users, ToastService toasts)
{
    private Form? form;
    private FormErrors errors = FormErrors.None;
    private bool stale;
    private bool saving;

    /// <summary>The stored zone stays choosable where this system's list does not have it.</summary>
    private IEnumerable<Choice> Zones =>
        TimeZones.All.Any(zone => zone.Code == form!.TimeZone) ? TimeZones.All : TimeZones.All.Prepend(new Choice(form!.TimeZone, form.TimeZone));

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    private async Task LoadAsync()
    {
        form = new Form(await companies.GetAsync(await users.GetAsync(), CancellationToken.None));
        (errors, stale) = (FormErrors.None, false);
    }

    private async Task SaveAsync()
    {
        saving = true;
        try
        {
            var outcome = await companies.ChangeAsync(await users.GetAsync(), form!.Settings, CancellationToken.None);
            errors = new FormErrors(outcome.Refusal, "name", "region", "time_zone", "response_goal_minutes", "currency");
            stale = outcome.Refusal?.Kind is RefusalKind.Stale;
            if (!outcome.Succeeded)
                return;
            form = new Form(outcome.Value);
            toasts.Show(T["The company's settings are saved."]);
        }
        finally
        {
            saving = false;
        }
    }

    private sealed class Form(CompanySettings settings)
    {
        public string Name { get; set; } = settings.Name;

        public string Region { get; set; } = settings.Region;

        public string TimeZone { get; set; } = settings.TimeZone;

        public int ResponseGoalMinutes { get; set; } = settings.ResponseGoalMinutes;

        public string? Currency { get; set; } = settings.Currency;

        public CompanySettings Settings => new(Name, Region, TimeZone, ResponseGoalMinutes, settings.Version) { Currency = Currency };
    }
}
