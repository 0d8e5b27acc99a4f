using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.Leads.Duplicates;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Duplicates;

/// <summary>Leads side by side: which stays, whose value each field takes, and what the merged lead will be.</summary>
public sealed partial class MergePage(
    MergeQueries queries, MergeService merges, DuplicateService duplicates, CompanyDirectory companies, UserDirectory users, CurrentUserAccessor me, ToastService toasts, NavigationManager navigation)
{
    private readonly Dictionary<string, long> choices = new(StringComparer.Ordinal);
    private MergePreview? preview;
    private CompanyRules? company;
    private CompanyUsers? people;
    private string? problem;
    private string? readIds;
    private bool busy;

    /// <summary>As <c>1,2,3</c>.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "ids")] public string? Ids { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || readIds == (Ids ?? ""))
            return;
        readIds = Ids ?? "";
        var user = await me.GetAsync();
        (company, people) = (await companies.GetAsync(user.CompanyId, CancellationToken.None), await users.OfAsync(user.CompanyId));
        choices.Clear();
        await StayAsync(null);
    }

    /// <param name="leadId">The one that stays; the oldest when null.</param>
    private async Task StayAsync(long? leadId)
    {
        long[] ids = [.. (Ids ?? "").Split(',').Select(word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0)];
        var outcome = await queries.PreviewAsync(await me.GetAsync(), ids, leadId, CancellationToken.None);
        (preview, problem) = (outcome.Value, outcome.Refusal?.Message);
    }

    private long From(MergePreviewField field) => choices.GetValueOrDefault(field.Key, field.From);

    private string Shown(MergePreviewField field, string value) => field.Key switch
    {
        "owner_id" => PersonName(long.Parse(value, CultureInfo.InvariantCulture)),
        "status" => company?.Stage(long.Parse(value, CultureInfo.InvariantCulture))?.Name ?? value,
        "value" => (long.Parse(value, CultureInfo.InvariantCulture) / 100m).ToString("N2", CultureInfo.CurrentCulture),
        _ => value,
    };

    private string PersonName(long id) => people?.Find(id)?.Name ?? $"#{id}";

    private async Task MergeAsync()
    {
        busy = true;
        var (stays, count) = (preview!.LeadId, preview.Leads.Count);
        long[] others = [.. preview.Leads.Select(lead => lead.Id).Where(id => id != stays)];
        var outcome = await merges.MergeAsync(await me.GetAsync(), stays, others, choices, null, CancellationToken.None);
        busy = false;
        if (outcome.Refusal is { } refusal)
        {
            toasts.Show(T[refusal.Message], ToastTone.Error);
            await StayAsync(stays);
            return;
        }

        toasts.Show(T["{0} leads are one now.", count], undo: () => UndoAsync(outcome.Value!.MergeId));
        navigation.NavigateTo($"/leads/{stays}");
    }

    private async Task UndoAsync(long mergeId)
    {
        var undone = await merges.UndoAsync(await me.GetAsync(), mergeId, CancellationToken.None);
        toasts.Show(MergeWords.Undone(T, undone), undone.Succeeded ? ToastTone.Success : ToastTone.Error);
    }

    private async Task DismissAsync()
    {
        var outcome = await duplicates.DismissAsync(await me.GetAsync(), [.. preview!.Leads.Select(lead => lead.Id)], CancellationToken.None);
        if (outcome.Refusal is { } refusal)
        {
            toasts.Show(T[refusal.Message], ToastTone.Error);
            return;
        }

        toasts.Show(T["They are not brought up as duplicates again."]);
        navigation.NavigateTo("/leads/duplicates");
    }
}
