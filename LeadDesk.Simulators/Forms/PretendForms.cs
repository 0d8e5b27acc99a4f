using LeadDesk.Simulators.People;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Forms;

/// <summary>Forms that pretended people fill in, ready to be sent.</summary>
public static class PretendForms
{
    /// <summary>The words for platforms: cf7, typeform, google...</summary>
    public static IReadOnlyCollection<string> Platforms => [.. FormPlatforms.All.Keys];

    /// <param name="platform">One of <see cref="Platforms"/>.</param>
    /// <param name="secret">What the platform signs with or sends along; null: neither.</param>
    /// <param name="at">When they were sent in, UTC.</param>
    public static IReadOnlyList<OutgoingCall> Prepare(string platform, ulong seed, long firstPerson, int count, DateTime at, string? secret = null, bool wrongSecret = false)
    {
        var write = FormPlatforms.All[platform];
        return [.. Enumerable.Range(0, count).Select(index => firstPerson + index)
            .Select(number => write(new FormSubmission(PretendPeople.Get(seed, number), number, at, secret, wrongSecret)))];
    }
}
