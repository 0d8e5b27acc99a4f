using LeadDesk.Common;
using LeadDesk.FollowUps;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.FollowUps;

/// <summary>What the rows of follow-ups do, on whatever page they stand.</summary>
public sealed class FollowUpActions(FollowUpService service, CurrentUserAccessor me, ReaderZone zone, TimeProvider time, ToastService toasts, IStringLocalizer<Texts> texts)
{
    /// <param name="again">Called when somebody takes it back from the toast.</param>
    public async Task DoneAsync(FollowUpView item, Func<Task> again)
    {
        var done = item.DoneAt is null;
        var outcome = await service.ChangeAsync(await me.GetAsync(), item.Id, new FollowUpChange(Done: done), CancellationToken.None);
        if (Complain(outcome.Refusal) || !done)
            return;
        toasts.Show(texts["Done."], ToastTone.Success, async () =>
        {
            Complain((await service.ChangeAsync(await me.GetAsync(), item.Id, new FollowUpChange(Done: false), CancellationToken.None)).Refusal);
            await again();
        });
    }

    public async Task SnoozeAsync(FollowUpView item, Func<DateTime, DateTime> to)
    {
        var here = await zone.GetAsync();
        var at = ReaderZone.ToUtc(to(TimeZoneInfo.ConvertTimeFromUtc(time.GetUtcNow().UtcDateTime, here)), here);
        Complain((await service.ChangeAsync(await me.GetAsync(), item.Id, new FollowUpChange(DueAt: at), CancellationToken.None)).Refusal);
    }

    /// <param name="again">Called when somebody takes it back from the toast.</param>
    public async Task DeleteAsync(FollowUpView item, Func<Task> again)
    {
        if (Complain((await service.DeleteAsync(await me.GetAsync(), item.Id, CancellationToken.None)).Refusal))
            return;
        toasts.Show(texts["The follow-up was deleted."], ToastTone.Success, item.DoneAt is not null ? null : async () =>
        {
            Complain((await service.AddAsync(await me.GetAsync(), item.LeadId, new NewFollowUp(item.Kind, item.DueAt, item.UserId, item.Text), CancellationToken.None)).Refusal);
            await again();
        });
    }

    private bool Complain(Refusal? refusal)
    {
        if (refusal is not null)
            toasts.Show(texts[refusal.Message], ToastTone.Error);
        return refusal is not null;
    }
}
