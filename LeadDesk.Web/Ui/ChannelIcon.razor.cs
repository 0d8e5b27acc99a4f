using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Ui;

public sealed partial class ChannelIcon
{
    /// <summary>whatsapp, instagram, messenger, website, email, meta, google, linkedin, tiktok, phone, import, api, or another word.</summary>
    [Parameter, EditorRequired] public string Channel { get; set; } = "";

    /// <summary>Shows the name beside the icon.</summary>
    [Parameter] public bool WithName { get; set; }

    /// <summary>What people call the channel.</summary>
    public static string NameOf(string channel, IStringLocalizer<Texts> texts) => Describe(channel, texts).Name;

    private static (string Icon, string Name) Describe(string channel, IStringLocalizer<Texts> texts) => channel.ToUpperInvariant() switch
    {
        "WHATSAPP" => ("whatsapp", "WhatsApp"),
        "INSTAGRAM" => ("instagram", "Instagram"),
        "MESSENGER" => ("messenger", "Messenger"),
        "META" or "FACEBOOK" => ("form", "Meta Lead Ads"),
        "GOOGLE" => ("form", "Google Ads"),
        "LINKEDIN" => ("form", "LinkedIn"),
        "TIKTOK" => ("form", "TikTok"),
        "WEBSITE" => ("globe", texts["Website"]),
        "EMAIL" => ("mail", texts["E-mail"]),
        "PHONE" => ("phone", texts["Phone"]),
        "IMPORT" => ("table", texts["Import"]),
        "API" => ("bolt", "API"),
        "" => ("message", texts["Unknown channel"]),
        _ => ("message", channel),
    };
}
