using LeadDesk.Leads;
using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Settings;

/// <param name="Field">Null for a new one.</param>
public sealed record EditedField(CustomFieldView? Field);

/// <summary>An option while it is edited.</summary>
/// <param name="id">Null for a new one.</param>
public sealed class OptionRow(int? id, string name, bool archived)
{
    public int? Id => id;

    public string Name { get; set; } = name;

    public bool Archived { get; set; } = archived;
}

public sealed partial class FieldEditor(CustomFieldService service, CurrentUserAccessor users, ToastService toasts)
{
    private EditedField? shown;
    private Form? form;
    private FormErrors errors = FormErrors.None;
    private bool touched;
    private bool leaving;
    private bool saving;

    /// <summary>Null while it is closed.</summary>
    [Parameter, EditorRequired] public EditedField? Edited { get; set; }

    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }

    /// <summary>With the field's name.</summary>
    [Parameter, EditorRequired] public EventCallback<string> OnSaved { get; set; }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(shown, Edited))
            return;
        shown = Edited;
        (errors, touched, leaving) = (FormErrors.None, false, false);
        form = Edited is null ? null : new Form(Edited.Field);
    }

    private void Touch() => touched = true;

    /// <summary>The browser has closed the dialog already; what was typed opens it again.</summary>
    private Task TryCloseAsync()
    {
        leaving = touched;
        return touched ? Task.CompletedTask : CloseAsync();
    }

    private Task CloseAsync()
    {
        form = null;
        return OnClose.InvokeAsync();
    }

    private async Task SaveAsync()
    {
        if (form is not { } wanted || saving)
            return;
        saving = true;
        try
        {
            var user = await users.GetAsync();
            var options = wanted.Options.Where(option => option.Id is not null || !string.IsNullOrWhiteSpace(option.Name)).ToList();
            var outcome = wanted.Field is { } field
                ? await service.ChangeAsync(user, field.Id, Change(wanted, field, options), CancellationToken.None)
                : await service.AddAsync(user, wanted.Name, wanted.Type, wanted.Key, CustomFieldService.HasOptions(wanted.Type) ? [.. options.Select(option => option.Name)] : [], CancellationToken.None);
            errors = new FormErrors(outcome.Refusal, "name", "type", "key", "options");
            if (!outcome.Succeeded)
                return;
            form = null;
            await OnSaved.InvokeAsync(outcome.Value.Name);
        }
        finally
        {
            saving = false;
        }
    }

    private static CustomFieldChange Change(Form wanted, CustomFieldView field, List<OptionRow> options) => new()
    {
        Name = wanted.Name,
        Options = CustomFieldService.HasOptions(field.Type) ? [.. options.Select(option => new OptionChange(option.Id, option.Name, option.Archived))] : null,
        Version = field.Version,
    };

    /// <summary>Done at once, because it changes leads: whatever else was typed is kept and saved later.</summary>
    private async Task MergeAsync((int From, int Into) merge)
    {
        if (form?.Field is not { } field)
            return;
        var outcome = await service.MergeOptionAsync(await users.GetAsync(), field.Id, merge.From, merge.Into, CancellationToken.None);
        if (outcome.Refusal is { } refusal)
        {
            toasts.Show(T[refusal.Message], ToastTone.Error);
            return;
        }

        toasts.Show(T["Merged; {0} leads had it.", outcome.Value]);
        var fields = await service.ListAsync(await users.GetAsync(), archivedToo: true, CancellationToken.None);
        form.Field = fields.First(row => row.Id == field.Id);
        form.Options.First(option => option.Id == merge.From).Archived = true;
    }

    private sealed class Form(CustomFieldView? field)
    {
        public CustomFieldView? Field { get; set; } = field;

        public string Name { get; set; } = field?.Name ?? "";

        public CustomFieldType Type { get; set; } = field?.Type ?? CustomFieldType.Text;

        public string? Key { get; set; }

        public List<OptionRow> Options { get; } = [.. (field?.Options ?? []).Select(option => new OptionRow(option.Id, option.Name, option.Archived))];
    }
}
