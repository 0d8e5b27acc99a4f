using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Exports;

public static class ExportServices
{
    public static IServiceCollection AddExports(this IServiceCollection services) => services.AddSingleton<LeadExports>();
}
