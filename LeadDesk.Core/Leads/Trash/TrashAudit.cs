using System.Globalization;

namespace LeadDesk.Leads.Trash;

/// <summary>How the audit speaks of deleted leads: by number, because it outlives what is known of the person.</summary>
internal static class TrashAudit
{
    public const string Deleted = "lead.deleted";
    public const string Restored = "lead.restored";

    /// <summary>Removed for good by a person.</summary>
    public const string Removed = "lead.removed";

    /// <summary>Removed for good because their time in the trash was over.</summary>
    public const string Emptied = "trash.emptied";

    public static string Subject(long leadId) => string.Create(CultureInfo.InvariantCulture, $"Lead {leadId}");

    public static string Subject(int leads) => leads is 1 ? "1 lead" : string.Create(CultureInfo.InvariantCulture, $"{leads:N0} leads");
}
