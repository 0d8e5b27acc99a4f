using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace LeadDesk.Web.Shell;

/// <summary>One place the navigation leads to.</summary>
/// <param name="Label">English text, the key of the resources.</param>
/// <param name="Policy">The authorization policy of the page; null for everybody who is signed in.</param>
/// <param name="Quick">Stands in the bottom bar of phones, if it is a place of work.</param>
public sealed record NavItem(string Label, string Href, string Icon, NavGroup Group, string? Policy = null, bool Quick = true)
{
    /// <summary>Every place, in order. The names of policies are those of the permissions.</summary>
    public static IReadOnlyList<NavItem> All { get; } =
    [
        new("Dashboard", "/", "dashboard", NavGroup.Work),
        new("Leads", "/leads", "leads", NavGroup.Work),
        new("Board", "/leads/board", "board", NavGroup.Work, Quick: false),
        new("My leads", "/my-leads", "user", NavGroup.Work),
        new("Follow-ups", "/follow-ups", "calendar", NavGroup.Work),
        new("Imports", "/imports", "table", NavGroup.Work, "ImportLeads", Quick: false),
        new("Duplicates", "/leads/duplicates", "link", NavGroup.Work, "MergeLeads", Quick: false),
        new("Trash", "/leads/trash", "trash", NavGroup.Work, "DeleteLeads", Quick: false),
        new("Company", "/settings/company", "building", NavGroup.Settings, "ManageCompany"),
        new("Users", "/settings/users", "users", NavGroup.Settings, "ManageUsers"),
        new("Channels", "/settings/channels", "message", NavGroup.Settings, "ManageSources"),
        new("Meta Lead Ads", "/settings/meta", "form", NavGroup.Settings, "ManageSources"),
        new("Forms", "/settings/forms", "form", NavGroup.Settings, "ManageSources"),
        new("Mailboxes", "/settings/mailboxes", "mail", NavGroup.Settings, "ManageSources"),
        new("API keys", "/settings/api-keys", "key", NavGroup.Settings, "ManageApiKeys"),
        new("Stages", "/settings/stages", "flag", NavGroup.Settings, "ManageDesk"),
        new("Custom fields", "/settings/fields", "form", NavGroup.Settings, "ManageDesk"),
        new("Tags", "/settings/tags", "tag", NavGroup.Settings, "ManageDesk"),
        new("Lost reasons", "/settings/lost-reasons", "lost", NavGroup.Settings, "ManageDesk"),
        new("Services", "/settings/services", "building", NavGroup.Settings, "ManageDesk"),
        new("Scoring", "/settings/scoring", "gauge", NavGroup.Settings, "ManageScoring"),
        new("Intake", "/settings/intake", "inbox", NavGroup.Settings, "SeeIntake"),
        new("System", "/settings/system", "server", NavGroup.Settings, "ManageSystem"),
    ];

    /// <summary>The places this person may see.</summary>
    public static async Task<IReadOnlyList<NavItem>> ForAsync(ClaimsPrincipal user, IAuthorizationService authorization)
    {
        var allowed = new List<NavItem>(All.Count);
        foreach (var item in All)
            if (item.Policy is null || (await authorization.AuthorizeAsync(user, item.Policy)).Succeeded)
                allowed.Add(item);
        return allowed;
    }

    /// <summary>Whether the page at this path belongs to the item.</summary>
    /// <param name="path">From the root, without query: <c>/leads/17</c>.</param>
    public bool IsCurrent(string path) =>
        path.Equals(Href, StringComparison.OrdinalIgnoreCase)
        || (Href.Length > 1 && path.StartsWith(Href + "/", StringComparison.OrdinalIgnoreCase) && !All.Any(other => other != this && other.Href.Equals(path, StringComparison.OrdinalIgnoreCase)));
}

public enum NavGroup
{
    Work,
    Settings,
}
