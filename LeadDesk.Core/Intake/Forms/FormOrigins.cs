using LeadDesk.Common;

namespace LeadDesk.Intake.Forms;

/// <summary>Whose pages may send to a form.</summary>
public static class FormOrigins
{
    /// <summary>Empty allows all.</summary>
    public static IReadOnlyList<string> Of(FormSource source) => JsonList.Read<string>(source.AllowedOrigins);
}
