using LeadDesk.Companies;
using LeadDesk.Data;

namespace LeadDesk.Leads;

/// <summary>A row of stages that leads go through. Leads arrive in the first stage of the first pipeline.</summary>
public sealed class Pipeline : ICompanyOwned
{
    public const string DefaultName = "Sales";

    public long Id { get; set; }

    public long CompanyId { get; set; }

    public required string Name { get; set; }

    /// <summary>Order, from 1.</summary>
    public int Position { get; set; }
}

/// <summary>A step of a sales pipeline.</summary>
public sealed class Stage : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    public long PipelineId { get; set; }

    public required string Name { get; set; }

    /// <summary>Order from the left inside its pipeline, from 1.</summary>
    public int Position { get; set; }

    /// <summary>The category: open, won or lost.</summary>
    public LeadOutcome Outcome { get; set; }

    /// <summary>One of <see cref="Palette"/>'s words.</summary>
    public string? Colour { get; set; }

    /// <summary>After so many days in it an open lead is stale; null uses <see cref="DefaultStaleDays"/>.</summary>
    public int? StaleDays { get; set; }

    /// <summary>Words of fields that must be filled before a lead enters, as a JSON list; null for none.</summary>
    public string? RequiredFields { get; set; }

    /// <summary>Ids of the stages a lead may go to from here, as a JSON list; null for all.</summary>
    public string? AllowedMoves { get; set; }

    public const int DefaultStaleDays = 14;

    private static readonly string[] DefaultNames = ["New", "Assigned", "Contacted", "Qualified", "Demo", "Proposal", "Trial", "Won", "Lost"];

    /// <summary>What a new pipeline begins with.</summary>
    public static IReadOnlyList<Stage> Defaults(Pipeline pipeline) =>
    [
        .. DefaultNames.Select((name, index) => new Stage
        {
            CompanyId = pipeline.CompanyId,
            PipelineId = pipeline.Id,
            Name = name,
            Position = index + 1,
            Outcome = name switch { "Won" => LeadOutcome.Won, "Lost" => LeadOutcome.Lost, _ => LeadOutcome.Open },
        }),
    ];

    /// <summary>A new company's first pipeline with its stages, added in the caller's transaction.</summary>
    internal static async Task<IReadOnlyList<Stage>> AddDefaultsAsync(AppDbContext context, long companyId, CancellationToken cancellationToken)
    {
        var pipeline = new Pipeline { CompanyId = companyId, Name = Pipeline.DefaultName, Position = 1 };
        context.Pipelines.Add(pipeline);
        await context.SaveChangesAsync(cancellationToken);
        var stages = Defaults(pipeline);
        context.Stages.AddRange(stages);
        await context.SaveChangesAsync(cancellationToken);
        return stages;
    }
}

/// <summary>The colours of stages and tags, as words that the style sheet knows in both themes.</summary>
public static class Palette
{
    public static IReadOnlyList<string> Words { get; } = ["grey", "blue", "teal", "green", "amber", "orange", "red", "pink", "purple"];
}
