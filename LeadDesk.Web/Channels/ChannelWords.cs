using LeadDesk.Intake;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Channels;

/// <summary>Names, icons and addresses of the sources on the pages of settings.</summary>
internal static class ChannelWords
{
    public static string NameOf(string source, IStringLocalizer<Texts> texts) => source switch
    {
        InboundSources.Form => texts["Forms"],
        InboundSources.Email => texts["Mailboxes"],
        _ => ChannelIcon.NameOf(source, texts),
    };

    public static string IconOf(string source) => source switch
    {
        InboundSources.Meta or InboundSources.Form => "form",
        InboundSources.Email => "mail",
        _ => source,
    };

    public static string AddressOf(string source) => source switch
    {
        InboundSources.Meta => "/settings/meta",
        InboundSources.Form => "/settings/forms",
        InboundSources.Email => "/settings/mailboxes",
        _ => $"/settings/channels/{source}",
    };

    /// <summary>Where Meta sends the channel's events. Messenger's come with the page's.</summary>
    public static string WebhookOf(string channel) => channel is InboundSources.Messenger ? "webhooks/meta" : $"webhooks/{channel}";

    /// <summary>What to do at Meta, in order.</summary>
    public static IReadOnlyList<string> Steps(string channel, IStringLocalizer<Texts> texts) => channel switch
    {
        InboundSources.WhatsApp =>
        [
            texts["Open your app on developers.facebook.com and choose WhatsApp, Configuration."],
            texts["Paste the callback address and the verify token, then press Verify and save."],
            texts["Under Webhook fields subscribe to messages."],
            texts["Copy the app secret from App settings, Basic, into the field below."],
            texts["Write a message to your WhatsApp number: it appears here within seconds."],
        ],
        InboundSources.Instagram =>
        [
            texts["Open your app on developers.facebook.com and choose Instagram, API setup."],
            texts["Paste the callback address and the verify token, then press Verify and save."],
            texts["Subscribe to messages, messaging_postbacks and messaging_referral, and allow access to messages in the Instagram app."],
            texts["Copy the app secret from App settings, Basic, into the field below."],
            texts["Write a message to your Instagram account: it appears here within seconds."],
        ],
        _ =>
        [
            texts["Open your app on developers.facebook.com and choose Messenger, Messenger API settings."],
            texts["Paste the callback address and the verify token, then press Verify and save."],
            texts["Subscribe your page to messages, message_echoes, messaging_postbacks and messaging_referrals."],
            texts["Copy the app secret from App settings, Basic, into the field below."],
            texts["Write a message to your page: it appears here within seconds."],
        ],
    };
}
