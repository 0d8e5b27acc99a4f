using LeadDesk.Common;
using LeadDesk.Data;
using LeadDesk.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Intake.Conversations;

public static class ConversationServices
{
    /// <summary>WhatsApp, Instagram and Messenger: who they belong to and what becomes of what they send.</summary>
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddSingleton<ChannelDirectory>();
        services.AddSingleton<ConversationChanges>();
        services.AddSingleton<ChannelConnectionService>();
        services.AddSingleton<ChannelConnectionQueries>();
        services.AddSingleton<ChannelGraph>();
        services.AddSingleton(provider => new ConversationMedia(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<ChannelGraph>(), provider.GetRequiredService<OutboundHttp>()));
        return services.AddInboundHandler<ConversationIntake>().AddJobHandler<ConversationProfile>();
    }
}
