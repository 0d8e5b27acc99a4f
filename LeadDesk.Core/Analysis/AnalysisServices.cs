using System.Net;
using LeadDesk.Analysis.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Analysis;

/// <summary>Registers the model chain.</summary>
public static class AnalysisServices
{
    /// <summary>Adds <see cref="LeadAnalyst"/> as a singleton: breakers and connections live as long as the process.</summary>
    /// <param name="options">Checked before by <see cref="AnalysisOptions.Problems"/>.</param>
    /// <param name="removeInstructions">Takes orders to the reading software out of a text before a model sees it.</param>
    public static IServiceCollection AddLeadAnalysis(this IServiceCollection services, AnalysisOptions options, RemoveInstructions removeInstructions) =>
        services.AddSingleton(provider =>
        {
            var time = provider.GetService<TimeProvider>() ?? TimeProvider.System;
            return new LeadAnalyst(
                [.. options.Providers.Select(o => new ModelProvider(Client(o), TimeSpan.FromSeconds(o.TimeoutSeconds), time))],
                removeInstructions,
                options.Deadline,
                time,
                provider.GetRequiredService<ILogger<LeadAnalyst>>());
        });

    /// <summary>The client of a provider, with connections of its own. The caller disposes it.</summary>
    internal static IModelClient Client(ModelProviderOptions options)
    {
        var http = Http();
        return options.KnownKind switch
        {
            ModelProviderKind.Mistral or ModelProviderKind.OpenAI => new OpenAiClient(http, options),
            ModelProviderKind.Gemini => new GeminiClient(http, options),
            ModelProviderKind.Ollama => new OllamaClient(http, options),
            _ => throw new InvalidOperationException("The provider's kind is checked before it is used."),
        };
    }

    private static HttpClient Http() => new(new SocketsHttpHandler
    {
        // A redirect would carry the key's header to another host.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 32,
    })
    {
        // Time-outs are the provider's, see ModelProvider.
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
