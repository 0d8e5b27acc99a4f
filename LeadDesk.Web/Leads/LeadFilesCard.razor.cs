using LeadDesk.Leads;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadFilesCard(LeadFileQueries queries, CurrentUserAccessor me)
{
    private IReadOnlyList<LeadFileView> files = [];
    private (long LeadId, int Version) shown;

    [Parameter, EditorRequired] public long LeadId { get; set; }

    /// <summary>The lead's; the files are read again when it changes.</summary>
    [Parameter, EditorRequired] public int Version { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == (LeadId, Version))
            return;
        shown = (LeadId, Version);
        files = await queries.ListAsync(await me.GetAsync(), LeadId, CancellationToken.None);
    }
}
