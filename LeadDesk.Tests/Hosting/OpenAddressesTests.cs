using System.Security.Claims;
using LeadDesk.Data;
using LeadDesk.Tests.Support;
using LeadDesk.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Hosting;

/// <summary>Who may open an address of the app without being signed in.</summary>
public sealed class OpenAddressesTests
{
    /// <summary>Every address that nobody has to sign in for, with the reason. Scripts, styles and images are open besides.</summary>
    private static readonly string[] Open =
    [
        "/login", // where people sign in
        "/setup", // there is nobody yet who could sign in; asks for the code from the log
        "/invite/{Token}", // the token is the proof
        "/logout", // a session that has ended may be left again; changes nothing but the caller's cookie
        "/language", // chosen on the sign-in page too; changes nothing but the caller's cookie
        "/webhooks/meta", // Meta, proven by the signature of each body or the verify token
        "/webhooks/whatsapp",
        "/webhooks/instagram",
        "/health/live", // asked by the supervisor
        "/health/ready", // asked by the load balancer
        "/metrics", // asked by the monitoring; totals without names
        "/openapi/{documentName}.json", // describes the product, not the data
        "/webhooks/email/{key}", // the key is the proof
        "/webhooks/forms/{key}", // the key is the proof, and a signature where the form has a secret
        "/forms/{key}", // a form for visitors; shows nothing but its name
        "/forms/{key}/thanks",
        "/share/{Token}", // the token is the proof; shows one lead
        "/error", // words for what failed, whoever asked
        "/status/{Code:int}",
        "/status/403",
        "/status/404",
    ];

    [Fact]
    public async Task An_address_is_open_only_when_it_stands_on_the_list()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);

        var open =
            from endpoint in Endpoints(app)
            where endpoint.Metadata.GetMetadata<OpenAssets>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            select Address(endpoint);

        open.Distinct().Order(StringComparer.Ordinal).ShouldBe(Open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_other_address_refuses_a_stranger()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);
        var authorization = app.Services.GetRequiredService<IAuthorizationService>();
        var policies = app.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        var stranger = new ClaimsPrincipal(new ClaimsIdentity());
        var closed = Endpoints(app).Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null).ToList();
        closed.Select(Address).ShouldContain("/api/webhook");
        closed.Select(Address).ShouldContain("/leads/{Id:long}");

        foreach (var endpoint in closed)
        {
            var own = await AuthorizationPolicy.CombineAsync(policies, endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(), endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>());
            var policy = own ?? await policies.GetFallbackPolicyAsync();
            (await authorization.AuthorizeAsync(stranger, policy.ShouldNotBeNull(Address(endpoint)))).Succeeded.ShouldBeFalse(Address(endpoint));
        }
    }

    [Fact]
    public async Task An_asset_can_only_be_read()
    {
        await using var app = await TestApp.StartAsync(DatabaseEngine.Sqlite);

        var assets = Endpoints(app).Where(endpoint => endpoint.Metadata.GetMetadata<OpenAssets>() is not null).ToList();

        assets.ShouldNotBeEmpty();
        foreach (var asset in assets)
            asset.Metadata.GetMetadata<HttpMethodMetadata>().ShouldNotBeNull(Address(asset)).HttpMethods.ShouldBeSubsetOf(["GET", "HEAD"]);
    }

    private static IEnumerable<RouteEndpoint> Endpoints(TestApp app) => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>();

    private static string Address(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
}
