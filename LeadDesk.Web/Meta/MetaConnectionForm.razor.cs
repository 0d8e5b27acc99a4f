using LeadDesk.Access;
using LeadDesk.Intake.Meta;
using LeadDesk.Web.Access;
using LeadDesk.Web.Settings;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Meta;

public sealed partial class MetaConnectionForm(MetaConnectionService service, UserDirectory directory, CurrentUserAccessor users, ToastService toasts)
{
    private readonly HashSet<string> chosen = new(StringComparer.Ordinal);
    private readonly HashSet<long> owners = [];
    private IReadOnlyList<DirectoryUser> people = [];
    private bool active;
    private int interval;
    private string region = "";
    private string token = "";
    private string appSecret = "";
    private string verifyToken = "";
    private string dataset = "";
    private int version;
    private FormErrors errors = FormErrors.None;
    private bool saving;

    [Parameter, EditorRequired] public MetaConnectionView View { get; set; } = null!;

    [Parameter, EditorRequired] public IReadOnlyList<MetaForm> Forms { get; set; } = [];

    [Parameter] public EventCallback Saved { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Fill(View);
        people = [.. (await directory.OfAsync((await users.GetAsync()).CompanyId)).Staff];
    }

    /// <summary>What is typed stays while the page repaints; only saving fills the form anew.</summary>
    private void Fill(MetaConnectionView view)
    {
        chosen.Clear();
        chosen.UnionWith(view.FormIds);
        owners.Clear();
        owners.UnionWith(view.Owners);
        active = view.State is not MetaConnectionState.Paused;
        (interval, region, dataset, version) = (view.IntervalSeconds, view.Region ?? "", view.ConversionsDatasetId ?? "", view.Version);
        (token, appSecret, verifyToken) = ("", "", "");
    }

    private static void Choose<TChoice>(HashSet<TChoice> set, TChoice choice, ChangeEventArgs change)
    {
        if (change.Value is true)
            set.Add(choice);
        else
            set.Remove(choice);
    }

    private async Task SaveAsync()
    {
        saving = true;
        try
        {
            var outcome = await service.ChangeAsync(await users.GetAsync(), View.Id, Change(), CancellationToken.None);
            errors = new FormErrors(outcome.Refusal, "interval_seconds", "owners", "region", "access_token", "app_secret", "verify_token", "conversions_dataset_id");
            if (!outcome.Succeeded)
                return;
            Fill(outcome.Value);
            toasts.Show(T["Saved."]);
            await Saved.InvokeAsync();
        }
        finally
        {
            saving = false;
        }
    }

    private MetaConnectionChange Change() => new()
    {
        FormIds = [.. chosen],
        AccessToken = NullIfEmpty(token),
        AppSecret = NullIfEmpty(appSecret),
        VerifyToken = NullIfEmpty(verifyToken),
        IntervalSeconds = interval,
        Region = region,
        Owners = [.. owners],
        Active = active == (View.State is MetaConnectionState.Active) && token.Length is 0 ? null : active,
        ConversionsDatasetId = dataset,
        Version = version,
    };

    private static string? NullIfEmpty(string text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
