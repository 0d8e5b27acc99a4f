using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.Web.Leads;

public sealed partial class NoteForm(LeadService leads, CurrentUserAccessor me, IJSRuntime js)
{
    /// <summary>More would weigh on every open page; whoever is not among them is named by typing.</summary>
    private const int MostSuggested = 100;

    private string? text;
    private string? error;
    private IReadOnlyList<string> untold = [];
    private bool busy;
    private ElementReference field;

    [Parameter, EditorRequired] public LeadView View { get; set; } = null!;

    /// <summary>Whether one writes at once when the form comes.</summary>
    [Parameter] public bool TakesFocus { get; set; }

    [Parameter, EditorRequired] public EventCallback OnAdded { get; set; }

    private string Draft => string.Create(CultureInfo.InvariantCulture, $"note-{View.Lead.Id}");

    private IEnumerable<DirectoryUser> People =>
        View.People.All.Where(person => person is { Active: true, Role: not Role.Integration } && person.Id != View.User.UserId).OrderByDescending(Sees).ThenBy(person => person.Name, StringComparer.CurrentCulture).Take(MostSuggested);

    private bool Sees(DirectoryUser person) => LeadPeople.Sees(View.Lead, View.HelperIds, person);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && TakesFocus)
            await field.FocusAsync();
    }

    private async Task AddAsync()
    {
        if (busy)
            return;
        busy = true;
        try
        {
            var outcome = await leads.WriteNoteAsync(await me.GetAsync(), View.Lead.Id, new NewNote(text), null, CancellationToken.None);
            error = outcome.Refusal is { } refusal ? T[refusal.Message].Value : null;
            if (!outcome.Succeeded)
                return;
            text = null;
            untold = [.. outcome.Value.Mentions.Where(person => !person.Told && person.Id != View.User.UserId).Select(person => person.Name)];
            await js.InvokeVoidAsync("leaddesk.clearDraft", Draft);
            await OnAdded.InvokeAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
