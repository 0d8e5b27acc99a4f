namespace LeadDesk.Simulators.Wire;

/// <summary>One POST, ready to be sent: the bytes that were signed are the bytes that go out.</summary>
/// <param name="Units">How many events the body holds.</param>
public sealed record OutgoingCall(byte[] Body, string ContentType, IReadOnlyList<KeyValuePair<string, string>> Headers, int Units = 1)
{
    private static readonly string s_wrongSignature = "sha256=" + new string('0', 64);

    /// <summary>A body as Meta signs it. Null secret: unsigned.</summary>
    public static OutgoingCall FromMeta(byte[] body, string? appSecret, bool wrongSignature = false, int units = 1)
    {
        var signature = wrongSignature ? s_wrongSignature : appSecret is null ? null : MetaJson.Sign(appSecret, body);
        return new OutgoingCall(body, "application/json", signature is null ? [] : [new("X-Hub-Signature-256", signature)], units);
    }
}

/// <summary>Where calls go and how.</summary>
/// <param name="Rate">Requests started per second; null: as fast as answers come.</param>
/// <param name="MostAtOnce">Requests under way at the same time.</param>
/// <param name="Retries">Further tries of a call that was not answered with 2xx: the first at once, then after growing waits.</param>
/// <param name="RetrySeconds">The first wait; each following one is twice as long.</param>
public sealed record SendPlan(Uri Url, double? Rate = null, int MostAtOnce = 256, int Retries = 0, double RetrySeconds = 0.5);

/// <summary>What became of the calls. Latencies are milliseconds from the start of a request to the end of its answer.</summary>
/// <param name="Statuses">Answers by status; 0 stands for no answer.</param>
/// <param name="GivenUp">Calls whose last try failed, too.</param>
/// <param name="MostLateMs">How far the sender itself fell behind its rate.</param>
public sealed record SendReport(
    int Calls, int Units, int Requests, IReadOnlyDictionary<int, int> Statuses, int GivenUp, double Seconds, double P50Ms, double P90Ms, double P99Ms, double MaxMs, double MostLateMs);
