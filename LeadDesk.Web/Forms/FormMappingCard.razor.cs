using LeadDesk.Intake.Forms;
using LeadDesk.Intake.Mapping;
using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Forms;

public sealed partial class FormMappingCard(FormSourceService service, FormSourceQueries queries, CustomFieldService customFields, CurrentUserAccessor users, ToastService toasts)
{
    /// <summary>What one form is often all about.</summary>
    private static readonly LeadField[] Fixed = [LeadField.Campaign, LeadField.Source, LeadField.Interest];

    private readonly Dictionary<LeadField, string> constants = [];
    private FieldMapping decided = FieldMapping.Guessed;
    private IReadOnlyList<CustomFieldView> fields = [];
    private IReadOnlyList<Row> rows = [];
    private FormSample? sample;
    private bool loaded, saving;

    [Parameter, EditorRequired] public FormSourceView Form { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback<FormSourceView> OnChanged { get; set; }

    private FieldMapping Mapping => decided with { Constants = constants };

    protected override async Task OnInitializedAsync()
    {
        fields = await customFields.ListAsync(await users.GetAsync(), archivedToo: false, CancellationToken.None);
        decided = Form.Mapping.Offered(fields.Select(field => field.Key));
        foreach (var (field, text) in Form.Mapping.Constants)
            constants[field] = text;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var found = await queries.SampleAsync(await users.GetAsync(), Form.Id, Mapping, CancellationToken.None);
        if (found.Refusal is { } refusal)
            toasts.Show(T[refusal.Message], ToastTone.Error);
        (sample, loaded) = (found.Value, true);
        var answers = sample?.Submission.Answers ?? [];
        var guesses = LeadMapper.Fields(answers, FieldMapping.Guessed);
        var sent = answers.Select((answer, at) => new Row(answer.Key, answer.Label, string.Join(", ", answer.Values), guesses[at], FieldMappingJson.Target(decided, answer.Key.Trim())));
        // Decisions about fields that the newest submission does not have stay in sight.
        var others = decided.Fields.Where(field => !answers.Any(answer => answer.Key.Trim().Equals(field.Key, StringComparison.OrdinalIgnoreCase)))
            .Select(field => new Row(field.Key, null, "", LeadField.Custom, FieldMappingJson.Target(decided, field.Key)));
        rows = [.. sent, .. others];
    }

    private async Task DecideAsync(Row row, ChangeEventArgs change)
    {
        decided = decided.Decide(row.Key.Trim(), change.Value as string);
        await LoadAsync();
    }

    private async Task FixAsync(LeadField field, ChangeEventArgs change)
    {
        if (change.Value is string text && !string.IsNullOrWhiteSpace(text))
            constants[field] = text.Trim();
        else
            constants.Remove(field);
        await LoadAsync();
    }

    private async Task SaveAsync()
    {
        saving = true;
        try
        {
            var saved = await service.ChangeAsync(await users.GetAsync(), Form.Id, new FormSourceChange { Mapping = Mapping }, CancellationToken.None);
            if (saved.Refusal is { } refusal)
            {
                toasts.Show(T[refusal.Message], ToastTone.Error);
                return;
            }

            await OnChanged.InvokeAsync(saved.Value);
            toasts.Show(T["The fields are saved. They count for submissions from now on."]);
        }
        finally
        {
            saving = false;
        }
    }

    /// <summary>One field as it was sent.</summary>
    /// <param name="Decided">A word as the API has it. Null where the guess counts.</param>
    private sealed record Row(string Key, string? Label, string Value, LeadField Guess, string? Decided);
}
