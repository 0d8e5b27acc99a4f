using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Hosting;

/// <summary>Addresses as the outside world reaches them.</summary>
internal static class PublicAddress
{
    /// <param name="path">From the root: <c>/webhooks/meta</c>.</param>
    public static string Of(this LeadDeskOptions options, NavigationManager navigation, string path) =>
        (options.PublicUrl?.ToString() ?? navigation.BaseUri).TrimEnd('/') + path;

    /// <inheritdoc cref="Of(LeadDeskOptions, NavigationManager, string)"/>
    public static string Of(this LeadDeskOptions options, HttpRequest request, string path) =>
        (options.PublicUrl?.ToString() ?? $"{request.Scheme}://{request.Host}").TrimEnd('/') + path;
}
