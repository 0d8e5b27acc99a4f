using System.Globalization;
using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Graph;

/// <summary>Leads as Graph writes them.</summary>
internal static class LeadJson
{
    private const string Type = "UserLeadGenInfo";

    private static readonly string[] s_preset = ["created_time", "id", "field_data"];

    private static readonly string[] s_known =
    [
        "id", "created_time", "ad_id", "ad_name", "adset_id", "adset_name", "campaign_id", "campaign_name", "form_id", "platform", "is_organic",
        "partner_name", "field_data", "custom_disclaimer_responses", "home_listing", "retailer_item_id", "vehicle", "post",
    ];

    /// <summary><c>2026-10-01T10:00:00+0000</c></summary>
    public static string Time(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture);

    public static string AdId(SimulatedLead lead) => Id(3, lead);

    /// <returns>Null when all fields exist; else the answer that says which does not.</returns>
    public static GraphAnswer? ReadFields(string? fields, out IReadOnlyList<string> names)
    {
        names = GraphFields.Read(fields, s_preset, s_known, out var unknown);
        return unknown is null ? null : GraphAnswer.BadParameter($"Tried accessing nonexisting field ({unknown}) on node type ({Type})");
    }

    public static JsonObject Write(GraphSimulator graph, SimulatedLead lead, IReadOnlyList<string> fields)
    {
        var form = graph.Store.Form(lead.FormId)!;
        return GraphFields.Pick(fields, lead.Id, field => Value(graph.Seed, lead, form, field));
    }

    private static JsonNode? Value(ulong seed, SimulatedLead lead, SimulatedForm form, string field)
    {
        var (campaign, adSet, ad) = LeadGenerator.Campaigns[lead.Campaign];
        return field switch
        {
            "created_time" => Time(lead.CreatedAt),
            "form_id" => lead.FormId,
            "platform" => lead.Platform,
            "is_organic" => lead.IsOrganic,
            "ad_id" when lead.HasAd => AdId(lead),
            "ad_name" when lead.HasAd => ad,
            "adset_id" when lead.HasAd => Id(2, lead),
            "adset_name" when lead.HasAd => adSet,
            "campaign_id" when lead.HasAd => Id(1, lead),
            "campaign_name" when lead.HasAd => campaign,
            "field_data" when !lead.HasNoFieldData => FieldData(LeadGenerator.AnswersOf(seed, lead, form)),
            "custom_disclaimer_responses" => Consents(LeadGenerator.ConsentsOf(seed, lead, form)),
            _ => null,
        };
    }

    /// <summary><c>[{"name":"email","values":["a@b.example"]}]</c></summary>
    private static JsonArray FieldData(IEnumerable<SimulatedAnswer> answers) => new([.. answers.Select(answer =>
    {
        var data = new JsonObject { ["name"] = answer.Name };
        if (answer.Values is { } values) data["values"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]);
        return data;
    })]);

    /// <summary><c>[{"checkbox_key":"privacy","is_checked":"1"}]</c>; not ticked is an empty text.</summary>
    private static JsonArray? Consents(IEnumerable<SimulatedConsent> consents)
    {
        var rows = consents.Select(JsonNode (consent) => new JsonObject { ["checkbox_key"] = consent.Key, ["is_checked"] = consent.IsChecked ? "1" : "" }).ToArray();
        return rows.Length == 0 ? null : new JsonArray(rows);
    }

    private static string Id(int level, SimulatedLead lead) => string.Create(CultureInfo.InvariantCulture, $"2385{level}000000{lead.Campaign:D6}");
}
