using System.Globalization;
using LeadDesk.Simulators.People;

namespace LeadDesk.Simulators.Messaging;

/// <summary>One event of one pretended person.</summary>
/// <param name="PersonNumber">Which of <see cref="PretendPeople"/>.</param>
/// <param name="Number">The event's own number; ids follow from it.</param>
/// <param name="OriginalNumber">The event it is about: what is edited, deleted, answered or reacted to.</param>
/// <param name="NewPhone">The number the person changes to, E.164.</param>
/// <param name="HasPhone">False: somebody known by a business-scoped id alone.</param>
internal sealed record ConversationStep(PretendPerson Person, long PersonNumber, long Number, long OriginalNumber, DateTime At, string NewPhone, bool HasPhone, string? Text)
{
    public string Words => Text ?? Person.Message;

    /// <summary>The phone's digits, as WhatsApp writes numbers.</summary>
    public string WaId => Person.Phone[1..];

    public string NewWaId => Text ?? NewPhone[1..];

    public string BusinessScopedId => string.Create(CultureInfo.InvariantCulture, $"US.134912086{PersonNumber:D8}");

    /// <summary>For Messenger and Instagram.</summary>
    public string ScopedId => string.Create(CultureInfo.InvariantCulture, $"338329{PersonNumber:D10}");

    public string UnixSeconds => new DateTimeOffset(At).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public long UnixMilliseconds => new DateTimeOffset(At).ToUnixTimeMilliseconds();

    public string WhatsAppId => WhatsAppIdOf(Number);

    public string OriginalWhatsAppId => WhatsAppIdOf(OriginalNumber);

    public string Mid => MidOf(Number);

    public string OriginalMid => MidOf(OriginalNumber);

    public string MediaId => string.Create(CultureInfo.InvariantCulture, $"65463{Number:D8}");

    private static string WhatsAppIdOf(long number) =>
        "wamid.HBgL" + Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"SIM{number:D12}")));

    private static string MidOf(long number) => string.Create(CultureInfo.InvariantCulture, $"m_KXGKDUpO6xbVdAmZ{number:D12}");
}
