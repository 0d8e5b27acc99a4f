using LeadDesk.Leads;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadPeopleCard
{
    [Parameter, EditorRequired] public LeadView View { get; set; } = null!;

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private Lead Lead => View.Lead;

    private string OwnerName => View.People.OwnerName(Lead.OwnerId);
}
