using System.Globalization;
using LeadDesk.Leads.Bulk;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Bulk;

/// <summary>One change of many leads: how far it is, what it left out, and the way back.</summary>
public sealed partial class BulkPage(BulkQueries queries, BulkService bulk, BulkActions actions, CurrentUserAccessor me, TimeProvider time, ToastService toasts) : IDisposable
{
    private const int PageSize = 100;
    private static readonly TimeSpan Rhythm = TimeSpan.FromMilliseconds(500);

    private readonly Leaving gone = new();
    private readonly List<BulkItemView> items = [];
    private BulkView? view;
    private string? next;
    private bool missing;
    private bool looking;

    [Parameter] public long Id { get; set; }

    public void Dispose() => gone.Dispose();

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        await LookAsync();
        Follow();
    }

    private void Follow()
    {
        if (view is { IsUnderWay: true } && !looking)
            _ = FollowAsync();
    }

    private async Task FollowAsync()
    {
        looking = true;
        try
        {
            using var timer = new PeriodicTimer(Rhythm, time);
            while (view is { IsUnderWay: true } && await timer.WaitForNextTickAsync(gone.Token))
            {
                await LookAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception)
        {
            // Nobody awaits it: the page's error boundary gets it.
            await DispatchExceptionAsync(exception);
        }
        finally
        {
            looking = false;
        }
    }

    private async Task LookAsync()
    {
        var found = await queries.GetAsync(await me.GetAsync(), Id, gone.Token);
        (view, missing) = (found.Value, !found.Succeeded);
        if (view is { IsUnderWay: false })
        {
            items.Clear();
            next = null;
            await MoreAsync();
        }
    }

    private async Task MoreAsync()
    {
        var page = await queries.LeftAsync(await me.GetAsync(), Id, view?.UndoneAt is not null, next, PageSize, gone.Token);
        if (!page.Succeeded)
            return;
        items.AddRange(page.Value.Items);
        next = page.Value.NextCursor;
    }

    private async Task UndoAsync()
    {
        await actions.UndoAsync(Id);
        await LookAsync();
        Follow();
    }

    private async Task CancelAsync()
    {
        var cancelled = await bulk.CancelAsync(await me.GetAsync(), Id, gone.Token);
        if (!cancelled.Succeeded)
            toasts.Show(T[cancelled.Refusal.Message], ToastTone.Error);
        await LookAsync();
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
