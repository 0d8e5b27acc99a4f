namespace LeadDesk.Analysis;

/// <summary>Whose wire format a provider speaks. <see cref="OpenAI"/> also stands for every compatible address.</summary>
public enum ModelProviderKind
{
    Mistral,
    Gemini,
    Ollama,
    OpenAI,
}

/// <summary>One model provider, section <c>LeadDesk:Analysis:Providers:0</c> and following.</summary>
public sealed class ModelProviderOptions
{
    internal const int LongestTimeout = 60;

    private const int LongestModel = 100;

    /// <summary>A name of <see cref="ModelProviderKind"/> in any case; text, so that a wrong word becomes a sentence and not a binding error.</summary>
    public string? Kind { get; set; }

    /// <summary>
    /// The base address up to and including the version (<c>https://api.openai.com/v1</c>), for Ollama the server's root.
    /// Private addresses are allowed: the operator writes them, not a user.
    /// </summary>
    public string? Url { get; set; }

    public string? Model { get; set; }

    /// <summary>Sent in a header only; never logged.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The time for one request, 1 to 60 seconds.</summary>
    public int TimeoutSeconds { get; set; } = 8;

    /// <summary>The parsed <see cref="Kind"/>; null when it is missing or unknown.</summary>
    internal ModelProviderKind? KnownKind => Kind?.Trim().ToUpperInvariant() switch
    {
        "MISTRAL" => ModelProviderKind.Mistral,
        "GEMINI" => ModelProviderKind.Gemini,
        "OLLAMA" => ModelProviderKind.Ollama,
        "OPENAI" => ModelProviderKind.OpenAI,
        _ => null,
    };

    /// <summary>The model's name, given or the kind's default.</summary>
    internal string ModelName => Text(Model) ?? Defaults.Model;

    /// <summary>Kind and model as they are stored and logged: <c>mistral/mistral-small-latest</c>.</summary>
    internal string Name => $"{Kind?.Trim().ToLowerInvariant()}/{ModelName}";

    internal string? Key => Text(ApiKey);

    private (string Url, string Model) Defaults => KnownKind switch
    {
        ModelProviderKind.Mistral => ("https://api.mistral.ai/v1", "mistral-small-latest"),
        ModelProviderKind.Gemini => ("https://generativelanguage.googleapis.com/v1beta", "gemini-flash-lite-latest"),
        ModelProviderKind.Ollama => ("http://localhost:11434", "llama3.2"),
        ModelProviderKind.OpenAI => ("https://api.openai.com/v1", "gpt-4.1-mini"),
        _ => throw new InvalidOperationException("The provider's kind is checked before it is used."),
    };

    /// <summary>Every wrong value as one sentence: the key, the value (never a secret) and what is allowed.</summary>
    /// <param name="prefix">The entry's path, for example <c>LeadDesk:Analysis:Providers:0</c>.</param>
    public IEnumerable<string> Problems(string prefix)
    {
        if (KnownKind is null)
            yield return $"{prefix}:Kind is '{Kind}'; allowed are {string.Join(", ", Enum.GetNames<ModelProviderKind>())}.";
        if (Text(Url) is { } url && !IsBaseAddress(url))
            yield return $"{prefix}:Url is not a base address; allowed is an absolute http or https address without user, query or fragment, such as https://api.openai.com/v1.";
        if (Text(Model) is { } model && (model.Length > LongestModel || model.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))))
            yield return $"{prefix}:Model is not a model's name; allowed are up to {LongestModel} characters without spaces.";
        if (Key is null && NeedsKey)
            yield return $"{prefix}:ApiKey is missing; {Kind} needs one.";
        if (Key is { } key && key.Any(c => c is <= ' ' or > '~'))
            yield return $"{prefix}:ApiKey (hidden) holds a space or a character that a header cannot carry; allowed are printable ASCII characters.";
        if (TimeoutSeconds is < 1 or > LongestTimeout)
            yield return $"{prefix}:TimeoutSeconds is {TimeoutSeconds}; allowed are 1 to {LongestTimeout} seconds.";
    }

    /// <summary>The full address of a call: the base address and the call's own path.</summary>
    internal Uri Endpoint(string path) => new((Text(Url) ?? Defaults.Url).TrimEnd('/') + path);

    /// <summary>Many servers with OpenAI's format run without a key; OpenAI, Mistral and Gemini themselves do not.</summary>
    private bool NeedsKey => KnownKind switch
    {
        ModelProviderKind.Mistral or ModelProviderKind.Gemini => true,
        ModelProviderKind.OpenAI => Text(Url) is null,
        _ => false,
    };

    private static bool IsBaseAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
