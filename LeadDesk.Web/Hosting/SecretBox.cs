using System.Security.Cryptography;
using LeadDesk.Common;
using Microsoft.AspNetCore.DataProtection;

namespace LeadDesk.Web.Hosting;

/// <summary>Encrypts with the keys that all nodes share and that change every ninety days; old ones still open.</summary>
internal sealed class SecretBox(IDataProtectionProvider provider) : ISecretBox
{
    private readonly IDataProtector protector = provider.CreateProtector("LeadDesk.Secrets");

    public string Close(string secret) => protector.Protect(secret);

    public string? Open(string closed)
    {
        try
        {
            return protector.Unprotect(closed);
        }
        catch (CryptographicException)
        {
            // Callers ask for the secret anew.
            return null;
        }
    }
}
