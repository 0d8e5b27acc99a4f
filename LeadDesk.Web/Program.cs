using LeadDesk.Web.Access;
using LeadDesk.Web.Hosting;

if (args is ["--health-check", var address])
    return await Health.ProbeAsync(address);

var builder = Startup.CreateBuilder(args);
if (builder.ReadOptions() is not { } options)
    return Startup.CannotStart;

// What LeadDesk consists of, feature by feature.
builder.AddHosting(options);
builder.Services.AddAccess();

await using var app = builder.Build();

// The way of a request, from the outside in.
app.UseHosting(options);
app.UseRouting();
app.UseSetupGate();
app.UseCallers();
app.UseRateLimiter();
app.UseAuthorization();
app.UseAntiforgery();

// Who answers.
app.MapHosting();
app.MapAccess();

return await app.PrepareAsync(options) ? await app.ListenAsync(options) : Startup.CannotStart;
