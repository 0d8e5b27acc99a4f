using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Companies;
using LeadDesk.FollowUps;
using LeadDesk.Leads;
using LeadDesk.Leads.Bulk;
using LeadDesk.Web.Access;
using LeadDesk.Web.FollowUps;
using LeadDesk.Web.Settings;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Bulk;

public sealed partial class BulkDialog(BulkActions actions, CompanyDirectory companies, UserDirectory directory, CurrentUserAccessor me, ReaderZone zone, TimeProvider time)
{
    private static readonly string[] Shown = ["value", "lost_reason", "comment", "field", "due_at", "assignee_id", "text", "reason"];

    private readonly HashSet<long> owners = [];
    private BulkRequest? which;
    private int count;
    private CompanyRules? company;
    private IReadOnlyList<DirectoryUser> people = [];
    private FormErrors errors = FormErrors.None;
    private long stageId, lostReasonId, personId;
    private string? text, field;
    private bool untag, running;
    private FollowUpKind kind;
    private DateTime? due;

    /// <summary>Called once the leads were changed, or a job has begun to.</summary>
    [Parameter, EditorRequired] public EventCallback<BulkResult> OnDone { get; set; }

    private string Title => which?.Action switch
    {
        null => "",
        BulkAction.Status => count is 1 ? T["Move 1 lead"] : T["Move {0} leads", Number],
        BulkAction.Assign => count is 1 ? T["Assign 1 lead"] : T["Assign {0} leads", Number],
        BulkAction.Tag => count is 1 ? T["Tag 1 lead"] : T["Tag {0} leads", Number],
        BulkAction.Field => count is 1 ? T["Change a field of 1 lead"] : T["Change a field of {0} leads", Number],
        BulkAction.FollowUp => count is 1 ? T["Follow-up for 1 lead"] : T["Follow-up for {0} leads", Number],
        BulkAction.Helper => count is 1 ? T["A helper for 1 lead"] : T["A helper for {0} leads", Number],
        _ => count is 1 ? T["Delete this lead?"] : T["Delete {0} leads?", Number],
    };

    private string Verb => which?.Action switch
    {
        BulkAction.Status => T["Move"],
        BulkAction.Assign => owners.Count is 0 ? T["Take the owner away"] : T["Assign"],
        BulkAction.Tag => untag ? T["Take away"] : T["Add tag"],
        BulkAction.FollowUp => T["Set follow-up"],
        BulkAction.Helper => T["Add helper"],
        BulkAction.Delete => T["Delete"],
        _ => T["Change"],
    };

    private string Number => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>Opens it.</summary>
    /// <param name="request">Action and leads; the rest is asked.</param>
    /// <param name="leads">How many, for the heading.</param>
    public async Task AskAsync(BulkRequest request, int leads)
    {
        var user = await me.GetAsync();
        company = await companies.GetAsync(user.CompanyId, CancellationToken.None);
        people = [.. (await directory.OfAsync(user.CompanyId)).All.Where(person => person is { Active: true, Role: not Role.Integration }).OrderBy(person => person.Name, StringComparer.CurrentCulture)];
        owners.Clear();
        (stageId, lostReasonId, personId, text, field, untag, kind) = (company.FirstStage.Id, 0, 0, null, null, false, FollowUpKind.Call);
        due = QuickTimes.Tomorrow(TimeZoneInfo.ConvertTimeFromUtc(time.GetUtcNow().UtcDateTime, await zone.GetAsync()));
        (which, count, errors) = (request, leads, FormErrors.None);
        StateHasChanged();
    }

    private void Close() => which = null;

    private void Toggle(long personId, bool chosen)
    {
        if (chosen)
            owners.Add(personId);
        else
            owners.Remove(personId);
    }

    private async Task RunAsync()
    {
        if (which is not { } request || running)
            return;
        running = true;
        try
        {
            var done = await actions.RunAsync(await FilledAsync(request), CancellationToken.None);
            errors = new FormErrors(done.Refusal, Shown);
            if (!done.Succeeded)
                return;
            which = null;
            await OnDone.InvokeAsync(done.Value);
        }
        finally
        {
            running = false;
        }
    }

    private async Task<BulkRequest> FilledAsync(BulkRequest request) => request.Action switch
    {
        BulkAction.Status => request with { StageId = stageId, LostReasonId = company!.Stage(stageId) is { Outcome: LeadOutcome.Lost } && lostReasonId > 0 ? lostReasonId : null, Comment = Blank(text) },
        BulkAction.Assign => request with { OwnerIds = [.. people.Select(person => person.Id).Where(owners.Contains)] },
        BulkAction.Tag => request with { Action = untag ? BulkAction.Untag : BulkAction.Tag, TagName = text ?? "" },
        BulkAction.Field => request with { Field = field, Value = BulkFieldChoice.Plain(company!, field, text) },
        BulkAction.FollowUp => request with
        {
            FollowUpKind = kind,
            DueAt = due is { } local ? ReaderZone.ToUtc(local, await zone.GetAsync()) : null,
            AssigneeId = personId > 0 ? personId : null,
            Text = Blank(text),
        },
        BulkAction.Helper => request with { HelperId = personId },
        _ => request with { Reason = Blank(text) },
    };

    private string StageName(Stage stage) => company!.Pipelines.Count > 1 ? $"{company.Pipelines.FirstOrDefault(row => row.Id == stage.PipelineId)?.Name} · {stage.Name}" : stage.Name;

    private static string? Blank(string? words) => string.IsNullOrWhiteSpace(words) ? null : words.Trim();
}
