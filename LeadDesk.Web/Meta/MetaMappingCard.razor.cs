using LeadDesk.Intake.Mapping;
using LeadDesk.Intake.Meta;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Meta;

public sealed partial class MetaMappingCard(MetaConnectionService service, CurrentUserAccessor users, ToastService toasts)
{
    private readonly Dictionary<string, LeadField> decided = new(StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<MetaQuestion> questions = [];

    [Parameter, EditorRequired] public MetaConnectionView View { get; set; } = null!;

    [Parameter, EditorRequired] public IReadOnlyList<MetaForm> Forms { get; set; } = [];

    [Parameter] public EventCallback Saved { get; set; }

    protected override void OnInitialized()
    {
        foreach (var (key, field) in View.Mapping.Fields)
            decided[key] = field;
    }

    /// <summary>Consents of the disclaimer are consents; they are not asked about.</summary>
    protected override void OnParametersSet() =>
        questions = [.. Forms.SelectMany(form => MetaQuestions.Read(form.Questions)).Where(question => question.Type is not MetaQuestions.Disclaimer).DistinctBy(question => question.Key, StringComparer.OrdinalIgnoreCase)];

    private static LeadField Guess(MetaQuestion question) => FieldGuess.Of(new FormAnswer(question.Key, question.Label, [])).Field;

    private string Chosen(MetaQuestion question) => decided.TryGetValue(question.Key, out var field) ? field.ToString() : "";

    private void Choose(MetaQuestion question, ChangeEventArgs change)
    {
        if (FieldMappingJson.Field(change.Value as string) is { } field)
            decided[question.Key] = field;
        else
            decided.Remove(question.Key);
    }

    private async Task SaveAsync()
    {
        var mapping = View.Mapping with { Fields = new Dictionary<string, LeadField>(decided, StringComparer.OrdinalIgnoreCase) };
        var outcome = await service.ChangeAsync(await users.GetAsync(), View.Id, new MetaConnectionChange { Mapping = mapping }, CancellationToken.None);
        toasts.ShowOutcome(outcome, T, T["Saved. Leads that come in from now on are read like this."]);
        await Saved.InvokeAsync();
    }
}
