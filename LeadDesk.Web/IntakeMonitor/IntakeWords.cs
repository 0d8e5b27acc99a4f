using System.Globalization;
using LeadDesk.Intake;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.IntakeMonitor;

/// <summary>What the monitor calls things.</summary>
internal static class IntakeWords
{
    public static string Of(this IStringLocalizer<Texts> texts, InboundState state) => state switch
    {
        InboundState.Received => texts["Waiting"],
        InboundState.Processed => texts["Done"],
        InboundState.Failed => texts["Failed"],
        InboundState.Ignored => texts["Left alone"],
        _ => texts["Unreadable"],
    };

    /// <summary>The badge's colour word and icon.</summary>
    public static (string Tone, string Icon) LookOf(InboundState state) => state switch
    {
        InboundState.Received => ("warm", "clock"),
        InboundState.Processed => ("won", "check"),
        InboundState.Failed => ("danger", "alert"),
        InboundState.Ignored => ("lost", "open"),
        _ => ("danger", "help"),
    };

    public static (string Icon, string Name) Source(this IStringLocalizer<Texts> texts, string source) => source switch
    {
        InboundSources.Meta => ("flag", "Meta"),
        InboundSources.WhatsApp => ("whatsapp", "WhatsApp"),
        InboundSources.Instagram => ("instagram", "Instagram"),
        InboundSources.Messenger => ("messenger", "Messenger"),
        InboundSources.Form => ("form", texts["Form"]),
        InboundSources.Email => ("mail", texts["E-mail"]),
        InboundSources.Webhook => ("bolt", texts["Webhook"]),
        InboundSources.Api => ("server", "API"),
        InboundSources.Manual => ("edit", texts["By hand"]),
        _ => ("message", source),
    };

    /// <summary>Such as 0.4 ms, 12 ms, 3.2 s, 4 min, 2 h.</summary>
    public static string Duration(double milliseconds) => milliseconds switch
    {
        < 10 => string.Create(CultureInfo.CurrentCulture, $"{milliseconds:0.#} ms"),
        < 1000 => string.Create(CultureInfo.CurrentCulture, $"{milliseconds:0} ms"),
        < 60_000 => string.Create(CultureInfo.CurrentCulture, $"{milliseconds / 1000:0.#} s"),
        < 3_600_000 => string.Create(CultureInfo.CurrentCulture, $"{milliseconds / 60_000:0.#} min"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{milliseconds / 3_600_000:N1} h"),
    };

    public static string? Duration(TimeSpan? time) => time is { } known ? Duration(Math.Max(0, known.TotalMilliseconds)) : null;

    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.CurrentCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.CurrentCulture, $"{bytes / 1024.0:0.#} KB"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{bytes / (1024.0 * 1024):0.#} MB"),
    };

    /// <summary>The measured steps in their order.</summary>
    public static IReadOnlyList<(string Name, string Tone, double Milliseconds)> Steps(this IStringLocalizer<Texts> texts, EventSteps steps)
    {
        (string Name, string Tone, double? Milliseconds)[] all =
            [(texts["Waited"], "lost", steps.Waited), (texts["Fetched"], "cold", steps.Fetched), (texts["Read"], "accent", steps.Read), (texts["Stored"], "won", steps.Queued)];
        return [.. all.Where(step => step.Milliseconds is not null).Select(step => (step.Name, step.Tone, step.Milliseconds!.Value))];
    }
}
