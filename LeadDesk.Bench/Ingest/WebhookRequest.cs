using System.Text;
using System.Text.Json;
using LeadDesk.Bench.Running;

namespace LeadDesk.Bench.Ingest;

/// <summary>
/// The bytes of one <c>POST /api/webhook</c>, made once. For the next person only the eight digits at the end of the phone number (and
/// in the e-mail) are written anew.
/// </summary>
internal sealed class WebhookRequest
{
    private const int Digits = 8;
    private const string Placeholder = "########";

    private readonly int[] places;

    private WebhookRequest(byte[] bytes)
    {
        Bytes = bytes;
        places = [.. Places(bytes)];
    }

    public byte[] Bytes { get; }

    /// <summary>One request for each sample message, for one connection: they are changed in place.</summary>
    public static WebhookRequest[] CreateAll(Uri address) => [.. SampleMessages.All.Select(message => new WebhookRequest(Render(address, Json(message))))];

    public static string Json(SampleMessage message, string digits = Placeholder, string? name = null) => JsonSerializer.Serialize(new
    {
        phone = message.PhonePrefix + digits,
        email = message.WithEmail ? $"lead.{digits}@example.com" : null,
        message = message.Text,
        channel = message.Channel,
        sender_name = name ?? message.Name,
    });

    /// <param name="number">0 to 99,999,999; another person for each.</param>
    public void Address(int number)
    {
        foreach (var place in places)
        {
            var rest = number;
            for (var digit = Digits - 1; digit >= 0; digit--, rest /= 10)
                Bytes[place + digit] = (byte)('0' + (rest % 10));
        }
    }

    private static byte[] Render(Uri address, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var head = $"POST /api/webhook HTTP/1.1\r\nHost: {address.Authority}\r\nX-Api-Key: {LeadDeskApp.ApiKey}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    private static IEnumerable<int> Places(byte[] bytes)
    {
        var placeholder = Encoding.ASCII.GetBytes(Placeholder);
        for (var at = bytes.AsSpan().IndexOf(placeholder); at >= 0;)
        {
            yield return at;
            var next = bytes.AsSpan(at + Digits).IndexOf(placeholder);
            at = next < 0 ? -1 : at + Digits + next;
        }
    }
}
