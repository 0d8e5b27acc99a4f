using LeadDesk.Analysis;
using LeadDesk.Intake.Conversations;
using LeadDesk.Intake.Email;
using LeadDesk.Intake.Forms;
using LeadDesk.Intake.Import;
using LeadDesk.Intake.Meta;
using LeadDesk.Intake.Monitor;
using LeadDesk.Exports;
using LeadDesk.Intake;
using LeadDesk.Jobs;
using LeadDesk.Live;
using LeadDesk.Reports;
using LeadDesk.Web.Access;
using LeadDesk.Web.Api;
using LeadDesk.Web.Bulk;
using LeadDesk.Web.Channels;
using LeadDesk.Web.Forms;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Leads;
using LeadDesk.Web.Live;
using LeadDesk.Web.MetaWebhooks;
using LeadDesk.Web.Shell;

if (args is ["--health-check", var address])
    return await Health.ProbeAsync(address);

var demo = args.Contains("--demo");
var builder = Startup.CreateBuilder([.. args.Where(argument => argument is not "--demo")]);
if (builder.ReadOptions() is not { } options)
    return Startup.CannotStart;

// What LeadDesk consists of, feature by feature.
builder.AddHosting(options);
builder.Services.AddAccess();
builder.Services.AddLive();
builder.Services.AddJobs(options.Engine, options.Jobs.Enabled);
builder.Services.AddLeadAnalysis(options.Analysis, InstructionLikeText.Remove);
builder.Services.AddLeads(options.Jobs.Enabled);
builder.Services.AddMeta();
builder.Services.AddConversations();
builder.Services.AddForms();
builder.Services.AddEmailIntake();
builder.Services.AddImports();
builder.Services.AddIntakeMonitor();
builder.Services.AddReports();
builder.Services.AddExports();
builder.Services.AddApi();
builder.Services.AddFormDoor();
builder.Services.AddLeadHub(LeadHubSources.Of);
builder.Services.AddShell();
builder.Services.AddLeadPages();
builder.Services.AddBulkPages();

await using var app = builder.Build();

// The way of a request, from the outside in.
app.UseShell();
app.UseHosting(options);
app.UseRouting();
app.UseSetupGate();
app.UseCallers();
app.UseRateLimiter();
app.UseAuthorization();
app.UseAntiforgery();

// Who answers.
app.MapStaticAssets().AllowAnonymous().WithMetadata(new OpenAssets());
app.MapHosting();
app.MapAccess();
app.MapApi();
app.MapMetaWebhooks();
app.MapForms();
app.MapMedia();
app.MapLeadHub();
app.MapShell();

return await app.PrepareAsync(options, demo) ? await app.ListenAsync(options) : Startup.CannotStart;
