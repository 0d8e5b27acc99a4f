using System.Globalization;
using System.Text;
using System.Text.Unicode;
using LeadDesk.Analysis;
using LeadDesk.Intake;
using LeadDesk.Scoring;

namespace LeadDesk.Web.Intake;

/// <summary>
/// The webhook's answer:
/// <c>{"status":"success","lead_id":17,"quality":"HOT","score":93,"intent":"buy","urgency":"high","duplicate":false}</c>.
/// </summary>
internal static class WebhookAnswer
{
    /// <summary>More than the longest answer: two numbers and words of fixed length.</summary>
    public const int LongestBytes = 256;

    private static readonly string[] Intents = Words<Intent>();
    private static readonly string[] Urgencies = Words<Urgency>();

    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> target, IntakeAnswer answer) =>
        Utf8.TryWrite(
            target,
            CultureInfo.InvariantCulture,
            $$"""{"status":"success","lead_id":{{answer.LeadId}},"quality":"{{answer.Grade.ToWord()}}","score":{{answer.Score}},"intent":"{{Intents[(int)answer.Intent]}}","urgency":"{{Urgencies[(int)answer.Urgency]}}","duplicate":{{(answer.Duplicate ? "true" : "false")}}}""",
            out var written)
            ? written
            : throw new InvalidOperationException("The answer is longer than it can be.");

    public static string Render(IntakeAnswer answer)
    {
        Span<byte> text = stackalloc byte[LongestBytes];
        return Encoding.UTF8.GetString(text[..Write(text, answer)]);
    }

    private static string[] Words<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
}
