using LeadDesk.Common;
using LeadDesk.Companies;

namespace LeadDesk.Leads.Fields;

/// <summary>
/// What a stage asks for before a lead enters, and where leads may go from it. Required fields are words:
/// <code>["phone","value","owner","lost_reason","custom.budget"]</code>
/// </summary>
public static class StageRules
{
    public const string OwnerWord = "owner";
    public const string LostReasonWord = "lost_reason";
    private const string CustomPrefix = "custom.";

    private static readonly Dictionary<string, LeadField> BuiltIn = Enum.GetValues<LeadField>().ToDictionary(LeadFacts.JsonName, StringComparer.Ordinal);

    /// <summary>Words besides those of custom fields.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. BuiltIn.Keys, OwnerWord, LostReasonWord];

    /// <summary>The fact a word names; null for the owner, the reason and custom fields.</summary>
    public static LeadField? FieldOf(string word) => BuiltIn.TryGetValue(word, out var field) ? field : null;

    /// <summary>The custom field a word names, while it is in use.</summary>
    public static CustomField? CustomOf(string word, CompanyRules company) =>
        word.StartsWith(CustomPrefix, StringComparison.Ordinal) ? company.Field(word[CustomPrefix.Length..]) : null;

    /// <summary>What the stage asks for; what names a field that is gone or archived asks for nothing.</summary>
    public static IReadOnlyList<string> RequiredOf(Stage stage, CompanyRules company) =>
        [.. JsonList.Read<string>(stage.RequiredFields).Where(word => (Words.Contains(word) && (word is not LostReasonWord || AsksForReason(stage, company))) || CustomOf(word, company) is not null)];

    private static bool AsksForReason(Stage stage, CompanyRules company) =>
        stage.Outcome is LeadOutcome.Lost && company.LostReasons.Any(reason => reason.ArchivedAt is null);

    /// <summary>What is missing before a lead may enter a stage, by words: for pages, which then ask for it.</summary>
    public static IReadOnlyList<string> Missing(Stage stage, Lead lead, CompanyRules company, Func<long, bool> hasCustom) =>
        [.. RequiredOf(stage, company).Where(word => !IsFilled(word, lead, company, null, hasCustom))];

    /// <summary>Stages of other pipelines may always be gone to.</summary>
    public static bool MayGo(CompanyRules company, long fromStageId, Stage to) =>
        company.Stage(fromStageId) is not { AllowedMoves: { } stored } from || from.PipelineId != to.PipelineId || JsonList.Read<long>(stored).Contains(to.Id);

    internal static Refusal NotAllowed(CompanyRules company, long fromStageId, Stage to)
    {
        var from = company.Stage(fromStageId)!;
        var open = company.Stages.Where(stage => stage.PipelineId == from.PipelineId && stage.Id != from.Id && MayGo(company, from.Id, stage)).Select(stage => stage.Name).ToList();
        return Refusal.Invalid("status", open.Count is 0
            ? $"From {from.Name} a lead goes nowhere else in this pipeline."
            : $"From {from.Name} a lead does not go to {to.Name}, only to: {string.Join(", ", open)}.");
    }

    internal static bool IsFilled(string word, Lead lead, CompanyRules company, LostReason? reason, Func<long, bool> hasCustom) => word switch
    {
        OwnerWord => lead.OwnerId is not null,
        LostReasonWord => reason is not null,
        _ when FieldOf(word) is { } field => !string.IsNullOrWhiteSpace(lead.ValueOf(field)),
        _ => CustomOf(word, company) is not { } custom || hasCustom(custom.Id),
    };

    internal static string NameOf(string word, CompanyRules company) => CustomOf(word, company)?.Name ?? word switch
    {
        "job_title" => "the job title",
        "email" => "the e-mail address",
        "value" => "the deal's value",
        OwnerWord => "the owner",
        _ => "the " + word,
    };
}
