using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Web.Access;
using LeadDesk.Web.Settings;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class StageDialog(
    LeadService leads, LeadQueries queries, LeadExtrasQueries extrasOf, CompanyDirectory companies, CurrentUserAccessor me, ToastService toasts)
{
    private readonly Dictionary<string, string?> answers = new(StringComparer.Ordinal);
    private Question? asked;
    private TaskCompletionSource<Lead?>? answer;
    private FormErrors errors = FormErrors.None;
    private long reasonId;
    private string? comment;
    private bool moving;

    /// <summary>Called after a lead was moved, besides what <see cref="MoveAsync"/> answers.</summary>
    [Parameter] public EventCallback<Lead> OnMoved { get; set; }

    /// <summary>Called with the move instead of a toast when the version was not the lead's any more.</summary>
    [Parameter] public EventCallback<StageMove> OnStale { get; set; }

    private IReadOnlyList<LostReason> Reasons => [.. asked!.Company.LostReasons.Where(reason => reason.ArchivedAt is null)];

    /// <summary>Moves the lead; where the stage asks for a reason or fields, after they were given.</summary>
    /// <param name="version">The lead's as shown; null moves it whatever others did meanwhile.</param>
    /// <returns>The lead as it is then; null when it was refused (a toast says why) or called off.</returns>
    public async Task<Lead?> MoveAsync(long leadId, long stageId, int? version = null)
    {
        Close(null);
        var user = await me.GetAsync();
        var company = await companies.GetAsync(user.CompanyId, CancellationToken.None);
        var details = await queries.GetAsync(user, leadId, CancellationToken.None);
        if (details.Succeeded && details.Value.Lead.StageId == stageId)
            return details.Value.Lead;
        if (details.Succeeded && company.Stage(stageId) is { } stage && StageRules.MayGo(company, details.Value.Lead.StageId, stage))
        {
            var extras = await extrasOf.OfAsync(user, leadId, CancellationToken.None);
            var missing = StageRules.Missing(stage, details.Value.Lead, company, id => extras.Values.Contains(id));
            if (missing.Count > 0 || (stage.Outcome is LeadOutcome.Lost && company.LostReasons.Any(reason => reason.ArchivedAt is null)))
                return await AskAsync(new Question(leadId, version, stage, company, missing));
        }

        var move = new StageMove(stageId);
        return await MovedAsync(move, await leads.ChangeStageAsync(user, leadId, move, version, CancellationToken.None));
    }

    private Task<Lead?> AskAsync(Question question)
    {
        answers.Clear();
        (asked, errors, reasonId, comment) = (question, FormErrors.None, 0, null);
        answer = new TaskCompletionSource<Lead?>(TaskCreationOptions.RunContinuationsAsynchronously);
        StateHasChanged();
        return answer.Task;
    }

    private async Task SubmitAsync()
    {
        if (asked is not { } question || moving)
            return;
        moving = true;
        try
        {
            var move = new StageMove(question.Stage.Id, reasonId is 0 ? null : reasonId, comment) { Edit = Edit(question) };
            var outcome = await leads.ChangeStageAsync(await me.GetAsync(), question.LeadId, move, question.Version, CancellationToken.None);
            errors = new FormErrors(outcome.Refusal, [.. question.Missing.Where(word => word is not StageRules.OwnerWord), "comment", StageRules.LostReasonWord]);
            if (outcome.Succeeded || (outcome.Refusal.Kind is RefusalKind.Stale && OnStale.HasDelegate))
                Close(await MovedAsync(move, outcome));
        }
        finally
        {
            moving = false;
        }
    }

    private LeadEdit? Edit(Question question)
    {
        var given = answers.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).ToList();
        if (given.Count is 0)
            return null;
        return new LeadEdit(given.Where(pair => StageRules.FieldOf(pair.Key) is not null).ToDictionary(pair => StageRules.FieldOf(pair.Key)!.Value, pair => pair.Value))
        {
            Custom = given.Where(pair => StageRules.CustomOf(pair.Key, question.Company) is not null)
                .ToDictionary(pair => StageRules.CustomOf(pair.Key, question.Company)!.Key, pair => pair.Value, StringComparer.Ordinal),
            Format = FieldFormat.Of(CultureInfo.CurrentCulture),
        };
    }

    private async Task<Lead?> MovedAsync(StageMove move, Outcome<Lead> outcome)
    {
        if (outcome.Refusal is { Kind: RefusalKind.Stale } && OnStale.HasDelegate)
        {
            asked = null;
            await OnStale.InvokeAsync(move);
            return null;
        }

        if (!outcome.Succeeded)
        {
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
            return null;
        }

        await OnMoved.InvokeAsync(outcome.Value);
        return outcome.Value;
    }

    private void Close(Lead? moved)
    {
        asked = null;
        answer?.TrySetResult(moved);
        answer = null;
    }

    private sealed record Question(long LeadId, int? Version, Stage Stage, CompanyRules Company, IReadOnlyList<string> Missing);
}
