using LeadDesk.Common;

namespace LeadDesk.Intake.Forms;

/// <summary>More than real forms have; what is beyond is no form, or meant to harm.</summary>
internal static class FormLimits
{
    public const int Fields = 500;
    public const int Depth = 20;
    public const int Files = 50;

    /// <summary>Submissions in one body.</summary>
    public const int Submissions = 500;

    /// <summary>In UTF-16 characters.</summary>
    public const int NameLength = 1000;

    /// <summary>In UTF-16 characters.</summary>
    public const int ValueLength = 200_000;

    public static Refusal TooManyFields => Refusal.Invalid("$", $"The form has more than {Fields} fields. Send only those that belong to the lead.");

    public static Refusal TooManyFiles => Refusal.Invalid("$", $"The form has more than {Files} files. Send fewer.");

    public static Refusal TooManySubmissions => Refusal.Invalid("$", $"The body holds more than {Submissions} submissions. Send them in several requests.");

    public static Refusal TooDeep => Refusal.Invalid("$", $"The form is nested deeper than {Depth} levels. Send plain fields.");

    public static Refusal NameTooLong => Refusal.Invalid("$", $"A field's name is longer than {NameLength:N0} characters.");

    public static Refusal ValueTooLong => Refusal.Invalid("$", $"An answer is longer than {ValueLength:N0} characters. Send long texts as a file.");
}
