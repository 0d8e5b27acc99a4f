using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class CustomFieldFacts(LeadService leads, LeadExtrasQueries queries, CurrentUserAccessor me, ToastService toasts)
{
    private readonly Dictionary<string, string> errors = new(StringComparer.Ordinal);

    /// <summary>What was typed and refused; it stays until it is corrected.</summary>
    private readonly Dictionary<string, string?> refused = new(StringComparer.Ordinal);

    /// <summary>The field that has the focus, and what it was when it got it.</summary>
    private (string Key, string? Before)? editing;

    private (long LeadId, int Version) read;
    private LeadExtras extras = LeadExtras.None;
    private Conflict? conflict;

    [Parameter, EditorRequired] public LeadView View { get; set; } = null!;

    /// <summary>The lead was changed: read it again.</summary>
    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private IReadOnlyList<CustomField> Fields => View.Company.Fields;

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (View.Lead.Id, View.Lead.Version);
        if (read == wanted || Fields.Count is 0)
            return;
        var found = await queries.OfAsync(await me.GetAsync(), wanted.Id, CancellationToken.None);
        if (wanted == (View.Lead.Id, View.Lead.Version))
            (extras, read) = (found, wanted);
    }

    private static string Dash(string? value) => string.IsNullOrEmpty(value) ? "—" : value;

    private string Stored(CustomField field) => CustomFieldValues.Editable(field, extras.Of(field), CultureInfo.CurrentCulture);

    private string? Shown(CustomField field) =>
        refused.TryGetValue(field.Key, out var text) ? text
        : editing is { } now && now.Key == field.Key ? now.Before
        : Stored(field);

    private void Begin(CustomField field) => editing = (field.Key, Stored(field));

    private void End(CustomField field)
    {
        if (editing is { } now && now.Key == field.Key)
            editing = null;
    }

    private async Task SaveAsync(CustomField field, string? text)
    {
        var before = editing is { } now && now.Key == field.Key ? now.Before : Stored(field);
        editing = null;
        if (Differs(field, text, before))
            return;
        await StoreAsync(field, text, before);
    }

    /// <summary>Another change of the lead makes the version old without touching this field; then the change is simply repeated.</summary>
    private async Task StoreAsync(CustomField field, string? text, string? before)
    {
        var outcome = await TryAsync(field, text);
        if (outcome.Refusal is { Kind: RefusalKind.Stale })
        {
            await OnChanged.InvokeAsync();
            extras = await queries.OfAsync(await me.GetAsync(), View.Lead.Id, CancellationToken.None);
            if (Differs(field, text, before))
                return;
            outcome = await TryAsync(field, text);
        }

        errors.Remove(field.Key);
        refused.Remove(field.Key);
        if (outcome.Succeeded)
        {
            await OnChanged.InvokeAsync();
            return;
        }

        refused[field.Key] = text;
        errors[field.Key] = T[outcome.Refusal.Message].Value;
        if (outcome.Refusal.Kind is RefusalKind.Forbidden or RefusalKind.Missing)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
    }

    /// <returns>Whether somebody else has set the field to something else meanwhile; then both are shown.</returns>
    private bool Differs(CustomField field, string? text, string? before)
    {
        if (Stored(field) is var present && present != before && present != (text ?? ""))
        {
            conflict = new Conflict(field, text, present);
            return true;
        }

        return false;
    }

    private async Task<Outcome<Lead>> TryAsync(CustomField field, string? text) => await leads.EditAsync(
        await me.GetAsync(), View.Lead.Id, LeadEdit.Of(field.Key, text) with { Format = FieldFormat.Of(CultureInfo.CurrentCulture) }, View.Lead.Version, CancellationToken.None);

    private async Task TakeMineAsync()
    {
        if (conflict is not { } both)
            return;
        conflict = null;
        await StoreAsync(both.Field, both.Mine, Stored(both.Field));
    }

    private sealed record Conflict(CustomField Field, string? Mine, string? Theirs);
}
