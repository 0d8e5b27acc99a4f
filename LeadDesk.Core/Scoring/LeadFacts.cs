using LeadDesk.Analysis;

namespace LeadDesk.Scoring;

/// <summary>What is known about one way to reach a person.</summary>
public enum ContactState
{
    Missing,

    /// <summary>Something is written there that cannot be read as a number or an address.</summary>
    Unreadable,
    Valid,
}

/// <summary>How a person can be reached.</summary>
/// <param name="EmailDisposable">The e-mail address belongs to a throw-away service.</param>
public readonly record struct ContactFacts(
    ContactState Phone = ContactState.Missing,
    ContactState Email = ContactState.Missing,
    bool EmailDisposable = false,
    bool HasName = false);

/// <summary>The details of an order found in a conversation.</summary>
[Flags]
public enum OrderDetails
{
    None = 0,
    Product = 1,
    Quantity = 2,
    Budget = 4,
    Date = 8,
    Place = 16,
}

/// <summary>All the scorer looks at in a lead that wrote to us.</summary>
/// <param name="IntentConfidence">0 to 100; values outside are read as the nearest limit.</param>
/// <param name="Category">One of <see cref="MessageCategory"/>; tells a question about a price from any other.</param>
/// <param name="Channel">The channel's word in any case; unknown words count as some other channel.</param>
/// <param name="MessageLength">In UTF-16 characters, without spaces around.</param>
public sealed record ConversationFacts(
    Intent Intent,
    int IntentConfidence,
    Urgency Urgency,
    string? Category,
    bool OptOut,
    ContactFacts Contact,
    string? Channel,
    int MessageLength,
    OrderDetails Details)
{
    public static ConversationFacts From(MessageAnalysis analysis, ContactFacts contact, string? channel, string? message) => new(
        analysis.Intent,
        analysis.Confidence,
        analysis.Urgency,
        analysis.Category,
        analysis.OptOut,
        contact,
        channel,
        message.AsSpan().Trim().Length,
        DetailsOf(analysis.Extracted));

    private static OrderDetails DetailsOf(ExtractedData data) =>
        (data.Product is null ? OrderDetails.None : OrderDetails.Product)
        | (data.Quantity is null ? OrderDetails.None : OrderDetails.Quantity)
        | (data.BudgetAmount is null ? OrderDetails.None : OrderDetails.Budget)
        | (data.Date is null ? OrderDetails.None : OrderDetails.Date)
        | (data.Place is null ? OrderDetails.None : OrderDetails.Place);
}

/// <summary>All the scorer looks at in a lead that filled in a form.</summary>
/// <param name="CreatedAt">UTC; when the lead came first.</param>
/// <param name="LastHeardAt">UTC; the person's last form, message or answered call. Never what we did ourselves.</param>
/// <param name="ServiceInterest">What the person is interested in, as written; null or blank when not said.</param>
/// <param name="AnswersCount">Filled-in questions beside the contact fields.</param>
/// <param name="SubmissionsCount">How often the person sent a form; 1 for a new lead.</param>
/// <param name="InteractionsCount">What the person did after the form: replies, answered calls.</param>
/// <param name="MessageLength">In UTF-16 characters, without spaces around.</param>
public sealed record FormFacts(
    DateTime CreatedAt,
    DateTime LastHeardAt,
    ContactFacts Contact = default,
    string? ServiceInterest = null,
    int AnswersCount = 0,
    int SubmissionsCount = 1,
    int InteractionsCount = 0,
    int MessageLength = 0,
    bool OptOut = false,
    bool Spam = false);
