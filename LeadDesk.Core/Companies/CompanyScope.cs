namespace LeadDesk.Companies;

/// <summary>A row that belongs to one company: filtered on read, stamped on insert, guarded on write.</summary>
public interface ICompanyOwned
{
    long CompanyId { get; set; }
}

/// <summary>For whom a database context acts: one company, or the installation itself.</summary>
public readonly record struct CompanyScope
{
    private CompanyScope(long companyId, bool isInstallation)
    {
        CompanyId = companyId;
        IsInstallation = isInstallation;
    }

    /// <summary>0 when no company is set: then every company-owned query is empty and every write is refused.</summary>
    public long CompanyId { get; }

    /// <summary>
    /// Sign-in, set-up, the job runner and schedules act across companies. They may write any company's rows;
    /// their reads still name the company or lift the filter explicitly.
    /// </summary>
    public bool IsInstallation { get; }

    public static CompanyScope Of(long companyId) =>
        companyId > 0 ? new(companyId, false) : throw new ArgumentOutOfRangeException(nameof(companyId));

    public static CompanyScope Installation => new(0, true);
}

/// <summary>A write that would have touched another company's row. Always a defect of ours.</summary>
public sealed class ForeignCompanyWriteException(string entity)
    : InvalidOperationException($"A {entity} of another company was about to be written.");
