using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Settings;

public sealed partial class UsersPage(UserService service, CurrentUserAccessor users, NavigationManager navigation, ToastService toasts)
{
    private const int PageLength = 100;

    internal static readonly Role[] Roles = [Role.Admin, Role.Manager, Role.Salesperson];

    private CurrentUser? me;
    private List<UserView>? people;
    private string? next;
    private bool adding;

    /// <summary>A control whose change was refused still shows it; counting up makes it anew.</summary>
    private int refusals;
    private string? link;
    private string linkFor = "";
    private ConfirmDialog confirm = null!;

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        me = await users.GetAsync();
        await LoadMoreAsync();
    }

    private async Task LoadMoreAsync()
    {
        var page = await service.ListAsync(await users.GetAsync(), next, PageLength, CancellationToken.None);
        people ??= [];
        if (!Succeeded(page))
            return;
        people.AddRange(page.Value!.Items.ExceptBy(people.Select(person => person.Id), person => person.Id));
        next = page.Value.NextCursor;
    }

    private async Task ChangeRoleAsync(UserView person, ChangeEventArgs change)
    {
        if (Enum.TryParse<Role>(change.Value as string, out var role) && role != person.Role)
            Replace(await service.ChangeAsync(await users.GetAsync(), person.Id, new UserChange(Role: role), CancellationToken.None), T["{0} is {1} now.", person.Name, T[role.ToString()]]);
    }

    private async Task DeactivateAsync(UserView person)
    {
        if (await confirm.AskAsync(T["Deactivate {0}?", person.Name], T["They are signed out everywhere and get no more leads. What they did and own stays; you can activate them again."], T["Deactivate"]))
            await SetActiveAsync(person, false);
    }

    private async Task SetActiveAsync(UserView person, bool active) => Replace(
        await service.ChangeAsync(await users.GetAsync(), person.Id, new UserChange(Active: active), CancellationToken.None),
        active ? T["{0} can sign in again.", person.Name] : T["{0} is deactivated.", person.Name]);

    private async Task InviteAsync(UserView person)
    {
        var outcome = await service.InviteAsync(await users.GetAsync(), person.Id, CancellationToken.None);
        if (Succeeded(outcome))
            ShowLink(person.Name, outcome.Value!);
    }

    private async Task AddedAsync(CreatedUser created)
    {
        if (next is null)
            people!.Add(created.User);
        if (created.InvitationToken is { } token)
            ShowLink(created.User.Name, token);
        else
            toasts.Show(T["{0} can sign in now.", created.User.Name]);
        await InvokeAsync(StateHasChanged);
    }

    private void ShowLink(string name, string token) => (linkFor, link) = (name, $"{navigation.BaseUri}invite/{token}");

    private void Replace(Outcome<UserView> outcome, string done)
    {
        if (!Succeeded(outcome))
            return;
        people![people.FindIndex(person => person.Id == outcome.Value!.Id)] = outcome.Value!;
        toasts.Show(done);
    }

    private bool Succeeded<T1>(Outcome<T1> outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            refusals++;
            toasts.Show(T[refusal.Message], ToastTone.Error);
        }

        return outcome.Succeeded;
    }

    private (string Tone, string Words) StateOf(UserView person) => (person.Active, person.Invited && person.LastSignInAt is null) switch
    {
        (false, _) => ("lost", T["Deactivated"]),
        (_, true) => ("warm", T["Invited"]),
        _ => ("won", T["Active"]),
    };
}
