using LeadDesk.Analysis;

namespace LeadDesk.Scoring;

/// <summary>The seven factors of a lead that wrote to us; each alone, as a share of its weight.</summary>
internal static class ConversationFactors
{
    /// <summary>What an intent counts that nobody is sure of: as much as none.</summary>
    private const int Unknown = 10;

    /// <summary>The least a wish to buy counts, however unsure. No other intent may count more.</summary>
    private const int LeastBuy = 65;

    private static readonly Finding[] CompletenessFindings = [.. Enumerable.Range(0, 32).Select(Describe)];

    public static Finding Intent(ConversationFacts facts)
    {
        int confidence = Math.Clamp(facts.IntentConfidence, 0, 100);
        if (facts.Intent == Analysis.Intent.Buy)
            return Buy(LeastBuy + ((100 - LeastBuy) * confidence / 100), confidence);

        var sure = facts.Intent switch
        {
            Analysis.Intent.Question => Question(facts.Category),
            Analysis.Intent.Partnership => new(45, "intent.partnership", "Offers a partnership"),
            Analysis.Intent.Support => new(20, "intent.support", "Needs help with something bought"),
            Analysis.Intent.Complaint => new(5, "intent.complaint", "Complains"),
            Analysis.Intent.Job => new(0, "intent.job", "Looks for a job"),
            Analysis.Intent.Spam => new(0, "intent.spam", "Looks like spam"),
            _ when facts.Category == MessageCategory.Greeting => new(Unknown, "intent.greeting", "Says hello, wants nothing yet"),
            _ => new Finding(Unknown, "intent.other", "No wish to buy in the text"),
        };
        return sure with { Percent = ((sure.Percent * confidence) + (Unknown * (100 - confidence))) / 100 };
    }

    private static Finding Buy(int percent, int confidence) => confidence switch
    {
        >= 85 => new(percent, "intent.buy.very_sure", "Wants to buy, very sure"),
        >= 60 => new(percent, "intent.buy.fairly_sure", "Wants to buy, fairly sure"),
        _ => new(percent, "intent.buy.unsure", "May want to buy"),
    };

    // Who asks for a price is nearly a buyer; who asks for the way to the office is not.
    private static Finding Question(string? category) => category switch
    {
        MessageCategory.Pricing => new(LeastBuy, "intent.question.pricing", "Asks about a price"),
        MessageCategory.Availability => new(LeastBuy, "intent.question.availability", "Asks what is available"),
        MessageCategory.Appointment => new(LeastBuy, "intent.question.appointment", "Asks for an appointment"),
        MessageCategory.Sales => new(LeastBuy, "intent.question.sales", "Asks about a purchase"),
        MessageCategory.Delivery => new(55, "intent.question.delivery", "Asks about delivery"),
        _ => new(45, "intent.question", "Asks a question"),
    };

    public static Finding Urgency(Urgency urgency) => urgency switch
    {
        Analysis.Urgency.High => new(100, "urgency.high", "Expects an answer now"),
        Analysis.Urgency.Medium => new(50, "urgency.medium", "Expects an answer soon"),
        _ => new(10, "urgency.low", "No hurry"),
    };

    public static Finding Contact(ContactFacts contact, string? channel)
    {
        // In these the lead can be answered where it wrote, even if it gave nothing else.
        int answerable = ChannelFinding(channel) is { Key: "channel.whatsapp" or "channel.instagram" or "channel.messenger" } ? 25 : 0;
        int phone = contact.Phone switch { ContactState.Valid => 75, ContactState.Unreadable => 15, _ => 0 };
        int email = contact.Email switch
        {
            ContactState.Valid => contact.EmailDisposable ? 10 : 40,
            ContactState.Unreadable => 5,
            _ => 0,
        };
        int percent = Math.Max(answerable, Math.Min(100, phone + email));
        return ContactWords.Describe(contact) is { } words
            ? new(percent, words.Key, words.Text)
            : answerable > 0
                ? new(percent, "contact.channel_only", "Can be answered in the channel only")
                : new(percent, "contact.none", "No phone number and no e-mail address");
    }

    public static Finding Channel(string? channel) => ChannelFinding(channel);

    private static Finding ChannelFinding(string? channel)
    {
        if (Is(channel, "whatsapp"))
            return new(100, "channel.whatsapp", "Wrote on WhatsApp");
        if (Is(channel, "website"))
            return new(80, "channel.website", "Wrote on the website");
        if (Is(channel, "messenger"))
            return new(75, "channel.messenger", "Wrote on Messenger");
        if (Is(channel, "instagram"))
            return new(75, "channel.instagram", "Wrote on Instagram");
        if (Is(channel, "meta") || Is(channel, "google") || Is(channel, "linkedin") || Is(channel, "tiktok"))
            return new(70, "channel.ad_form", "Answered the form of an ad");
        if (Is(channel, "email"))
            return new(60, "channel.email", "Wrote an e-mail");
        return new(40, "channel.other", "Came by another channel");
    }

    private static bool Is(string? channel, string word) => string.Equals(channel, word, StringComparison.OrdinalIgnoreCase);

    public static Finding Data(ContactFacts contact)
    {
        bool valid = contact.Phone == ContactState.Valid || contact.Email == ContactState.Valid;
        bool unreadable = contact.Phone == ContactState.Unreadable || contact.Email == ContactState.Unreadable;
        return (contact.HasName, valid, unreadable) switch
        {
            (true, true, false) => new(100, "data.clean", "Has a name and readable contact details"),
            (true, true, true) => new(75, "data.named_part_unreadable", "Has a name; a part of the contact details cannot be read"),
            (true, false, _) => new(50, "data.name_only", "Has a name, no readable contact details"),
            (false, true, false) => new(50, "data.no_name", "No name; the contact details are readable"),
            (false, true, true) => new(25, "data.no_name_part_unreadable", "No name; a part of the contact details cannot be read"),
            _ => new(0, "data.none", "No name and no readable contact details"),
        };
    }

    // Counted in characters, so that languages without spaces are not at a disadvantage.
    public static Finding Message(int length) => length switch
    {
        >= 25 => new(100, "message.full", "Wrote a full message"),
        >= 8 => new(60, "message.short", "Wrote a short message"),
        >= 1 => new(20, "message.few", "Wrote a word or two"),
        _ => new(0, "message.none", "Wrote no text"),
    };

    public static Finding Completeness(OrderDetails details) => CompletenessFindings[(int)details & 31];

    private static Finding Describe(int set)
    {
        var details = (OrderDetails)set;
        string[] names = [.. Enum.GetValues<OrderDetails>()
            .Where(detail => detail != OrderDetails.None && details.HasFlag(detail))
            .Select(detail => detail.ToString().ToLowerInvariant())];
        return names.Length switch
        {
            0 => new(0, "completeness.none", "No details of an order"),
            1 => new(35, $"completeness:{names[0]}", $"Names the {names[0]}"),
            2 => new(70, $"completeness:{string.Join(',', names)}", $"Names the {names[0]} and the {names[1]}"),
            _ => new(100, $"completeness:{string.Join(',', names)}", $"Names the {string.Join(", ", names[..^1])} and {names[^1]}"),
        };
    }
}

/// <summary>The words for contact details that both kinds of lead share.</summary>
internal static class ContactWords
{
    /// <summary>Null when neither phone nor e-mail was given.</summary>
    public static (string Key, string Text)? Describe(ContactFacts contact) => (contact.Phone, contact.Email) switch
    {
        (ContactState.Valid, ContactState.Valid) => contact.EmailDisposable
            ? ("contact.phone_disposable", "Phone number is valid, the e-mail address is a throw-away one")
            : ("contact.both", "Phone number and e-mail address are valid"),
        (ContactState.Valid, _) => ("contact.phone", "Phone number is valid"),
        (_, ContactState.Valid) => contact.EmailDisposable
            ? ("contact.disposable", "Only a throw-away e-mail address")
            : ("contact.email", "E-mail address is valid, no readable phone number"),
        (ContactState.Missing, ContactState.Missing) => null,
        _ => ("contact.unreadable", "The contact details cannot be read"),
    };
}
