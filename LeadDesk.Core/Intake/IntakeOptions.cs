namespace LeadDesk.Intake;

/// <param name="KeepRawDays">How long bodies are kept; the events themselves stay.</param>
public sealed record IntakeOptions(int KeepRawDays);
