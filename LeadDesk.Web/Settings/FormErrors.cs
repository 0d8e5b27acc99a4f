using LeadDesk.Common;

namespace LeadDesk.Web.Settings;

/// <summary>Why a form was refused, at its fields and, for what has no field, in a sentence.</summary>
public sealed class FormErrors(Refusal? refusal, params string[] fields)
{
    public static FormErrors None { get; } = new(null);

    /// <summary>The sentence for the whole form: null when every error stands at one of the fields.</summary>
    public string? Message { get; } = refusal is null || (refusal.Errors is { Count: > 0 } errors && errors.Keys.All(fields.Contains)) ? null : refusal.Message;

    /// <summary>The sentence at a field; null when it is fine.</summary>
    public string? this[string field] => refusal?.Errors?.GetValueOrDefault(field) is { } sentences ? string.Join(' ', sentences) : null;

    /// <summary>Class that marks the control of a wrong field.</summary>
    public string? Css(string field) => this[field] is null ? null : "invalid";

    /// <summary>What the control of a field is described by.</summary>
    public string Describes(string field, string id) => this[field] is null ? $"{id}-hint" : $"{id}-error";
}
