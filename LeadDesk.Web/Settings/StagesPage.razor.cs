using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Leads.Setup;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;

namespace LeadDesk.Web.Settings;

public sealed partial class StagesPage(PipelineService service, StageService stages, CurrentUserAccessor users, ToastService toasts)
{
    private IReadOnlyList<PipelineView>? pipelines;
    private EditedStage? edited;
    private StageRemovalTarget? removal;
    private PipelineName? naming;
    private FormErrors nameErrors = FormErrors.None;

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    private static string Css(StageView stage) => Tone.Css(stage.Colour ?? stage.Outcome switch { LeadOutcome.Won => "green", LeadOutcome.Lost => "grey", _ => "blue" });

    private static string IconOf(LeadOutcome outcome) => outcome switch { LeadOutcome.Won => "won", LeadOutcome.Lost => "lost", _ => "open" };

    private async Task LoadAsync() => pipelines = await service.ListAsync(await users.GetAsync(), CancellationToken.None);

    private string FactsOf(StageView stage)
    {
        var facts = new List<string>();
        if (stage.Leads is { } leads)
            facts.Add(T[leads == 1 ? "{0} lead" : "{0} leads", leads.ToString("N0", System.Globalization.CultureInfo.CurrentCulture)]);
        if (stage.RequiredFields.Count > 0)
            facts.Add(T["asks for {0}", stage.RequiredFields.Count]);
        if (stage.AllowedMoves.Count > 0)
            facts.Add(T["leads to {0}", stage.AllowedMoves.Count]);
        return string.Join(" · ", facts);
    }

    private void Edit(PipelineView pipeline, StageView? stage) => edited = new EditedStage(pipeline, stage);

    private void Remove(StageView stage) => removal = new StageRemovalTarget(stage.Name, null, stage.Id, stage.Leads ?? 0, Targets(other => other.Id != stage.Id));

    private void Remove(PipelineView pipeline) =>
        removal = new StageRemovalTarget(pipeline.Name, pipeline.Id, null, pipeline.Stages.Sum(stage => stage.Leads ?? 0), Targets(stage => stage.PipelineId != pipeline.Id));

    private IReadOnlyList<(long Id, string Name)> Targets(Func<StageView, bool> fits) =>
    [
        .. pipelines!.Where(pipeline => !pipeline.Leaving)
            .SelectMany(pipeline => pipeline.Stages.Where(stage => !stage.Leaving && fits(stage)).Select(stage => (stage.Id, pipelines!.Count > 1 ? $"{pipeline.Name}: {stage.Name}" : stage.Name))),
    ];

    private async Task SavedAsync(string name)
    {
        edited = null;
        toasts.Show(T["{0} is saved.", name]);
        await LoadAsync();
    }

    private async Task RemovedAsync(string name)
    {
        removal = null;
        toasts.Show(T["{0} is deleted.", name]);
        await LoadAsync();
    }

    private async Task OrderAsync(PipelineView pipeline, IReadOnlyList<long> ids) => await ShowAsync(await stages.OrderAsync(await users.GetAsync(), pipeline.Id, ids, CancellationToken.None));

    private async Task OrderAsync(PipelineView pipeline, int step)
    {
        var ids = pipelines!.Select(row => row.Id).ToList();
        var at = ids.IndexOf(pipeline.Id);
        if (at + step < 0 || at + step >= ids.Count)
            return;
        (ids[at], ids[at + step]) = (ids[at + step], ids[at]);
        await ShowAsync(await service.OrderAsync(await users.GetAsync(), ids, CancellationToken.None));
    }

    private async Task ShowAsync(Outcome<bool> outcome)
    {
        if (!outcome.Succeeded)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        await LoadAsync();
    }

    private async Task NameAsync()
    {
        if (naming is not { } wanted)
            return;
        var user = await users.GetAsync();
        var refusal = wanted.Id is { } id
            ? (await service.RenameAsync(user, id, wanted.Name, CancellationToken.None)).Refusal
            : (await service.AddAsync(user, wanted.Name, wanted.UsualStages, CancellationToken.None)).Refusal;
        nameErrors = new FormErrors(refusal, "name");
        if (refusal is null)
        {
            CloseNaming();
            await LoadAsync();
        }
    }

    private void CloseNaming() => (naming, nameErrors) = (null, FormErrors.None);

    /// <param name="id">Null for a new one.</param>
    private sealed class PipelineName(long? id, string name)
    {
        public long? Id => id;

        public string Name { get; set; } = name;

        public bool UsualStages { get; set; } = true;
    }
}
