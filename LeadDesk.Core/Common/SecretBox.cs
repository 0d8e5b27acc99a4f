namespace LeadDesk.Common;

/// <summary>
/// Encrypts what must be kept and used again but never shown: tokens, signing keys. Core knows no framework for it; the
/// web application brings the one whose keys all nodes share.
/// </summary>
public interface ISecretBox
{
    string Close(string secret);

    /// <returns>Null when it cannot be opened: its key is gone, or it was closed elsewhere.</returns>
    string? Open(string closed);
}
