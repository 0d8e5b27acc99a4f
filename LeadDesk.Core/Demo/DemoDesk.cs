using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Leads;
using LeadDesk.Leads.Setup;
using LeadDesk.Leads.Views;
using LeadDesk.Scoring;

namespace LeadDesk.Demo;

/// <summary>How the demo company has set up its desk: what it sells, what it wants to know of a lead, its tags and everybody's views.</summary>
internal static class DemoDesk
{
    public const string TradeTag = "Trade";
    public const string ShowroomTag = "Showroom visit";
    public const string RegularTag = "Regular customer";
    public const string Room = "room";
    public const string Budget = "budget";
    public const string DeliveryBy = "delivery_by";

    public static readonly string[] Rooms = ["Kitchen", "Living room", "Bedroom", "Office", "Hotel"];

    private static readonly ServiceValue[] Services =
    [
        new("hotel lobby sofas", 1, 950_000), new("kitchen cabinets", 1, 640_000), new("reception counter", 0.9, 420_000), new("office desks", 0.9, 360_000), new("fitted wardrobe", 0.8, 290_000),
        new("bedroom set", 0.7, 240_000), new("corner sofa", 0.6, 190_000), new("oak dining table", 0.6, 145_000), new("walnut bookcase", 0.5, 98_000),
    ];

    private static readonly (string Name, string? Colour)[] Tags = [(TradeTag, "blue"), (ShowroomTag, "green"), (RegularTag, "purple")];

    private static readonly (string Name, string Filter)[] Views =
    [
        ("Hot and unanswered", "grade is hot and response in (waiting, overdue)"),
        ("Trade, last 30 days", $"tag is {TradeTag} and created in last 30 days"),
    ];

    public static async Task SetUpAsync(CurrentUser admin, DeskSetup setup, CancellationToken cancellationToken)
    {
        Take(await new ServiceCatalogue(setup).SaveAsync(admin, Services, version: null, cancellationToken));
        var fields = new CustomFieldService(setup);
        Take(await fields.AddAsync(admin, "Room", CustomFieldType.Choice, Room, Rooms, cancellationToken));
        Take(await fields.AddAsync(admin, "Budget", CustomFieldType.Money, Budget, [], cancellationToken));
        Take(await fields.AddAsync(admin, "Delivery by", CustomFieldType.Date, DeliveryBy, [], cancellationToken));
        var tags = new TagService(setup);
        foreach (var (name, colour) in Tags)
            Take(await tags.AddAsync(admin, name, colour, cancellationToken));
        var views = new SavedViewService(setup.Database);
        foreach (var (name, filter) in Views)
            Take(await views.CreateAsync(admin, new SavedViewEdit(name, Shared: true, Pinned: true, $"filter={Uri.EscapeDataString(filter)}", Columns: null), cancellationToken));
    }

    public static T Take<T>(Outcome<T> outcome) =>
        outcome.Succeeded ? outcome.Value : throw new InvalidOperationException($"The demo company was refused: {outcome.Refusal.Message}");
}
