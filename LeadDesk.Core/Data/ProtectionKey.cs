namespace LeadDesk.Data;

/// <summary>A key of ASP.NET's data protection, shared by all nodes. The installation's, not a company's.</summary>
public sealed class ProtectionKey
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public required string Xml { get; set; }
}
