using LeadDesk.Intake;
using LeadDesk.Web.Access;
using LeadDesk.Web.Bulk;
using LeadDesk.Web.Email;
using LeadDesk.Web.Exports;
using LeadDesk.Web.Forms;
using LeadDesk.Web.Imports;
using LeadDesk.Web.Intake;
using LeadDesk.Web.IntakeMonitor;
using LeadDesk.Web.Leads;
using LeadDesk.Web.Meta;
using LeadDesk.Web.Settings;

namespace LeadDesk.Web.Api;

/// <summary>The addresses for programs.</summary>
internal static class ApiSetup
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<LeadNamings>();
        services.AddSingleton<ImportUploads>();
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapWebhook();
        routes.MapWebhookReads();
        routes.MapLeadApi();
        routes.MapBulkApi();
        routes.MapLeadExport();
        routes.MapLeadStatsApi();
        routes.MapUserApi();
        routes.MapMetaApi();
        routes.MapIntakeApi();
        routes.MapMailboxApi();
        routes.MapEmailWebhook();
        routes.MapLeadFiles();
        routes.MapFormApi();
        routes.MapImportApi();
        routes.MapImportDownloads();
        routes.MapDeskApi();
    }
}
