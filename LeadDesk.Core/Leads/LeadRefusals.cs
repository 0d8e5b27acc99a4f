using LeadDesk.Common;
using LeadDesk.Companies;

namespace LeadDesk.Leads;

/// <summary>The sentences by which changes of leads are refused.</summary>
internal static class LeadRefusals
{
    public static readonly Refusal MayNotChange = Refusal.Forbidden("Your role may read leads but not change them. Ask an admin.");
    public static readonly Refusal MayNotAssign = Refusal.Forbidden("Only admins and managers hand leads to other people. Ask one of them.");
    public static readonly Refusal MayNotDelete = Refusal.Forbidden("Only admins and managers delete and restore leads. Ask one of them.");
    public static readonly Refusal MayNotMerge = Refusal.Forbidden("Only admins and managers merge leads. Ask one of them.");
    public static readonly Refusal UnknownOwner = Refusal.Invalid("owner_id", "There is no active person with this id who can own leads. Choose one from the list of users.");
    public static readonly Refusal WrongMergeIds =
        Refusal.Invalid("ids", $"Give between 1 and {Duplicates.LeadMerging.MostAtOnce} different ids of other leads.");

    public static readonly Refusal UnknownLostReason = Refusal.Invalid("lost_reason", "There is no such reason, or the stage is not a lost one. Choose one of the company's lost reasons.");

    public static Refusal UnknownStage(CompanyRules company) =>
        Refusal.Invalid("status", $"There is no such stage. Use one of: {string.Join(", ", company.Stages.Select(stage => stage.Name))}.");

    public static Refusal Stale(int? version) => new(
        RefusalKind.Stale,
        version is null
            ? "Somebody else changed this lead at the same moment. Read it again and repeat your change."
            : $"Somebody else changed this lead; it is at version {version} now. Read it again and repeat your change.");

    public static Refusal WasMerged(long into) =>
        Refusal.Conflict($"This lead was merged into lead {into}. Work on that one.");

    public static Refusal AddressTaken(string field, long leadId) => new(
        RefusalKind.Conflict,
        $"Lead {leadId} already has this {field}. Merge the two instead.",
        new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [$"Lead {leadId} already has this {field}. Merge the two instead."] });
}
