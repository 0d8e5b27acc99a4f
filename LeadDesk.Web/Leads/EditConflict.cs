namespace LeadDesk.Web.Leads;

/// <param name="Field">What it is called, in the reader's language.</param>
/// <param name="Mine">As the reader wants it, in words.</param>
/// <param name="Theirs">As it is now, in words.</param>
public sealed record EditConflict(string Field, string? Mine, string? Theirs);
