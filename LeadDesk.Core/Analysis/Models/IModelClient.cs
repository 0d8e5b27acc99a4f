namespace LeadDesk.Analysis.Models;

/// <summary>One provider's chat API.</summary>
internal interface IModelClient : IDisposable
{
    /// <summary>Kind and model, <c>mistral/mistral-small-latest</c>.</summary>
    string Name { get; }

    /// <summary>Asks once, without retry. Every failure of the provider is a value.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken cancellationToken);
}

/// <param name="System">The task and its rules.</param>
/// <param name="User">The customer's text between its delimiters.</param>
internal sealed record ModelQuestion(string System, string User);

/// <summary>What came back: the model's text, or the reason why there is none.</summary>
/// <param name="RetryAfter">How long the provider asked us to wait.</param>
/// <param name="HttpStatus">Null when no response arrived.</param>
internal readonly record struct ModelAnswer(string? Text, NoAnswer? Reason, TimeSpan? RetryAfter = null, int? HttpStatus = null)
{
    public static ModelAnswer Of(string text) => new(text, Reason: null);

    public static ModelAnswer None(NoAnswer reason, TimeSpan? retryAfter = null) => new(Text: null, reason, retryAfter);
}
