using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Intake.Email;

public static class EmailServices
{
    /// <summary>Mailboxes, and leads from the mails that come to them.</summary>
    public static IServiceCollection AddEmailIntake(this IServiceCollection services)
    {
        services.AddSingleton<MailboxDirectory>();
        services.AddSingleton<MailboxService>();
        return services.AddInboundHandler<EmailIntake>();
    }
}
