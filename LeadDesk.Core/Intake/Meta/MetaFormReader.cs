using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>Reads one form to its end, page by page; each page is stored before the next is asked for, so that a crash goes on where it stopped.</summary>
internal sealed class MetaFormReader(Database database, GraphClient graph, MetaLeadStore store, TimeProvider clock)
{
    /// <summary>Meta shows leads a little late and not in strict order; what was here already is told by its id.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>Meta forgets leads after about ninety days.</summary>
    private static readonly TimeSpan Backfill = TimeSpan.FromDays(90);

    private const int SmallestPage = 10;

    /// <returns>Null when it was read to its end.</returns>
    public async Task<GraphError?> ReadAsync(MetaAccount account, MetaForm form, MetaRunRecord run, CancellationToken cancellationToken)
    {
        var goesOn = form.Cursor is not null;
        var error = await PassAsync(account, form, run, cancellationToken);
        if (error is null && goesOn)
            // The rest of an older run; leads that were made since then come now.
            error = await PassAsync(account, form, run, cancellationToken);
        if (error is null || error.Kind is GraphErrorKind.BadObject)
            await NoteErrorAsync(account, form, error?.Words, cancellationToken);
        return error;
    }

    private async Task<GraphError?> PassAsync(MetaAccount account, MetaForm form, MetaRunRecord run, CancellationToken cancellationToken)
    {
        var source = account.SourceOf(form);
        var limit = GraphClient.LargestPage;
        var resumed = form.Cursor is not null;
        if (!resumed)
            (form.CursorSince, form.CursorNewest) = (form.Watermark is { } read ? read - Overlap : Now() - Backfill, null);
        while (true)
        {
            var answer = await graph.LeadsAsync(account.Access, form.FormId, form.CursorSince!.Value, null, limit, form.Cursor, idsOnly: false, cancellationToken);
            run.Note(answer);
            if (answer.Error is { } error)
            {
                if (error.MayBeTooMuchData && limit > SmallestPage)
                {
                    limit = Math.Max(limit / 2, SmallestPage);
                    continue;
                }

                if (error.Kind is GraphErrorKind.BadObject && resumed)
                {
                    // Meta has forgotten the place: once more from the beginning.
                    (resumed, form.Cursor) = (false, null);
                    continue;
                }

                return error;
            }

            var readings = answer.Value!.Items.Select(item => MetaLeadReader.Read(item, source)).ToList();
            run.Note(readings.Count, await store.StoreAsync(account.CompanyId, readings, form.FormId, cancellationToken));
            if (await MoveAsync(account, form, run, readings, answer.Value.After, cancellationToken))
                return null;
        }
    }

    /// <returns>Whether that was the last page.</returns>
    private async Task<bool> MoveAsync(MetaAccount account, MetaForm form, MetaRunRecord run, List<MetaReading> readings, string? after, CancellationToken cancellationToken)
    {
        var now = Now();
        // A wrong clock must not push the watermark into the future.
        var newest = readings.Max(reading => reading.CreatedAt > now ? now : reading.CreatedAt);
        form.CursorNewest = Later(form.CursorNewest, newest);
        form.LastLeadAt = Later(form.LastLeadAt, newest);
        var ended = after is null || after == form.Cursor;
        if (ended)
            (form.Watermark, form.Cursor, form.CursorSince, form.CursorNewest) = (Later(form.Watermark, form.CursorNewest), null, null, null);
        else
            form.Cursor = after;
        await database.WriteAsync(
            account.CompanyId,
            async context =>
            {
                await context.MetaForms.Where(row => row.Id == form.Id).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Watermark, form.Watermark)
                        .SetProperty(row => row.Cursor, form.Cursor)
                        .SetProperty(row => row.CursorSince, form.CursorSince)
                        .SetProperty(row => row.CursorNewest, form.CursorNewest)
                        .SetProperty(row => row.LastLeadAt, form.LastLeadAt),
                    cancellationToken);
                return await MetaRuns.ShowAsync(context, run.Row, cancellationToken);
            },
            cancellationToken);
        return ended;
    }

    private async Task NoteErrorAsync(MetaAccount account, MetaForm form, string? words, CancellationToken cancellationToken)
    {
        if (form.LastError == words)
            return;
        form.LastError = words;
        await database.WriteAsync(
            account.CompanyId,
            context => context.MetaForms.Where(row => row.Id == form.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastError, words), cancellationToken),
            cancellationToken);
    }

    private static DateTime? Later(DateTime? one, DateTime? other) => one is null || other > one ? other : one;

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
