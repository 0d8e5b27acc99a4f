namespace LeadDesk.Web.Ui;

/// <summary>How a moment reads: "5 min ago", "21 Nov 2026", "21 Nov 2026, 14:05", "14:05".</summary>
public enum TimeShape
{
    Relative,
    Date,
    DateTime,
    Clock,
}
