using LeadDesk.Companies;

namespace LeadDesk.Leads;

/// <summary>A step of the sales pipeline.</summary>
public sealed class Stage : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public required string Name { get; set; }

    /// <summary>Order from the left, from 1.</summary>
    public int Position { get; set; }

    public LeadOutcome Outcome { get; set; }

    private static readonly string[] DefaultNames = ["New", "Assigned", "Contacted", "Qualified", "Demo", "Proposal", "Trial", "Won", "Lost"];

    /// <summary>What a new company begins with. The first stage by position is where leads arrive.</summary>
    public static IReadOnlyList<Stage> Defaults(long companyId) =>
    [
        .. DefaultNames.Select((name, index) => new Stage
        {
            CompanyId = companyId,
            Name = name,
            Position = index + 1,
            Outcome = name switch { "Won" => LeadOutcome.Won, "Lost" => LeadOutcome.Lost, _ => LeadOutcome.Open },
        }),
    ];
}
