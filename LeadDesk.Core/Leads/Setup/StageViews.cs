using LeadDesk.Common;

namespace LeadDesk.Leads.Setup;

/// <param name="Leads">How many are in it, outside the trash; null for who does not see all leads.</param>
/// <param name="Leaving">It was deleted, and its leads are still being moved.</param>
/// <param name="Version">Sent back with a change, refuses it when somebody else changed the stage meanwhile.</param>
public sealed record StageView(
    long Id, long PipelineId, string Name, LeadOutcome Outcome, string? Colour, int StaleDays, IReadOnlyList<string> RequiredFields, IReadOnlyList<long> AllowedMoves, long? Leads, bool Leaving, string Version)
{
    internal static StageView Of(Stage stage, long? leads = null, bool leaving = false) => new(
        stage.Id, stage.PipelineId, stage.Name, stage.Outcome, stage.Colour, stage.StaleDays ?? Stage.DefaultStaleDays, JsonList.Read<string>(stage.RequiredFields), JsonList.Read<long>(stage.AllowedMoves), leads, leaving,
        VersionOf(stage));

    /// <summary>Places are not part of it: a stage may be dragged while its name is edited.</summary>
    internal static string VersionOf(Stage stage) =>
        DeskSetup.VersionOf(new { stage.Name, stage.Outcome, stage.Colour, stage.StaleDays, stage.RequiredFields, stage.AllowedMoves });
}

/// <param name="Stages">In order.</param>
public sealed record PipelineView(long Id, string Name, IReadOnlyList<StageView> Stages, bool Leaving);

/// <summary>What to change of a stage. Null stays as it is; an empty text or list clears.</summary>
public sealed record StageChange
{
    public string? Name { get; init; }

    public LeadOutcome? Outcome { get; init; }

    /// <summary>One of <see cref="Palette.Words"/>.</summary>
    public string? Colour { get; init; }

    /// <summary>1 to 365; 0 uses the usual.</summary>
    public int? StaleDays { get; init; }

    /// <summary>Words as in <see cref="Fields.StageRules"/>.</summary>
    public IReadOnlyList<string>? RequiredFields { get; init; }

    /// <summary>Ids of stages of the same pipeline; empty allows all.</summary>
    public IReadOnlyList<long>? AllowedMoves { get; init; }

    /// <summary>As read; null: whatever it is.</summary>
    public string? Version { get; init; }
}
