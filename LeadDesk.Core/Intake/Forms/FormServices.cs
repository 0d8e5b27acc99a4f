using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Intake.Forms;

public static class FormServices
{
    /// <summary>Website forms, form services and ad platforms.</summary>
    public static IServiceCollection AddForms(this IServiceCollection services, LinkedInOptions linkedIn)
    {
        services.AddSingleton<FormSourceDirectory>();
        services.AddSingleton<FormSourceService>();
        services.AddSingleton<FormSourceQueries>();
        services.AddSingleton(linkedIn);
        services.AddSingleton<LinkedInClient>();
        return services.AddInboundHandler<FormIntake>();
    }
}
