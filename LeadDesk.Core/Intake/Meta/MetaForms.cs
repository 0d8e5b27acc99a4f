using System.Text.Json;
using LeadDesk.Data;
using LeadDesk.Notifications;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Meta;

/// <summary>Keeps the forms of a connection as Meta has them: new ones appear by themselves, changed and archived ones are told.</summary>
internal sealed class MetaForms(Database database, GraphClient graph, MetaAccounts accounts, NoticeService notices)
{
    private const int MostPages = 100;

    private static readonly string[] GoneWords = ["ARCHIVED", "DELETED"];

    public static bool IsGone(MetaForm form) => form.Status is { } status && GoneWords.Contains(status, StringComparer.OrdinalIgnoreCase);

    /// <param name="everything">Also asks for forms that are named by the connection and known already.</param>
    /// <returns>The forms to read; or why Meta did not give them.</returns>
    public async Task<(IReadOnlyList<MetaForm> Forms, GraphError? Error)> RefreshAsync(
        MetaAccount account, MetaRunRecord? run, bool everything, CancellationToken cancellationToken)
    {
        var known = await accounts.FormsAsync(account, cancellationToken);
        var (found, error) = account.FormIds.Count is 0
            ? await ListAsync(account, run, cancellationToken)
            : await NamedAsync(account, known, run, everything, cancellationToken);
        if (error is not null)
            return (known, error);

        foreach (var form in found)
        {
            if (GraphJson.Text(form, "id"u8) is { Length: <= 50 } id)
                await KeepAsync(account, known, id, form, cancellationToken);
        }

        if (run is not null)
            run.Row.Expected = ExpectedOf(found);
        return (known, null);
    }

    private static int? ExpectedOf(IReadOnlyList<JsonElement> forms)
    {
        var counts = forms.Select(form => GraphJson.Whole(form, "leads_count"u8)).OfType<int>().ToList();
        return counts.Count is 0 ? null : counts.Sum();
    }

    private async Task<(List<JsonElement> Forms, GraphError? Error)> ListAsync(MetaAccount account, MetaRunRecord? run, CancellationToken cancellationToken)
    {
        var forms = new List<JsonElement>();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await graph.FormsAsync(account.Access, account.Connection.PageId, after, cancellationToken);
            run?.Note(answer);
            if (!answer.Succeeded)
                return (forms, answer.Error);
            forms.AddRange(answer.Value.Items);
            if (answer.Value.After is not { } next || next == after)
                break;
            after = next;
        }

        return (forms, null);
    }

    private async Task<(List<JsonElement> Forms, GraphError? Error)> NamedAsync(
        MetaAccount account, List<MetaForm> known, MetaRunRecord? run, bool everything, CancellationToken cancellationToken)
    {
        var forms = new List<JsonElement>();
        foreach (var id in account.FormIds)
        {
            var here = known.Find(form => form.FormId == id);
            if (here is null)
                known.Add(await AddAsync(account, id, cancellationToken));
            else if (!everything && here.Questions is not null)
                continue;
            var answer = await graph.FormAsync(account.Access, id, cancellationToken);
            run?.Note(answer);
            if (answer.Succeeded)
                forms.Add(answer.Value);
            else if (answer.Error.Kind is not (GraphErrorKind.BadObject or GraphErrorKind.Permission))
                return (forms, answer.Error);
            // What a form asks needs other rights than its leads: those are tried all the same.
        }

        return (forms, null);
    }

    private Task<MetaForm> AddAsync(MetaAccount account, string formId, CancellationToken cancellationToken) => database.WriteAsync(
        account.CompanyId,
        async context =>
        {
            if (await context.MetaForms.SingleOrDefaultAsync(row => row.ConnectionId == account.Id && row.FormId == formId, cancellationToken) is { } here)
                return here;
            var form = new MetaForm { CompanyId = account.CompanyId, ConnectionId = account.Id, FormId = formId };
            context.MetaForms.Add(form);
            await context.SaveChangesAsync(cancellationToken);
            return form;
        },
        cancellationToken);

    private async Task KeepAsync(MetaAccount account, List<MetaForm> known, string id, JsonElement given, CancellationToken cancellationToken)
    {
        var form = known.Find(row => row.FormId == id);
        if (form is null)
        {
            form = await AddAsync(account, id, cancellationToken);
            known.Add(form);
        }

        var (name, status, questions) = (GraphJson.Text(given, "name"u8) ?? form.Name, GraphJson.Text(given, "status"u8) ?? form.Status, MetaQuestions.Write(given) ?? form.Questions);
        if ((name, status, questions) == (form.Name, form.Status, form.Questions))
            return;
        var before = (form.Status, form.Questions, WasGone: IsGone(form));
        (form.Name, form.Status, form.Questions) = (name, status, questions);
        await database.WriteAsync(
            account.CompanyId,
            context => context.MetaForms.Where(row => row.Id == form.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Name, name).SetProperty(row => row.Status, status).SetProperty(row => row.Questions, questions), cancellationToken),
            cancellationToken);
        await TellAsync(account, form, before, cancellationToken);
    }

    private async Task TellAsync(MetaAccount account, MetaForm form, (string? Status, string? Questions, bool WasGone) before, CancellationToken cancellationToken)
    {
        var name = $"{MetaTroubles.NameOf(account.Connection)}, form {form.Name ?? form.FormId}";
        if (before.Questions is not null && before.Questions != form.Questions)
        {
            await notices.OpenAsync(
                account.CompanyId, MetaNotices.FormChanged, form.FormId, $"{name}: its questions were changed ({Difference(before.Questions, form.Questions)}). Check where the answers go.", MetaNotices.Link, cancellationToken);
        }

        if (IsGone(form) && before.Status is not null && !before.WasGone)
        {
            await notices.OpenAsync(
                account.CompanyId, MetaNotices.FormArchived, form.FormId, $"{name}: it was archived at Meta and brings no more leads. Those it brought are here.", MetaNotices.Link, cancellationToken);
        }
        else if (!IsGone(form) && before.WasGone)
        {
            await notices.CloseAsync(account.CompanyId, MetaNotices.FormArchived, form.FormId, cancellationToken);
        }
    }

    private static string Difference(string before, string? after)
    {
        var (old, now) = (MetaQuestions.Read(before).Select(question => question.Key).ToHashSet(), MetaQuestions.Read(after).Select(question => question.Key).ToHashSet());
        var parts = new[] { ("new", now.Except(old)), ("gone", old.Except(now)) }
            .Where(part => part.Item2.Any())
            .Select(part => $"{part.Item1}: {string.Join(", ", part.Item2.Take(5))}")
            .ToList();
        return parts.Count is 0 ? "other wording or options" : string.Join("; ", parts);
    }
}
