using LeadDesk.Access;

namespace LeadDesk.Web.Shell;

/// <summary>Something the palette can go to.</summary>
/// <param name="Label">What it is called, in the reader's language or as people wrote it.</param>
/// <param name="Detail">A few more words on the right.</param>
/// <param name="Theme">Chooses this theme instead of going anywhere: light, dark or system.</param>
/// <param name="Dialog">Opens the dialog of this id instead of going anywhere.</param>
public sealed record PaletteItem(string Label, string Href, string Icon, string? Detail = null, string? Theme = null, string? Dialog = null);

/// <summary>A feature that lets its things be found in the palette (Ctrl+K). Registered per circuit; it sees what the signed-in person may see.</summary>
public interface IPaletteSource
{
    /// <summary>What this person can do from anywhere, as addresses.</summary>
    IEnumerable<PaletteItem> Actions(CurrentUser user) => [];

    /// <summary>The best few matches, at most ten.</summary>
    /// <param name="text">At least two characters, trimmed.</param>
    Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellation);
}
