namespace LeadDesk.Web.Ui;

/// <summary>One tab of <see cref="Tabs"/>.</summary>
/// <param name="Count">How many things are behind it; not shown when null.</param>
/// <param name="More">There are more than were counted.</param>
public sealed record Tab(string Name, string Href, bool Selected, int? Count = null, bool More = false);
