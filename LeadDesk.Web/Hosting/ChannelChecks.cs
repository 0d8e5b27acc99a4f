using System.Text.RegularExpressions;
using LeadDesk.Intake.Conversations;
using LeadDesk.Intake.Forms;
using LeadDesk.Intake.Meta;

namespace LeadDesk.Web.Hosting;

/// <summary>Checks the settings of Meta, WhatsApp, Instagram and LinkedIn.</summary>
internal static partial class ChannelChecks
{
    private const string Masked = "***";
    private const int LongestSecret = 1000;

    public static MetaOptions Meta(SettingReader settings)
    {
        const string Section = "LeadDesk:Meta:";
        var standard = MetaOptions.Standard;
        var version = settings.Text(Section + "ApiVersion") ?? standard.ApiVersion;
        if (!Version().IsMatch(version))
            settings.Refuse(Section + "ApiVersion", version, $"a version of the Graph API such as {standard.ApiVersion}");
        return new MetaOptions(
            settings.WebAddress(Section + "GraphUrl") ?? standard.GraphUrl, version, Secret(settings, Section + "AppSecret"), Secret(settings, Section + "VerifyToken"));
    }

    public static ConversationOptions Conversations(SettingReader settings) =>
        new(Channel(settings, "LeadDesk:WhatsApp:", "PhoneNumberId"), Channel(settings, "LeadDesk:Instagram:", "AccountId"));

    public static LinkedInOptions LinkedIn(SettingReader settings)
    {
        const string Section = "LeadDesk:LinkedIn:";
        var standard = LinkedInOptions.Standard;
        var version = settings.Text(Section + "ApiVersion") ?? standard.ApiVersion;
        if (version.Length is not 6 || !version.All(char.IsAsciiDigit))
            settings.Refuse(Section + "ApiVersion", version, $"year and month of LinkedIn's API such as {standard.ApiVersion}");
        return new LinkedInOptions(settings.WebAddress(Section + "ApiUrl") ?? standard.ApiUrl, version);
    }

    private static ChannelOptions Channel(SettingReader settings, string section, string account) =>
        new(
            settings.Text(section + account),
            Secret(settings, section + "AccessToken"),
            Secret(settings, section + "AppSecret"),
            Secret(settings, section + "VerifyToken"),
            settings.WebAddress(section + "GraphUrl"));

    private static string? Secret(SettingReader settings, string key)
    {
        var secret = settings.Text(key);
        if (secret is not null && (secret.Length > LongestSecret || secret.Any(char.IsControl)))
            settings.Refuse(key, Masked, $"at most {LongestSecret} characters on one line");
        return secret;
    }

    [GeneratedRegex("^v[0-9]{1,3}\\.[0-9]{1,2}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
