using System.Text.Json;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Meta;

/// <summary>What is known of the form that a lead comes from.</summary>
public sealed record MetaLeadSource
{
    public string? FormId { get; init; }

    public string? FormName { get; init; }

    public IReadOnlyList<MetaQuestion> Questions { get; init; } = [];

    public FieldMapping Mapping { get; init; } = FieldMapping.Guessed;

    /// <summary>Of phones written nationally; null means the company's.</summary>
    public string? Region { get; init; }

    public IReadOnlyList<long> Owners { get; init; } = [];
}

/// <param name="LeadId">Meta's id of the lead; null when it has none.</param>
/// <param name="Lead">Null when it cannot be read; <paramref name="Problem"/> says why.</param>
/// <param name="Raw">The lead's own JSON as it came.</param>
public sealed record MetaReading(string? LeadId, DateTime? CreatedAt, byte[] Raw, IncomingLead? Lead, string? Problem);

/// <summary>
/// Reads one lead as Graph gives it. Pure; never throws, whatever stands there.
/// <code>
/// {"id":"4567890123456789012","created_time":"2026-10-01T10:00:00+0000","ad_id":"1","ad_name":"Spring","form_id":"9","campaign_name":"Spring sale","platform":"ig","is_organic":false,
///  "field_data":[{"name":"full_name","values":["Ayşe Yılmaz"]},{"name":"which_models?","values":["A","B"]},{"name":"email"}],
///  "custom_disclaimer_responses":[{"checkbox_key":"news","is_checked":"1"},{"checkbox_key":"calls","is_checked":""}]}
/// </code>
/// </summary>
public static class MetaLeadReader
{
    public const string Channel = "meta";

    /// <summary>Meta's ids have at most twenty digits.</summary>
    private const int LongestId = 50;

    private const string TestValue = "<test lead:";

    private static readonly string[] TestAddresses = ["test@meta.com", "test@fb.com"];

    /// <summary>Members with a place of their own; all others become metadata.</summary>
    private static readonly HashSet<string> Placed = new(StringComparer.Ordinal) { "id", "created_time", "field_data", "custom_disclaimer_responses" };

    public static MetaReading Read(JsonElement lead, MetaLeadSource source)
    {
        if (lead.ValueKind is not JsonValueKind.Object)
            return new(null, null, GraphJson.RawBytes(lead), null, "Meta sent something that is no lead.");
        var createdAt = GraphJson.Time(lead, "created_time"u8);
        var raw = GraphJson.RawBytes(lead);
        if (GraphJson.Text(lead, "id"u8) is not { Length: <= LongestId } id)
            return new(null, createdAt, raw, null, "Meta sent a lead without an id.");

        var labels = Labels(source.Questions);
        var answers = Answers(lead, labels);
        var facts = Facts(lead, source);
        var formId = GraphJson.Text(lead, "form_id"u8) is { Length: <= LongestId } own ? own : source.FormId;
        var incoming = new IncomingLead
        {
            Source = InboundSources.Meta,
            Raw = raw,
            Origin = formId,
            ExternalId = id,
            RepeatKey = id,
            Channel = Channel,
            Region = source.Region,
            Metadata = facts,
            OccurredAt = createdAt,
            IsTest = IsTest(answers),
            AcceptWithoutContact = true,
            Owners = source.Owners,
            Consents = Consents(lead, labels),
        };
        var mapped = LeadMapper.Map(answers, WithFacts(source.Mapping, lead));
        return new(id, createdAt, raw, mapped.Into(incoming), null);
    }

    private static Dictionary<string, MetaQuestion> Labels(IReadOnlyList<MetaQuestion> questions)
    {
        var labels = new Dictionary<string, MetaQuestion>(StringComparer.OrdinalIgnoreCase);
        foreach (var question in questions)
            labels[question.Key] = question;
        return labels;
    }

    private static List<FormAnswer> Answers(JsonElement lead, Dictionary<string, MetaQuestion> labels)
    {
        var answers = new List<FormAnswer>();
        foreach (var field in GraphJson.Items(GraphJson.Find(lead, "field_data"u8)))
        {
            var key = GraphJson.Text(field, "name"u8) ?? GraphJson.Text(field, "key"u8) ?? "";
            var given = GraphJson.Find(field, "values"u8) ?? GraphJson.Find(field, "value"u8) ?? (field.ValueKind is JsonValueKind.Object ? null : field);
            answers.Add(Answer(key, given, labels));
        }

        // One sender writes {"email":"a@example.com"} instead of a list.
        if (GraphJson.FindObject(lead, "field_data"u8) is { } pairs)
            answers.AddRange(pairs.EnumerateObject().Select(member => Answer(GraphJson.NameOf(member), member.Value, labels)));
        return answers;
    }

    private static FormAnswer Answer(string key, JsonElement? given, Dictionary<string, MetaQuestion> labels)
    {
        var values = given switch
        {
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(ValueOf),
            { } single => [ValueOf(single)],
            null => [],
        };
        var question = labels.GetValueOrDefault(key);
        return new FormAnswer(key, question?.Label, [.. values.OfType<string>()], HintOf(question?.Type));
    }

    /// <summary>Lists and objects, which Meta does not send today, stay as JSON.</summary>
    private static string? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Object or JsonValueKind.Array => GraphJson.Storable(GraphJson.RawText(value)),
        _ => GraphJson.TextOf(value),
    };

    private static LeadField? HintOf(string? type) => type?.ToUpperInvariant() switch
    {
        "FULL_NAME" => LeadField.Name,
        "FIRST_NAME" => LeadField.FirstName,
        "LAST_NAME" => LeadField.LastName,
        "EMAIL" => LeadField.Email,
        "PHONE" or "PHONE_NUMBER" => LeadField.Phone,
        "COMPANY_NAME" => LeadField.Company,
        "JOB_TITLE" => LeadField.JobTitle,
        "STREET_ADDRESS" => LeadField.Address,
        "CITY" => LeadField.City,
        "COUNTRY" => LeadField.Country,
        _ => null,
    };

    /// <summary>Which advertisement brought the lead, and whatever else stands beside the answers.</summary>
    private static OrderedDictionary<string, string> Facts(JsonElement lead, MetaLeadSource source)
    {
        var facts = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in lead.EnumerateObject())
        {
            var name = GraphJson.NameOf(member).Trim();
            // Organic and test leads have no advertisement: its id is missing or 0.
            if (name.Length > 0 && !Placed.Contains(name) && ValueOf(member.Value)?.Trim() is { Length: > 0 } value && !(value is "0" && name.EndsWith("_id", StringComparison.Ordinal)))
                facts[name] = value;
        }

        if (source.FormId is { } formId)
            facts.TryAdd("form_id", formId);
        if (source.FormName is { } formName)
            facts.TryAdd("form_name", formName);
        return facts;
    }

    /// <summary>Campaign and platform come before guesses, but not before what people decided.</summary>
    private static FieldMapping WithFacts(FieldMapping mapping, JsonElement lead)
    {
        var constants = new Dictionary<LeadField, string>(mapping.Constants);
        if (GraphJson.Text(lead, "campaign_name"u8) is { } campaign && !mapping.Fields.Values.Contains(LeadField.Campaign))
            constants.TryAdd(LeadField.Campaign, campaign);
        if (!mapping.Fields.Values.Contains(LeadField.Source))
            constants.TryAdd(LeadField.Source, PlatformName(GraphJson.Text(lead, "platform"u8)));
        return mapping with { Constants = constants };
    }

    private static string PlatformName(string? platform) => platform?.ToLowerInvariant() switch
    {
        "ig" or "instagram" => "Instagram",
        "fb" or "facebook" or null => "Facebook",
        _ => platform,
    };

    private static List<ConsentAnswer> Consents(JsonElement lead, Dictionary<string, MetaQuestion> labels)
    {
        var consents = new List<ConsentAnswer>();
        foreach (var response in GraphJson.Items(GraphJson.Find(lead, "custom_disclaimer_responses"u8)))
        {
            if (MetaQuestions.KeyOf(response) is not { } key)
                continue;
            var text = GraphJson.Text(response, "text"u8) ?? labels.GetValueOrDefault(key)?.Label ?? key;
            consents.Add(new ConsentAnswer(key, text, GraphJson.Text(response, "is_checked"u8)?.ToLowerInvariant() is "1" or "true" or "yes" or "on"));
        }

        return consents;
    }

    private static bool IsTest(List<FormAnswer> answers) =>
        answers.SelectMany(answer => answer.Values).Any(value =>
            value.TrimStart().StartsWith(TestValue, StringComparison.OrdinalIgnoreCase) || TestAddresses.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase));
}
