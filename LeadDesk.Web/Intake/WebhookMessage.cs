using System.ComponentModel;
using System.Text.Json;

namespace LeadDesk.Web.Intake;

/// <summary>
/// What <c>POST /api/webhook</c> takes, as the API's description shows it; <see cref="IncomingLeadReader"/> reads it.
/// A phone, an email or an external_id is needed.
/// </summary>
internal sealed record WebhookMessage
{
    [Description("As written; read with its country code, or in the region. One that cannot be read is kept as it came and marked.")]
    public string? Phone { get; init; }

    public string? Email { get; init; }

    [Description("At most 20,000 characters.")]
    public string? Message { get; init; }

    [Description("whatsapp, instagram, messenger, website, email, or another word.")]
    public string? Channel { get; init; }

    public string? SenderName { get; init; }

    [Description("The sender's id of the message or person, a string or a number. The same id with the same content is answered again and stored once.")]
    public string? ExternalId { get; init; }

    [Description("ISO 3166 alpha-2 for a phone written nationally; the company's by default.")]
    public string? Region { get; init; }

    [Description("Any object. Fields that are not known here are kept in it, too.")]
    public JsonElement? Metadata { get; init; }
}

/// <summary>What <c>POST /api/webhook</c> answers, as the API's description shows it; <see cref="WebhookAnswer"/> writes it.</summary>
internal sealed record WebhookReceipt
{
    [Description("Always success.")]
    public required string Status { get; init; }

    public required long LeadId { get; init; }

    [Description("HOT from 60, WARM from 40, COLD below.")]
    public required string Quality { get; init; }

    [Description("0 to 100.")]
    public required int Score { get; init; }

    [Description("buy, question, support, complaint, partnership, job, spam or other.")]
    public required string Intent { get; init; }

    [Description("low, medium or high.")]
    public required string Urgency { get; init; }

    [Description("The message was here before, or came from somebody who already is a lead.")]
    public required bool Duplicate { get; init; }
}
