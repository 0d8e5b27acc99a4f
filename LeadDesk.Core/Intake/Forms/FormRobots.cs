using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Forms;

/// <summary>
/// Programs that fill in forms fill in every field, also the one that people never see. What they send is kept and left alone: a
/// refusal would teach them.
/// </summary>
public static class FormRobots
{
    /// <summary>The field of our own forms that people never see.</summary>
    public const string TrapField = "leaddesk_website";

    /// <summary>The sealed time at which our hosted form was loaded.</summary>
    public const string StampField = "leaddesk_loaded";

    internal const string Caught = "A robot filled it in: a field that people do not see had something in it.";

    private static readonly HashSet<string> Traps = new(StringComparer.OrdinalIgnoreCase)
    {
        TrapField, "_gotcha", "gotcha", "honeypot", "_honeypot", "honey", "_honey", "hp", "_hp", "hp_field", "hp-field", "bot-field", "bot_field", "botfield", "website_url_hp", "winnie_the_pooh", "ak_hp_textarea", "af_hp",
    };

    /// <summary>Takes the traps out of the answers.</summary>
    internal static (IReadOnlyList<FormAnswer> Answers, bool Caught) Check(IReadOnlyList<FormAnswer> answers)
    {
        if (!answers.Any(answer => IsTrap(answer.Key)))
            return (answers, false);
        return ([.. answers.Where(answer => !IsTrap(answer.Key))], answers.Any(answer => IsTrap(answer.Key) && answer.Values.Any(value => !string.IsNullOrWhiteSpace(value))));
    }

    private static bool IsTrap(string key) =>
        Traps.Contains(key) || key.EndsWith("_hp", StringComparison.OrdinalIgnoreCase) || key.StartsWith("hp_", StringComparison.OrdinalIgnoreCase)
        || key.StartsWith("honeypot-", StringComparison.OrdinalIgnoreCase) || key.StartsWith("honeypot_", StringComparison.OrdinalIgnoreCase);
}

/// <summary>When a hosted form was loaded, sealed so that a robot cannot make it up. Nobody reads and fills in a form within a second.</summary>
public static class FormStamp
{
    private static readonly TimeSpan Quickest = TimeSpan.FromSeconds(1);

    public static string Of(FormSource source, DateTime now, ISecretBox box) => box.Close(string.Create(CultureInfo.InvariantCulture, $"{source.Id}:{now.Ticks}"));

    /// <returns>Why it was a robot; null when it was none.</returns>
    public static string? Judge(string stamp, FormSource source, DateTime receivedAt, ISecretBox box)
    {
        if (box.Open(stamp)?.Split(':') is not [var id, var ticks] || id != source.Id.ToString(CultureInfo.InvariantCulture)
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var loaded) || loaded > DateTime.MaxValue.Ticks)
        {
            return "A robot filled it in: the time at which the form was loaded is made up.";
        }

        return receivedAt - new DateTime(loaded, DateTimeKind.Utc) < Quickest ? "A robot filled it in: it was sent within a second." : null;
    }
}
