using LeadDesk.Companies;

namespace LeadDesk.Leads;

public enum CustomFieldType
{
    Text = 0,

    /// <summary>Up to four decimal places.</summary>
    Number = 1,

    /// <summary>In the company's currency.</summary>
    Money = 2,
    Date = 3,

    /// <summary>One of the field's options.</summary>
    Choice = 4,

    /// <summary>Any of the field's options.</summary>
    MultiChoice = 5,
    Check = 6,
    Phone = 7,
    Email = 8,
    Link = 9,
}

/// <summary>A fact that this company keeps of its leads beside the usual ones.</summary>
public sealed class CustomField : ICompanyOwned
{
    public long Id { get; set; }

    public long CompanyId { get; set; }

    /// <summary>Its word in JSON, filters and imports, such as <c>budget</c>; unique inside the company, never changed.</summary>
    public required string Key { get; set; }

    /// <summary>What people read.</summary>
    public required string Name { get; set; }

    public CustomFieldType Type { get; set; }

    /// <summary><see cref="CustomFieldOption"/>s as a JSON list; null where there are none.</summary>
    public string? Options { get; set; }

    /// <summary>Order, from 1.</summary>
    public int Position { get; set; }

    /// <summary>Not shown and not asked for any more; its values stay.</summary>
    public DateTime? ArchivedAt { get; set; }
}

/// <param name="Id">Unique inside the field, from 1; never used again.</param>
/// <param name="Archived">Not offered any more; leads that have it keep it.</param>
public sealed record CustomFieldOption(int Id, string Name, bool Archived = false);

/// <summary>
/// One value of one custom field of a lead; of a multi-choice one row for each choice. Numbers, money, dates, checks and
/// choices stand in <see cref="Number"/>, texts in <see cref="Key"/>, so that filters and sorts are indexed and typed.
/// </summary>
public sealed class CustomFieldValue : ICompanyOwned
{
    public long CompanyId { get; set; }

    public long LeadId { get; set; }

    public long FieldId { get; set; }

    /// <summary>0, and on for further choices.</summary>
    public int Position { get; set; }

    /// <summary>
    /// Numbers and money in ten-thousandths, dates as yyyymmdd, a check as 1, a choice as its option's id. Null for texts.
    /// </summary>
    public long? Number { get; set; }

    /// <summary>The folded beginning of a text, as lists sort by it; phones in E.164, e-mails normalised. Null for numbers.</summary>
    public string? Key { get; set; }

    /// <summary>A text as written. Null for numbers.</summary>
    public string? Text { get; set; }
}
