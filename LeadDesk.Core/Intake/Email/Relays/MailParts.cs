using LeadDesk.Intake.Email.Mime;

namespace LeadDesk.Intake.Email.Relays;

/// <summary>What a relay tells of a mail, before it is put together; what it leaves out is taken from the headers.</summary>
internal sealed record MailParts
{
    private const int LongestMessageId = 900;

    public required MimeHeaders Headers { get; init; }

    public MailPerson? From { get; init; }

    public MailPerson? ReplyTo { get; init; }

    public IReadOnlyList<MailPerson> To { get; init; } = [];

    public string? Subject { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    public string? Date { get; init; }

    /// <summary>The relay's own id, where the mail has none.</summary>
    public string? RelayId { get; init; }

    /// <summary>The address bounces go to; empty for mails that want none; null when the relay does not tell.</summary>
    public string? EnvelopeFrom { get; init; }

    public IReadOnlyList<IncomingFile> Files { get; init; } = [];

    public bool HasDeliveryReport { get; init; }

    public InboundMail ToMail()
    {
        var from = From ?? MailAddresses.First(Headers.Raw("From")) ?? MailAddresses.First(Headers.Raw("Sender"))
            ?? MailAddresses.First(EnvelopeFrom) ?? MailAddresses.First(Headers.Raw("Return-Path"));
        var subject = Subject ?? Headers.Text("Subject");
        return new InboundMail
        {
            MessageId = Id(Headers.Raw("Message-ID")) ?? Id(RelayId),
            From = from,
            ReplyTo = ReplyTo ?? MailAddresses.First(Headers.Raw("Reply-To")),
            To = To.Count > 0 ? To : MailAddresses.Parse(Headers.Raw("To")),
            Subject = subject?.Trim(),
            Text = Words(Text) ?? (Html is null ? null : Words(HtmlText.Read(Html))),
            Html = Html,
            Date = MailDates.Parse(Date ?? Headers.Raw("Date")),
            InReplyTo = Id(Headers.Raw("In-Reply-To")) ?? Id(Headers.Raw("References")?.Split(' ', '\t')[^1]),
            Headers = Headers,
            Files = [.. Files.Select(file => file with { ContentType = MediaTypes.Safe(file.ContentType) })],
            Automatic = AutomaticMail.Why(Headers, from, EnvelopeFrom, subject, HasDeliveryReport),
            Bulk = AutomaticMail.WhyBulk(Headers),
        };
    }

    private static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : Charsets.Clean(text).Trim('\n', ' ', '\t');

    /// <summary>The first id of the header, without its brackets. Ids of nothing but zeros are those of a relay's test mails.</summary>
    private static string? Id(string? written)
    {
        if (string.IsNullOrWhiteSpace(written))
            return null;
        int open = written.IndexOf('<', StringComparison.Ordinal);
        int close = open < 0 ? -1 : written.IndexOf('>', open);
        var id = (close > open ? written[(open + 1)..close] : written).Trim();
        return id.Length is 0 or > LongestMessageId || id.All(c => c is '0' or '-') ? null : id;
    }
}
