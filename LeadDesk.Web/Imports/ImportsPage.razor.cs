using LeadDesk.Common;
using LeadDesk.Intake.Import;
using LeadDesk.Intake.Import.Reading;
using LeadDesk.Web.Access;
using LeadDesk.Web.Meta;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace LeadDesk.Web.Imports;

public sealed partial class ImportsPage(ImportService imports, ImportQueries queries, CurrentUserAccessor users, ToastService toasts, NavigationManager navigation)
{
    private const int PageSize = 50;
    private const int BlockSize = 1 << 16;

    private readonly Refresher refresher = new();
    private List<ImportListRow>? rows;
    private IReadOnlyList<SavedMapping> mappings = [];
    private string? cursor;
    private int shown = PageSize;
    private string? uploading;
    private int percent;
    private string? problem;

    [Inject] private ImportUploads Uploads { get; set; } = null!;

    public void Dispose() => refresher.Dispose();

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        await LoadAsync();
        refresher.Start(() => InvokeAsync(async () =>
        {
            if (uploading is not null)
                return;
            await LoadAsync();
            StateHasChanged();
        }), DispatchExceptionAsync);
    }

    private async Task LoadAsync()
    {
        var user = await users.GetAsync();
        var page = await queries.ListAsync(user, null, shown, CancellationToken.None);
        (rows, cursor) = ([.. page.Value?.Items ?? []], page.Value?.NextCursor);
        mappings = (await queries.MappingsAsync(user, CancellationToken.None)).Value ?? [];
    }

    private Task MoreAsync()
    {
        shown = Math.Min(shown + PageSize, 500);
        return LoadAsync();
    }

    private async Task UploadAsync(InputFileChangeEventArgs change)
    {
        problem = null;
        if (change.File.Size > Uploads.Largest)
        {
            problem = Uploads.TooLargeWords;
            return;
        }

        (uploading, percent) = (change.File.Name, 0);
        try
        {
            await using var file = TemporaryFiles.Create();
            await CopyAsync(change.File, file);
            var uploaded = await imports.UploadAsync(await users.GetAsync(), change.File.Name, file, new FormatChoice(), null, CancellationToken.None);
            if (uploaded.Succeeded)
                navigation.NavigateTo($"/imports/{uploaded.Value}");
            else
                problem = uploaded.Refusal.Message;
        }
        catch (IOException)
        {
            problem = "The file changed or went away while it was being read. Choose it again.";
        }
        finally
        {
            uploading = null;
        }
    }

    private async Task CopyAsync(IBrowserFile from, Stream to)
    {
        await using var source = from.OpenReadStream(Uploads.Largest);
        var block = new byte[BlockSize];
        long copied = 0;
        while (await source.ReadAsync(block) is > 0 and var read)
        {
            await to.WriteAsync(block.AsMemory(0, read));
            copied += read;
            var now = from.Size is 0 ? 100 : (int)(copied * 100 / from.Size);
            if (now == percent)
                continue;
            percent = now;
            StateHasChanged();
        }
    }

    private async Task ForgetAsync(SavedMapping mapping)
    {
        var deleted = await imports.DeleteMappingAsync(await users.GetAsync(), mapping.Id, CancellationToken.None);
        toasts.ShowOutcome(deleted, T, T["The mapping is deleted."]);
        await LoadAsync();
    }
}
