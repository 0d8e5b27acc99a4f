using LeadDesk.Companies;

namespace LeadDesk.Intake.Import;

/// <summary>Somebody a row may be given to.</summary>
internal sealed record ImportUser(long Id, string Name, string? Email);

/// <summary>The company that a file comes into.</summary>
internal sealed record ImportSetting(CompanyRules Company, IReadOnlyList<ImportUser> Users);
