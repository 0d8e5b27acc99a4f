using System.Text.Json;
using System.Text.Json.Serialization;
using LeadDesk.Common;

namespace LeadDesk.Scoring;

/// <summary>The most points each factor of a conversation lead can give; 0 to 100 each, 100 together.</summary>
public sealed record ConversationWeights(
    int Intent = 35,
    int Urgency = 20,
    int Contact = 15,
    int Channel = 8,
    int Data = 8,
    int Message = 7,
    int Completeness = 7);

/// <summary>The most points each factor of a form lead can give; 0 to 100 each, 100 together.</summary>
public sealed record FormWeights(
    int Contact = 30,
    int Freshness = 20,
    int Service = 25,
    int Engagement = 15,
    int Age = 10);

/// <summary>A service the company sells and how much a lead for it is worth.</summary>
/// <param name="Name">As written in forms; compared folded, as whole words.</param>
/// <param name="Value">0 (not interesting) to 1 (what we want most).</param>
/// <param name="Price">What a deal about it is usually worth, in hundredths of the company's currency; null when that varies.</param>
public sealed record ServiceValue(string Name, double Value, long? Price = null)
{
    // Not settable by "with", because the folded form below is computed from it once.
    public string Name { get; } = Name;

    internal string Folded { get; } = SearchText.Fold(Name);
}

/// <summary>What is wrong with a profile.</summary>
/// <param name="Field">Where, as in JSON: <c>conversation.intent</c>, <c>form</c>, <c>services[2].value</c>.</param>
/// <param name="Message">What is allowed there.</param>
public sealed record ProfileProblem(string Field, string Message);

/// <summary>How one company weighs its leads. The scorer's promises hold for profiles without <see cref="Problems"/>.</summary>
public sealed record ScoringProfile
{
    /// <summary>Each is compared with each form answer, so the list stays short.</summary>
    public const int MaxServices = 100;
    public const int MaxServiceName = 100;

    public static ScoringProfile Default { get; } = new();

    // The generated JSON reader sets init-only properties to null where a field is missing; a constructor can do better.
    [JsonConstructor]
    public ScoringProfile(ConversationWeights? conversation = null, FormWeights? form = null, IReadOnlyList<ServiceValue>? services = null)
    {
        Conversation = conversation ?? new();
        Form = form ?? new();
        Services = services ?? [];
    }

    public ConversationWeights Conversation { get; init; }

    public FormWeights Form { get; init; }

    /// <summary>Empty: every stated interest counts in full.</summary>
    public IReadOnlyList<ServiceValue> Services { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, ScoringJson.Default.ScoringProfile);

    /// <summary>Reads what <see cref="ToJson"/> wrote; fields that are missing or null take their default.</summary>
    /// <exception cref="JsonException">The text is not a profile.</exception>
    public static ScoringProfile FromJson(string json) =>
        JsonSerializer.Deserialize(json, ScoringJson.Default.ScoringProfile)
        ?? throw new JsonException("A scoring profile is an object, not null.");

    /// <summary>Everything wrong at once; empty when the profile may be used.</summary>
    public IReadOnlyList<ProfileProblem> Problems()
    {
        var problems = new List<ProfileProblem>();
        CheckGroup(problems, "conversation",
        [
            ("intent", Conversation.Intent), ("urgency", Conversation.Urgency), ("contact", Conversation.Contact),
            ("channel", Conversation.Channel), ("data", Conversation.Data), ("message", Conversation.Message),
            ("completeness", Conversation.Completeness),
        ]);
        CheckGroup(problems, "form",
        [
            ("contact", Form.Contact), ("freshness", Form.Freshness), ("service", Form.Service),
            ("engagement", Form.Engagement), ("age", Form.Age),
        ]);
        CheckServices(problems);
        return problems;
    }

    private static void CheckGroup(List<ProfileProblem> problems, string group, ReadOnlySpan<(string Name, int Weight)> weights)
    {
        long sum = 0;
        foreach (var (name, weight) in weights)
        {
            sum += weight;
            if (weight is < 0 or > 100)
                problems.Add(new($"{group}.{name}", $"Must be a whole number from 0 to 100, not {weight}."));
        }

        if (sum != 100)
            problems.Add(new(group, $"The weights must add up to 100, not {sum}."));
    }

    private void CheckServices(List<ProfileProblem> problems)
    {
        if (Services.Count > MaxServices)
        {
            problems.Add(new("services", $"At most {MaxServices} services, not {Services.Count}."));
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Services.Count; i++)
        {
            var service = Services[i];
            if (service.Folded.Length == 0 || service.Name.Length > MaxServiceName)
                problems.Add(new($"services[{i}].name", $"Must be 1 to {MaxServiceName} characters that can be read."));
            else if (!seen.Add(service.Folded))
                problems.Add(new($"services[{i}].name", $"\"{service.Name}\" stands in the list twice."));
            if (service.Value is not (>= 0 and <= 1))
                problems.Add(new($"services[{i}].value", $"Must be a number from 0 to 1, not {service.Value}."));
        }
    }
}
