namespace LeadDesk.Simulators.Models;

/// <summary>The ways a simulated provider can behave, as the words of the control address. A way that a provider does not know is "ok".</summary>
public static class ModelMode
{
    public const string Ok = "ok";
    public const string Slow = "slow";
    public const string Down = "down";
    public const string RateLimited = "rate_limited";
    public const string QuotaExhausted = "quota_exhausted";
    public const string Unauthorized = "unauthorized";
    public const string Refusal = "refusal";
    public const string CutOff = "cut_off";
    public const string ContentFilter = "content_filter";
    public const string Blocked = "blocked";
    public const string Malformed = "malformed";
    public const string WrongWords = "wrong_words";
    public const string Html = "html";
    public const string MidStreamError = "mid_stream_error";
    public const string Empty = "empty";
    public const string Gullible = "gullible";
    public const string Lying = "lying";
    public const string Hang = "hang";
    public const string Flat422 = "flat_422";
    public const string Detail422 = "detail_422";
    public const string UnknownModel = "unknown_model";
    public const string Drop = "drop";
    public const string Huge = "huge";
    public const string Fenced = "fenced";
    public const string Parts = "parts";

    public static IReadOnlyList<string> All { get; } =
    [
        Ok, Slow, Down, RateLimited, QuotaExhausted, Unauthorized, Refusal, CutOff, ContentFilter, Blocked, Malformed, WrongWords, Html, MidStreamError,
        Empty, Gullible, Lying, Hang, Flat422, Detail422, UnknownModel, Drop, Huge, Fenced, Parts,
    ];
}

/// <summary>How a provider shall answer from now on.</summary>
/// <param name="Mode">One of <see cref="ModelMode"/>.</param>
/// <param name="DelayMs">Waited before every answer; "slow" without it waits three seconds.</param>
/// <param name="Answer">The model's text in place of the pretended one.</param>
/// <param name="RetryAfter">Seconds a rate-limited or failing provider asks for; null leaves the wait out.</param>
/// <param name="Times">After so many calls the provider is "ok" again; null means for good.</param>
public sealed record ModelBehaviour(string Mode, int? DelayMs = null, string? Answer = null, double? RetryAfter = null, int? Times = null)
{
    public static ModelBehaviour Normal { get; } = new(ModelMode.Ok);
}

/// <summary>One call as it came in. Keys are not kept.</summary>
/// <param name="KeyIn">The header that carried a key; null when none did.</param>
public sealed record ModelCall(string Path, string Query, string? KeyIn, string Body);
