namespace LeadDesk.Access;

/// <summary>
/// On whose behalf an operation runs. Every service takes it and checks it; page attributes alone do not
/// protect a Blazor event handler.
/// </summary>
/// <param name="ApiKeyId">Set when a program acts with a key.</param>
public sealed record CurrentUser(long CompanyId, long UserId, string Name, Role Role, long? ApiKeyId = null)
{
    /// <summary>A source that takes leads in for its company: nobody's session, and no key.</summary>
    public static CurrentUser OfSource(long companyId) => new(companyId, 0, "LeadDesk", Role.Integration);

    /// <summary>Sees and changes every lead of the company, not only the owned ones.</summary>
    public bool SeesAllLeads => Role is Role.Admin or Role.Manager or Role.Integration;

    public bool Can(Permission permission) => permission switch
    {
        Permission.ChangeLeads => true,
        Permission.CreateLeads => true,
        Permission.AssignLeads or Permission.DeleteLeads or Permission.MergeLeads or Permission.ImportLeads or Permission.ExportLeads => SeesAllLeads,
        Permission.SeeIntake => SeesAllLeads,
        // A program's key stands for the source itself, which knows what it sent.
        Permission.SeeIntakeBodies => Role is Role.Admin || (Role is Role.Integration && ApiKeyId is not null),
        Permission.ManageSources => Role is Role.Admin or Role.Integration,
        // A program that imports leads brings the fields they need with it.
        Permission.ManageDesk => Role is Role.Admin or Role.Integration,
        Permission.ShareViews => SeesAllLeads,
        Permission.SeeReports => Role is Role.Admin or Role.Manager,
        Permission.ManageCompany or Permission.ManageUsers or Permission.ManageApiKeys or Permission.ManageScoring or Permission.ManageSystem => Role is Role.Admin,
        _ => false,
    };
}

public enum Permission
{
    CreateLeads,
    ChangeLeads,
    AssignLeads,
    DeleteLeads,
    MergeLeads,

    /// <summary>Takes leads in from files, and takes such an import back.</summary>
    ImportLeads,

    /// <summary>Takes leads out of the house in files.</summary>
    ExportLeads,

    /// <summary>Stages, custom fields, tags, lost reasons, services.</summary>
    ManageDesk,

    /// <summary>Shows own views of the list to everybody.</summary>
    ShareViews,
    SeeReports,

    /// <summary>What came in, its state and its errors; bodies masked. Also to have it processed again.</summary>
    SeeIntake,

    /// <summary>Bodies as they came.</summary>
    SeeIntakeBodies,

    /// <summary>Where leads come from: Meta's pages, channels, forms, mailboxes. Programs set up what they feed.</summary>
    ManageSources,
    ManageCompany,
    ManageUsers,
    ManageApiKeys,
    ManageScoring,
    ManageSystem,
}
