using LeadDesk.Scoring;

namespace LeadDesk.Web.Settings;

/// <summary>A weight while it is edited.</summary>
/// <param name="name">English, the key of its text.</param>
/// <param name="hint">What gives the points.</param>
public sealed class WeightRow(string key, string name, string hint, int points)
{
    public string Key => key;

    public string Name => name;

    public string Hint => hint;

    public int Points { get; set; } = points;
}

/// <summary>A scoring profile while it is edited, complete or not.</summary>
internal sealed class ScoringForm(ScoringProfile profile, int version)
{
    public int Version => version;

    public IReadOnlyList<WeightRow> Conversation { get; } =
    [
        new("intent", "Intent", "Wants to buy, asks for a price, or only says hello", profile.Conversation.Intent),
        new("urgency", "Urgency", "Today, this week, or some day", profile.Conversation.Urgency),
        new("contact", "Contact", "A phone number and an e-mail address that work", profile.Conversation.Contact),
        new("channel", "Channel", "Where the message came from", profile.Conversation.Channel),
        new("data", "Data", "Name and addresses that are complete and readable", profile.Conversation.Data),
        new("message", "Message", "How much the person wrote", profile.Conversation.Message),
        new("completeness", "Details", "Product, quantity, budget, date and place", profile.Conversation.Completeness),
    ];

    public IReadOnlyList<WeightRow> Form { get; } =
    [
        new("contact", "Contact", "A phone number and an e-mail address that work", profile.Form.Contact),
        new("freshness", "Freshness", "How recently the person was heard of", profile.Form.Freshness),
        new("service", "Service", "Interest in something you sell", profile.Form.Service),
        new("engagement", "Engagement", "Answers, repeated forms, replies", profile.Form.Engagement),
        new("age", "Age", "How long ago the lead arrived", profile.Form.Age),
    ];

    /// <summary>Both groups add up. Whether all else is fine, the service says.</summary>
    public bool IsComplete => Sum(Conversation) == 100 && Sum(Form) == 100;

    /// <summary>Every field an error can stand at.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["conversation", "form"];

    public ScoringProfile Profile => new(
        new ConversationWeights(At(Conversation, 0), At(Conversation, 1), At(Conversation, 2), At(Conversation, 3), At(Conversation, 4), At(Conversation, 5), At(Conversation, 6)),
        new FormWeights(At(Form, 0), At(Form, 1), At(Form, 2), At(Form, 3), At(Form, 4)),
        profile.Services);

    public static int Sum(IEnumerable<WeightRow> rows) => rows.Sum(row => row.Points);

    private static int At(IReadOnlyList<WeightRow> rows, int at) => rows[at].Points;
}
