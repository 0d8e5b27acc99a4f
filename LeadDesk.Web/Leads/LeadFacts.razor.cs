using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadFacts(LeadService leads, CurrentUserAccessor me, ToastService toasts)
{
    private readonly Dictionary<LeadField, string> errors = [];

    /// <summary>What was typed and refused; it stays until it is corrected.</summary>
    private readonly Dictionary<LeadField, string?> refused = [];

    /// <summary>The field that has the focus, and what it was when it got it: others' changes must not overwrite what is being typed.</summary>
    private (LeadField Field, string? Before)? editing;

    private EditConflict? conflict;
    private (LeadField Field, string? Mine)? asked;

    [Parameter, EditorRequired] public LeadView View { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private Lead Lead => View.Lead;

    private string? Shown(LeadField field) =>
        refused.TryGetValue(field, out var text) ? text
        : editing is { } now && now.Field == field ? now.Before
        : Lead.ValueOf(field);

    private void Begin(LeadField field) => editing = (field, Lead.ValueOf(field));

    private void End(LeadField field)
    {
        if (editing is { } now && now.Field == field)
            editing = null;
    }

    private async Task SaveAsync(LeadField field, string? text)
    {
        var before = editing is { } now && now.Field == field ? now.Before : Lead.ValueOf(field);
        editing = null;
        if (Lead.ValueOf(field) is var present && present != before && present != text)
        {
            Ask(field, text, present);
            return;
        }

        await StoreAsync(field, text, before);
    }

    /// <summary>Another change of the lead makes the version old without touching this field; then the change is simply repeated.</summary>
    private async Task StoreAsync(LeadField field, string? text, string? before)
    {
        var outcome = await TryAsync(field, text);
        if (outcome.Refusal is { Kind: RefusalKind.Stale })
        {
            await OnChanged.InvokeAsync();
            if (Lead.ValueOf(field) is var present && present != before && present != text)
            {
                Ask(field, text, present);
                return;
            }

            outcome = await TryAsync(field, text);
        }

        errors.Remove(field);
        refused.Remove(field);
        if (outcome.Succeeded)
        {
            await OnChanged.InvokeAsync();
            return;
        }

        refused[field] = text;
        errors[field] = T[outcome.Refusal.Message].Value;
        if (outcome.Refusal.Kind is RefusalKind.Forbidden or RefusalKind.Missing)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
    }

    private async Task<Outcome<Lead>> TryAsync(LeadField field, string? text) =>
        await leads.EditAsync(await me.GetAsync(), Lead.Id, LeadEdit.Of(field, text), Lead.Version, CancellationToken.None);

    private void KeepTheirs() => conflict = null;

    private async Task TakeMineAsync()
    {
        conflict = null;
        if (asked is { } both)
            await StoreAsync(both.Field, both.Mine, Lead.ValueOf(both.Field));
    }

    private void Ask(LeadField field, string? mine, string? theirs) => (asked, conflict) = ((field, mine), new EditConflict(T.Of(field), mine, theirs));
}
