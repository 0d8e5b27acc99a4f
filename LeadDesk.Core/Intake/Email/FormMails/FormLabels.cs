using System.Text.RegularExpressions;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Email.FormMails;

/// <param name="Value">Behind the colon; empty when the answer starts in the next line.</param>
internal readonly record struct LabelledLine(string Label, string Value);

/// <summary>What a line of a mail must look like to be a question of a form.</summary>
internal static partial class FormLabels
{
    private const int MostWords = 10;

    // What Contact Form 7 puts before the visitor's name and address, in the languages it is used in.
    private static readonly string[] FromLabels =
        ["from", "von", "de", "da", "van", "kimden", "gönderen", "od", "от", "من", "från", "fra", "送信者", "差出人", "来自", "보낸사람"];

    private static readonly string[] SubjectLabels = ["subject", "betreff", "asunto", "assunto", "objet", "sujet", "oggetto", "onderwerp", "konu", "тема", "الموضوع", "موضوع", "件名"];

    /// <summary>The field that a label names, without regard to what was answered; null for any other.</summary>
    public static LeadField? Named(string label) =>
        FieldGuess.Of(new FormAnswer(label, label, [])) is { Strength: > 70, Field: not LeadField.Custom } guess ? guess.Field : null;

    public static bool IsFrom(string label) => FromLabels.Contains(label.Trim().ToLowerInvariant());

    public static bool IsSubject(string label) => SubjectLabels.Contains(label.Trim().ToLowerInvariant());

    /// <summary><c>Name: Ali</c>, <c>*Name:* Ali</c>, <c>Name :</c>, or WPForms' <c>--- Name ---</c>.</summary>
    public static LabelledLine? Read(string line)
    {
        if (line.Length > 5_000)
            return null;
        var ruled = Ruled().Match(line);
        if (ruled.Success)
            return new(ruled.Groups["label"].Value.Trim(), "");
        int colon = line.AsSpan().IndexOfAny(':', '：');
        if (colon is <= 0 or > 80)
            return null;
        var label = line[..colon].Trim(' ', '\t', '*', '_', '•', '-', '·', '>', '\u00A0');
        var value = line[(colon + 1)..].Trim(' ', '\t', '*', '_', '\u00A0');
        return IsLabel(label) && !value.StartsWith("//", StringComparison.Ordinal) ? new(label, value) : null;
    }

    /// <summary>Not a time (<c>10:30</c>), an address or a sentence.</summary>
    private static bool IsLabel(string label) =>
        label.Length > 0 && label.Any(char.IsLetter) && !char.IsDigit(label[^1]) | label.Length > 3
        && label.AsSpan().IndexOfAny("@.!;") < 0 | label.EndsWith('.') && label.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= MostWords;

    [GeneratedRegex(@"^-{2,} *(?<label>\p{L}[^-]{0,60}) *-{2,}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Ruled();
}
