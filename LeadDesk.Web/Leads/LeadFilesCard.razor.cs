using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadFilesCard(LeadFileQueries queries, LeadFileService service, CurrentUserAccessor me, ToastService toasts)
{
    private const int MostAtOnce = 20;

    private IReadOnlyList<LeadFileView>? files;
    private (long LeadId, int Version) shown;
    private ConfirmDialog? confirm;
    private LeadFileView? renaming;
    private string? newName;
    private string? error;
    private string? uploading;
    private int progress;

    [Parameter, EditorRequired] public long LeadId { get; set; }

    /// <summary>The lead's; the files are read again when it changes.</summary>
    [Parameter, EditorRequired] public int Version { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == (LeadId, Version))
            return;
        shown = (LeadId, Version);
        files = await queries.ListAsync(await me.GetAsync(), LeadId, CancellationToken.None);
    }

    private string HrefOf(LeadFileView file) => $"/leads/{LeadId}/files/{file.Id}";

    private async Task UploadAsync(InputFileChangeEventArgs chosen)
    {
        if (chosen.FileCount > MostAtOnce)
        {
            toasts.Show(T["Choose at most {0} files at once.", MostAtOnce], ToastTone.Error);
            return;
        }

        try
        {
            foreach (var file in chosen.GetMultipleFiles(MostAtOnce))
                await UploadAsync(file);
        }
        catch (IOException)
        {
            // The browser went away or could not read the file.
            toasts.Show(T["The file could not be read to its end. Try again."], ToastTone.Error);
        }
        finally
        {
            uploading = null;
        }

        await OnChanged.InvokeAsync();
    }

    private async Task UploadAsync(IBrowserFile file)
    {
        if (file.Size > Options.Limits.UploadBytes)
        {
            toasts.Show(T["{0} is larger than {1} MB. Choose a smaller file.", file.Name, Options.Limits.UploadMegabytes], ToastTone.Error);
            return;
        }

        (uploading, progress) = (file.Name, 0);
        await using var content = file.OpenReadStream(Options.Limits.UploadBytes);
        Complain(await service.AddAsync(await me.GetAsync(), LeadId, file.Name, content, Options.Limits.UploadBytes, ShowProgress, CancellationToken.None));

        void ShowProgress(long read)
        {
            progress = (int)(100 * read / Math.Max(1, file.Size));
            _ = InvokeAsync(StateHasChanged);
        }
    }

    private void Rename(LeadFileView file) => (renaming, newName, error) = (file, file.Name, null);

    private async Task StoreNameAsync()
    {
        if (renaming is not { } file)
            return;
        var outcome = await service.RenameAsync(await me.GetAsync(), LeadId, file.Id, newName, CancellationToken.None);
        error = outcome.Refusal?.Message;
        if (!outcome.Succeeded)
            return;
        renaming = null;
        await OnChanged.InvokeAsync();
    }

    private async Task DeleteAsync(LeadFileView file)
    {
        if (!await confirm!.AskAsync(T["Delete this file?"], T["{0} is gone for good; the timeline says so.", file.Name], T["Delete file"]))
            return;
        Complain(await service.DeleteAsync(await me.GetAsync(), LeadId, file.Id, CancellationToken.None));
        await OnChanged.InvokeAsync();
    }

    private void Complain(Outcome<Lead> outcome)
    {
        if (!outcome.Succeeded)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
    }
}
