using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Web.Access;
using LeadDesk.Web.Ui;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadHelpersCard(LeadPeople people, CurrentUserAccessor me, ToastService toasts)
{
    [Parameter, EditorRequired] public LeadView View { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private Lead Lead => View.Lead;

    private string OwnerName => View.People.OwnerName(Lead.OwnerId);

    private bool MayAsk => LeadPeople.MayAsk(View.User, Lead);

    private IEnumerable<DirectoryUser> Candidates =>
        View.People.All.Where(person => person is { Active: true, Role: not Role.Integration } && person.Id != Lead.OwnerId && !View.HelperIds.Contains(person.Id));

    private async Task AddAsync(ChangeEventArgs chosen)
    {
        if (!long.TryParse(chosen.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0)
            return;
        await ShowAsync(await people.AddHelperAsync(await me.GetAsync(), Lead.Id, id, null, CancellationToken.None), T["{0} helps now.", View.People.OwnerName(id)], () => people.RemoveHelperAsync(View.User, Lead.Id, id, null, CancellationToken.None));
    }

    private async Task RemoveAsync(LeadHelperView helper) =>
        await ShowAsync(await people.RemoveHelperAsync(await me.GetAsync(), Lead.Id, helper.UserId, null, CancellationToken.None), T["{0} does not help any more.", helper.Name], () => people.AddHelperAsync(View.User, Lead.Id, helper.UserId, null, CancellationToken.None));

    private async Task ShowAsync(Outcome<Lead> outcome, string done, Func<Task<Outcome<Lead>>> back)
    {
        if (outcome.Succeeded)
            toasts.Show(done, ToastTone.Success, async () => await ShowBackAsync(await back()));
        else
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        await OnChanged.InvokeAsync();
    }

    private async Task ShowBackAsync(Outcome<Lead> outcome)
    {
        if (!outcome.Succeeded)
            toasts.Show(T[outcome.Refusal.Message], ToastTone.Error);
        await OnChanged.InvokeAsync();
    }
}
