using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using LeadDesk.Web.Leads;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Settings;

/// <param name="Stage">Null for a new one.</param>
public sealed record EditedStage(PipelineView Pipeline, StageView? Stage);

public sealed partial class StageEditor(StageService stages, CompanyDirectory companies, CurrentUserAccessor users)
{
    private EditedStage? shown;
    private Form? form;
    private CompanyRules? company;
    private FormErrors errors = FormErrors.None;
    private bool touched;
    private bool leaving;
    private bool saving;

    /// <summary>Null while it is closed.</summary>
    [Parameter, EditorRequired] public EditedStage? Edited { get; set; }

    [Parameter, EditorRequired] public EventCallback OnClose { get; set; }

    /// <summary>With the stage's name.</summary>
    [Parameter, EditorRequired] public EventCallback<string> OnSaved { get; set; }

    private IEnumerable<(string Word, string Name)> Fields =>
    [
        .. StageRules.Words.Where(word => word is not StageRules.LostReasonWord || form!.Outcome is LeadOutcome.Lost)
            .Select(word => (word, word switch { StageRules.OwnerWord => T["Owner"].Value, StageRules.LostReasonWord => T["Lost reason"].Value, _ => T.Of(StageRules.FieldOf(word)!.Value) })),
        .. company!.Fields.Select(custom => (CustomFieldValues.JsonPlace(custom.Key), custom.Name)),
    ];

    private IEnumerable<StageView> Others => Edited!.Pipeline.Stages.Where(stage => stage.Id != form!.Stage?.Id && !stage.Leaving);

    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(shown, Edited))
            return;
        shown = Edited;
        (errors, touched, leaving) = (FormErrors.None, false, false);
        if (Edited is not null)
            company = await companies.GetAsync((await users.GetAsync()).CompanyId, CancellationToken.None);
        form = Edited is null ? null : new Form(Edited.Stage);
    }

    private void Touch() => touched = true;

    private void SetColour(string colour) => (form!.Colour, touched) = (colour, true);

    private void Restrict(bool restricted) => (form!.Restricted, touched) = (restricted, true);

    private void Toggle<T1>(HashSet<T1> set, T1 item, bool chosen)
    {
        touched = true;
        if (chosen)
            set.Add(item);
        else
            set.Remove(item);
    }

    /// <summary>The browser has closed the dialog already; what was typed opens it again.</summary>
    private Task TryCloseAsync()
    {
        if (touched && !leaving)
        {
            leaving = true;
            return Task.CompletedTask;
        }

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
            var outcome = wanted.Stage is { } stage
                ? await stages.ChangeAsync(user, stage.Id, wanted.Change, CancellationToken.None)
                : await stages.AddAsync(user, Edited!.Pipeline.Id, wanted.Change, CancellationToken.None);
            errors = new FormErrors(outcome.Refusal, "name", "outcome", "stale_days", "required_fields");
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

    private sealed class Form(StageView? stage)
    {
        public StageView? Stage => stage;

        public string Name { get; set; } = stage?.Name ?? "";

        public LeadOutcome Outcome { get; set; } = stage?.Outcome ?? LeadOutcome.Open;

        public string? Colour { get; set; } = stage?.Colour;

        public int StaleDays { get; set; } = stage?.StaleDays ?? LeadDesk.Leads.Stage.DefaultStaleDays;

        public HashSet<string> Required { get; } = [.. stage?.RequiredFields ?? []];

        public bool Restricted { get; set; } = stage?.AllowedMoves.Count > 0;

        public HashSet<long> Moves { get; } = [.. stage?.AllowedMoves ?? []];

        public StageChange Change => new()
        {
            Name = Name,
            Outcome = Outcome,
            Colour = Colour ?? "",
            StaleDays = StaleDays == LeadDesk.Leads.Stage.DefaultStaleDays ? 0 : StaleDays,
            RequiredFields = [.. Required],
            AllowedMoves = Restricted ? [.. Moves] : [],
            Version = stage?.Version,
        };
    }
}
