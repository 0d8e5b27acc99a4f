using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class TagEditor(LeadService leads, LeadExtrasQueries queries, CurrentUserAccessor me)
{
    private const int MostSuggestions = 12;

    private (long LeadId, int Version) read;
    private IReadOnlyList<Tag> tags = [];
    private string? written;
    private string? error;

    [Parameter, EditorRequired] public LeadView View { get; set; } = null!;

    /// <summary>The lead was changed: read it again.</summary>
    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    /// <summary>Those that have what is written in their name and are not on the lead yet.</summary>
    private IEnumerable<Tag> Suggestions
    {
        get
        {
            var folded = SearchText.Fold(written);
            return View.Company.Tags.Where(tag => tags.All(other => other.Id != tag.Id) && tag.NameKey.Contains(folded, StringComparison.Ordinal)).Take(MostSuggestions);
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (View.Lead.Id, View.Lead.Version);
        if (read == wanted)
            return;
        var found = await queries.OfAsync(await me.GetAsync(), wanted.Id, CancellationToken.None);
        if (wanted == (View.Lead.Id, View.Lead.Version))
            (tags, read) = (found.Tags, wanted);
    }

    private async Task AddAsync()
    {
        if (!string.IsNullOrWhiteSpace(written) && await ChangeAsync(LeadEdit.None with { AddTags = [written] }))
            written = null;
    }

    private Task<bool> RemoveAsync(Tag tag) => ChangeAsync(LeadEdit.None with { RemoveTags = [tag.Name] });

    /// <summary>Tags are added and removed one by one, so another's change of the lead is no conflict.</summary>
    private async Task<bool> ChangeAsync(LeadEdit edit)
    {
        var outcome = await leads.EditAsync(await me.GetAsync(), View.Lead.Id, edit, null, CancellationToken.None);
        error = outcome.Refusal is { } refusal ? T[refusal.Message].Value : null;
        if (outcome.Succeeded)
            await OnChanged.InvokeAsync();
        return outcome.Succeeded;
    }
}
