using LeadDesk.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeadDesk.Intake.Forms;

public static class FormServices
{
    /// <summary>Website forms, form services and ad platforms.</summary>
    public static IServiceCollection AddForms(this IServiceCollection services)
    {
        services.AddSingleton<FormSourceDirectory>();
        services.AddSingleton<FormSourceService>();
        services.AddSingleton<FormSourceQueries>();
        services.TryAddSingleton(LinkedInOptions.Standard);
        services.AddSingleton<LinkedInClient>();
        services.AddSingleton<FormPullClient>();
        services.AddSingleton<FormPullService>();
        return services.AddInboundHandler<FormIntake>().AddJobHandler<FormPullRun>().AddJobHandler<FormPullsDue>();
    }
}
