using LeadDesk.Common;

namespace LeadDesk.Leads;

/// <summary>A call that somebody of ours made.</summary>
/// <param name="Seconds">How long it took; 0 to 24 hours; null when not known.</param>
/// <param name="Note">What was said.</param>
public sealed record CallLog(CallOutcome Outcome, int? Seconds = null, string? Note = null);

/// <summary>Writing a call on the timeline.</summary>
internal static class LeadCalls
{
    private const int LongestSeconds = 24 * 60 * 60;

    private static readonly Refusal UnknownOutcome = Refusal.Invalid(
        "outcome", "Say how the call went: answered, no_answer, busy, voicemail, wrong_number or callback_asked.");

    private static readonly Refusal WrongLength = Refusal.Invalid("seconds", "A call takes between 0 seconds and 24 hours. Write minutes and seconds, such as 4:30.");

    public static Refusal? Apply(LeadChange change, CallLog call)
    {
        if (!Enum.IsDefined(call.Outcome))
            return UnknownOutcome;
        if (call.Seconds is < 0 or > LongestSeconds)
            return WrongLength;
        var note = WrittenText.Read("note", call.Note, LeadService.LongestNote);
        if (note.Refusal is { } refusal)
            return refusal;
        change.Note(TimelineKind.Called, note.Value, details: new TimelineDetails { Outcome = call.Outcome, Seconds = call.Seconds }.ToJson());
        change.Respond();
        return null;
    }
}
