namespace LeadDesk.Analysis;

/// <summary>Why a model gave no usable answer.</summary>
public enum NoAnswer
{
    /// <summary>The model or its safety filter would not answer this text.</summary>
    Refused,

    /// <summary>The answer ended before it was complete.</summary>
    CutOff,
    RateLimited,

    /// <summary>The key is missing, wrong or not allowed to use the model.</summary>
    Unauthorized,

    /// <summary>The provider does not accept the request as configured, for example an unknown model.</summary>
    Rejected,

    /// <summary>No connection, or an error on the provider's side.</summary>
    Unavailable,
    Timeout,

    /// <summary>The deadline of the whole analysis came before this provider's own time was over.</summary>
    OutOfTime,

    /// <summary>The answer is not in the provider's format or holds no JSON object.</summary>
    Malformed,

    /// <summary>The answer is JSON but breaks the rules: an unknown word, a missing field, a value out of range.</summary>
    Invalid,

    /// <summary>Not asked: the provider failed too often lately, or told us to wait.</summary>
    Paused,
}

/// <summary>One request to one provider, for logs and metrics; holds nothing of the message.</summary>
/// <param name="Provider">Kind and model, <c>mistral/mistral-small-latest</c>.</param>
/// <param name="Reason">Null when the provider answered.</param>
/// <param name="HttpStatus">Null when no response arrived.</param>
public sealed record ModelAttempt(string Provider, NoAnswer? Reason, int? HttpStatus, TimeSpan Duration);

/// <summary>A message's final analysis and how it came about.</summary>
/// <param name="AnsweredBy"><see cref="BuiltIn"/>, or the provider's kind and model.</param>
/// <param name="Duration">From the first request to the decision.</param>
/// <param name="Attempts">In order; empty when no provider was asked.</param>
public sealed record AnalysisOutcome(MessageAnalysis Analysis, string AnsweredBy, TimeSpan Duration, IReadOnlyList<ModelAttempt> Attempts)
{
    /// <summary>The name under which the built-in classifier's answers are stored.</summary>
    public const string BuiltIn = "built-in";
}
