using System.Globalization;

namespace LeadDesk.Simulators.Live;

/// <summary>The live mode's part of the command line.</summary>
/// <param name="Every">Between two new leads.</param>
/// <param name="PushTo">Where each lead is told at once; null: LeadDesk finds it by asking.</param>
/// <param name="Backlog">Leads of the last 30 days that are there from the start.</param>
internal sealed record LiveOptions(TimeSpan Every, Uri? PushTo, int Backlog)
{
    private const string WebhookPath = "/webhooks/meta";

    /// <summary>Reads <c>--every 5 --push http://localhost:5080 --backlog 40</c>.</summary>
    /// <returns>Null when <c>--live</c> is not set.</returns>
    /// <exception cref="FormatException">A value cannot be read; the message is for the person at the command line.</exception>
    public static LiveOptions? Read(IConfiguration configuration)
    {
        if (!string.Equals(configuration["live"], "true", StringComparison.OrdinalIgnoreCase)) return null;
        var every = Number(configuration["every"] ?? "5", "--every", 0.1, 86_400);
        var backlog = Number(configuration["backlog"] ?? "40", "--backlog", 0, 1_000_000);
        return new LiveOptions(TimeSpan.FromSeconds(every), Address(configuration["push"]), (int)backlog);
    }

    private static double Number(string text, string name, double least, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from {least} to {most}."));

    /// <summary>LeadDesk's address is enough; the webhook's path is added.</summary>
    private static Uri? Address(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (!Wire.ControlJson.IsWebAddress(text)) throw new FormatException("--push takes LeadDesk's address, such as http://localhost:5080.");
        var address = new Uri(text);
        return address.AbsolutePath == "/" ? new Uri(address, WebhookPath) : address;
    }
}
