using LeadDesk.Intake.Mapping;
using LeadDesk.Intake.Meta;
using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Meta;

public sealed partial class MetaMappingCard(MetaConnectionService service, CustomFieldService customFields, CurrentUserAccessor users, ToastService toasts)
{
    private FieldMapping decided = FieldMapping.Guessed;
    private IReadOnlyList<CustomFieldView> fields = [];
    private IReadOnlyList<MetaQuestion> questions = [];

    [Parameter, EditorRequired] public MetaConnectionView View { get; set; } = null!;

    [Parameter, EditorRequired] public IReadOnlyList<MetaForm> Forms { get; set; } = [];

    [Parameter] public EventCallback Saved { get; set; }

    protected override async Task OnInitializedAsync()
    {
        fields = await customFields.ListAsync(await users.GetAsync(), archivedToo: false, CancellationToken.None);
        decided = View.Mapping.Offered(fields.Select(field => field.Key));
    }

    /// <summary>Consents of the disclaimer are consents; they are not asked about.</summary>
    protected override void OnParametersSet() =>
        questions = [.. Forms.SelectMany(form => MetaQuestions.Read(form.Questions)).Where(question => question.Type is not MetaQuestions.Disclaimer).DistinctBy(question => question.Key, StringComparer.OrdinalIgnoreCase)];

    private static LeadField Guess(MetaQuestion question) => FieldGuess.Of(new FormAnswer(question.Key, question.Label, [])).Field;

    private string Chosen(MetaQuestion question) => FieldMappingJson.Target(decided, question.Key) ?? "";

    private void Choose(MetaQuestion question, ChangeEventArgs change) => decided = decided.Decide(question.Key, change.Value as string);

    private async Task SaveAsync()
    {
        var outcome = await service.ChangeAsync(await users.GetAsync(), View.Id, new MetaConnectionChange { Mapping = decided }, CancellationToken.None);
        toasts.ShowOutcome(outcome, T, T["Saved. Leads that come in from now on are read like this."]);
        await Saved.InvokeAsync();
    }
}
