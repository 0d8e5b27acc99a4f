namespace LeadDesk.Web.Bulk;

internal static class BulkSetup
{
    public static IServiceCollection AddBulkPages(this IServiceCollection services) => services.AddScoped<BulkWatch>().AddScoped<BulkActions>();
}
