using System.Globalization;
using System.Text;
using System.Text.Json;
using LeadDesk.Bench.Ingest;
using LeadDesk.Bench.Running;

namespace LeadDesk.Bench.Live;

/// <summary>Makes things happen that listeners hear of.</summary>
internal sealed class Prober(Uri address) : IDisposable
{
    private const int FloorBytes = 1024;
    private const int FirstPerson = 90_000_000;

    private readonly LoadConnection connection = new(address);

    private int last;

    /// <summary>A new lead whose name carries its number.</summary>
    /// <returns>The lead's id, and the number.</returns>
    public (long LeadId, long Number) PostLead()
    {
        var number = ++last;
        var name = CircuitListener.Probe + number.ToString($"D{CircuitListener.Digits}", CultureInfo.InvariantCulture);
        var json = WebhookRequest.Json(SampleMessages.All[0], (FirstPerson + number).ToString(CultureInfo.InvariantCulture), name);
        Send("/api/webhook", json);
        return (JsonDocument.Parse(connection.Body.ToArray()).RootElement.GetProperty("lead_id").GetInt64(), number);
    }

    /// <summary>As much text to everybody, from the floor's server.</summary>
    public long Tell()
    {
        var number = ++last;
        Send("/tell", number.ToString(CultureInfo.InvariantCulture) + " " + new string('.', FloorBytes));
        return number;
    }

    public void Dispose() => connection.Dispose();

    private void Send(string path, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nX-Api-Key: {LeadDeskApp.ApiKey}\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n";
        connection.Exchange([.. Encoding.ASCII.GetBytes(head), .. bytes]);
    }
}
