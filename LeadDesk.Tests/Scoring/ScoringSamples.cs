using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Analysis;
using LeadDesk.Scoring;

namespace LeadDesk.Tests.Scoring;

/// <summary>Facts to start examples from, and generators of every legal profile and every possible lead.</summary>
internal static class ScoringSamples
{
    public static readonly DateTime Noon = new(2026, 3, 10, 12, 0, 0, DateTimeKind.Utc);

    public static readonly ContactFacts ValidPhone = new(ContactState.Valid);

    public static readonly ContactFacts Full = new(ContactState.Valid, ContactState.Valid, HasName: true);

    /// <summary>"I want to buy 50 units today, please call me" from Ahmed on WhatsApp.</summary>
    public static readonly ConversationFacts Buyer = new(
        Intent.Buy, 90, Urgency.High, MessageCategory.Sales, OptOut: false,
        new ContactFacts(ContactState.Valid, HasName: true), "whatsapp", 44, OrderDetails.Quantity | OrderDetails.Date);

    public static FormFacts Form(TimeSpan ago) => new(
        Noon - ago, Noon - ago, Full, "Kitchen", AnswersCount: 3, MessageLength: 80);

    private static Gen<ServiceValue[]> ServiceLists { get; } =
        from kitchen in Gen.Choose(0, 100)
        from bathroom in Gen.Choose(0, 100)
        from count in Gen.Choose(0, 2)
        select new[] { new ServiceValue("Kitchen", kitchen / 100.0), new ServiceValue("Bathroom", bathroom / 100.0) }[..count];

    /// <summary>Around the steps of the clock and anywhere else, also a little in the future.</summary>
    public static Gen<DateTime> Moments { get; } =
        from hours in Gen.OneOf(Gen.Elements(0, 1, 6, 24, 72, 168, 336, 720, 2160), Gen.Choose(-48, 3000))
        from seconds in Gen.Elements(-1, 0, 1)
        select Noon.AddHours(-hours).AddSeconds(seconds);

    public static Gen<ScoringProfile> Profiles { get; } =
        from conversation in Shares(7)
        from form in Shares(5)
        from services in ServiceLists
        select new ScoringProfile
        {
            Conversation = new(conversation[0], conversation[1], conversation[2], conversation[3], conversation[4], conversation[5], conversation[6]),
            Form = new(form[0], form[1], form[2], form[3], form[4]),
            Services = services,
        };

    public static Gen<ContactFacts> Contacts { get; } =
        from phone in Any<ContactState>()
        from email in Any<ContactState>()
        from disposable in Gen.Elements(true, false)
        from name in Gen.Elements(true, false)
        select new ContactFacts(phone, email, disposable, name);

    public static Gen<ConversationFacts> Conversations { get; } =
        from intent in Any<Intent>()
        from confidence in Gen.Choose(-20, 130)
        from urgency in Any<Urgency>()
        from category in Gen.Elements<string?>([.. MessageCategory.All, null, "something else"])
        from optOut in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from contact in Contacts
        from channel in Gen.Elements<string?>("whatsapp", "Instagram", "messenger", "website", "email", "fax", "", null)
        from length in Gen.Elements(0, 1, 7, 8, 24, 25, 20_000)
        from details in Gen.Choose(0, 31)
        select new ConversationFacts(intent, confidence, urgency, category, optOut, contact, channel, length, (OrderDetails)details);

    public static Gen<FormFacts> Forms { get; } =
        from created in Moments
        from heard in Moments
        from contact in Contacts
        from interest in Gen.Elements<string?>(null, " ", "Kitchen", "a new bathroom, soon", "garden")
        from counts in Gen.Choose(-1, 4).ArrayOf(4)
        from flags in Gen.Frequency((5, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        select new FormFacts(created, heard, contact, interest, counts[0], counts[1], counts[2], counts[3], (flags & 1) != 0, (flags & 2) != 0);

    private static Gen<T> Any<T>()
        where T : struct, Enum => Gen.Elements(Enum.GetValues<T>());

    /// <summary>100 cut into parts, often with parts of nothing.</summary>
    private static Gen<int[]> Shares(int parts) =>
        from cuts in Gen.OneOf(Gen.Choose(0, 100), Gen.Elements(0, 100)).ArrayOf(parts - 1)
        let sorted = cuts.Order().Append(100).ToArray()
        select sorted.Select((cut, i) => cut - (i == 0 ? 0 : sorted[i - 1])).ToArray();
}
