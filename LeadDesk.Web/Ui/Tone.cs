using LeadDesk.Leads;

namespace LeadDesk.Web.Ui;

/// <summary>Classes of the colours that companies choose.</summary>
internal static class Tone
{
    /// <param name="colour">One of <see cref="Palette.Words"/>; anything else is grey.</param>
    public static string Css(string? colour) => colour is not null && LeadDesk.Leads.Palette.Words.Contains(colour) ? "tone-" + colour : "tone-grey";
}
