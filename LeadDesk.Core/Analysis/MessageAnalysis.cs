namespace LeadDesk.Analysis;

/// <summary>What the sender wants. In JSON the lower-case word.</summary>
public enum Intent
{
    Other,
    Buy,
    Question,
    Support,
    Complaint,
    Partnership,
    Job,
    Spam,
}

/// <summary>How soon the sender expects an answer. In JSON the lower-case word.</summary>
public enum Urgency
{
    Low,
    Medium,
    High,
}

/// <summary>The tone of a message. In JSON the lower-case word.</summary>
public enum Sentiment
{
    Negative,
    Neutral,
    Positive,
}

/// <summary>Facts found in a message's text; everything is optional and as far as possible normalised.</summary>
/// <param name="Product">What is asked for, as written.</param>
/// <param name="Quantity">How many, greater than zero.</param>
/// <param name="BudgetAmount">Money named in the text, in units of <paramref name="BudgetCurrency"/>.</param>
/// <param name="BudgetCurrency">ISO 4217 code, or null when the text names none.</param>
/// <param name="Date">A date, time or span as written ("tomorrow", "mañana", "3 May").</param>
/// <param name="Place">A place as written.</param>
/// <param name="Contact">A phone number or e-mail address written inside the text.</param>
public sealed record ExtractedData(
    string? Product = null,
    decimal? Quantity = null,
    decimal? BudgetAmount = null,
    string? BudgetCurrency = null,
    string? Date = null,
    string? Place = null,
    string? Contact = null)
{
    public static ExtractedData None { get; } = new();
}

/// <summary>What a message says about the person who sent it: the answer of the classifier or of a model.</summary>
/// <param name="Category">One of <see cref="MessageCategory"/>.</param>
/// <param name="Confidence">0 to 100.</param>
/// <param name="Language">ISO 639-1 code, or null when it cannot be told.</param>
/// <param name="OptOut">The sender asks to be left alone ("stop messaging me").</param>
/// <param name="InstructionLike">The text contains orders to the software that reads it; those parts were not taken into account.</param>
public sealed record MessageAnalysis(
    Intent Intent,
    Urgency Urgency,
    string Category,
    Sentiment Sentiment,
    int Confidence,
    ExtractedData Extracted,
    string? Language = null,
    bool OptOut = false,
    bool InstructionLike = false);

/// <summary>What a message is about, as a fixed set of words so that lists can filter by them.</summary>
public static class MessageCategory
{
    public const string Sales = "sales";
    public const string Pricing = "pricing";
    public const string Availability = "availability";
    public const string Delivery = "delivery";
    public const string Appointment = "appointment";
    public const string Billing = "billing";
    public const string Technical = "technical";
    public const string Account = "account";
    public const string Feedback = "feedback";
    public const string Partnership = "partnership";
    public const string Career = "career";
    public const string Unwanted = "unwanted";
    public const string Greeting = "greeting";
    public const string General = "general";

    public static IReadOnlyList<string> All { get; } =
        [Sales, Pricing, Availability, Delivery, Appointment, Billing, Technical, Account, Feedback, Partnership, Career, Unwanted, Greeting, General];
}
