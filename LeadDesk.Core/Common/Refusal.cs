namespace LeadDesk.Common;

/// <summary>Why something was not done. An expected answer, not an exception.</summary>
public enum RefusalKind
{
    /// <summary>The input breaks a rule; <see cref="Refusal.Errors"/> names the fields. HTTP 422.</summary>
    Invalid,

    /// <summary>Not there, or not for this user to see. HTTP 404.</summary>
    Missing,

    /// <summary>The role may not do this. HTTP 403.</summary>
    Forbidden,

    /// <summary>Somebody else changed it since it was read. HTTP 412.</summary>
    Stale,

    /// <summary>Contradicts what is there (a name that is taken, a step already done). HTTP 409.</summary>
    Conflict,
}

/// <param name="Message">What happened and what to do, in a sentence for people.</param>
/// <param name="Errors">Sentences by field name (snake_case), for <see cref="RefusalKind.Invalid"/>.</param>
public sealed record Refusal(RefusalKind Kind, string Message, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    public static Refusal Invalid(string field, string message) =>
        new(RefusalKind.Invalid, message, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });

    public static Refusal Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(RefusalKind.Invalid, string.Join(' ', errors.Values.SelectMany(sentences => sentences)), errors);

    public static Refusal Missing(string what) => new(RefusalKind.Missing, $"There is no such {what}.");

    public static Refusal Forbidden(string message) => new(RefusalKind.Forbidden, message);

    public static Refusal Conflict(string message) => new(RefusalKind.Conflict, message);
}

/// <summary>Either a value or the reason why there is none.</summary>
public readonly record struct Outcome<T>
{
    private Outcome(T? value, Refusal? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    public T? Value { get; }

    public Refusal? Refusal { get; }

    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Value))]
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Refusal is null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
