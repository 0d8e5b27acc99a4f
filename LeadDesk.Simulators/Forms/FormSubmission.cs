using System.Globalization;
using LeadDesk.Simulators.People;

namespace LeadDesk.Simulators.Forms;

/// <summary>One pretended person sending one form.</summary>
/// <param name="Secret">What the platform signs with, or sends along; null: neither.</param>
/// <param name="WrongSecret">Signs with something else.</param>
internal sealed record FormSubmission(PretendPerson Person, long Number, DateTime At, string? Secret, bool WrongSecret)
{
    public string? SigningSecret => Secret is null ? null : WrongSecret ? Secret + "-not" : Secret;

    public string Id => Number.ToString("D8", CultureInfo.InvariantCulture);

    public string Iso => At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public string SqlTime => At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
