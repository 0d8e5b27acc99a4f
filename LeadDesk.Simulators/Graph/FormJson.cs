using System.Globalization;
using System.Text.Json.Nodes;

namespace LeadDesk.Simulators.Graph;

/// <summary>Forms as Graph writes them.</summary>
internal static class FormJson
{
    private static readonly string[] s_preset = ["id", "locale", "name", "status"];

    private static readonly string[] s_known =
    [
        "id", "name", "status", "locale", "questions", "page", "page_id", "privacy_policy", "privacy_policy_url", "legal_content", "leads_count", "organic_leads_count",
        "expired_leads_count", "created_time", "leadgen_export_csv_url", "follow_up_action_url", "allow_organic_lead", "is_optimized_for_quality",
        "question_page_custom_headline", "context_card", "thank_you_page", "tracking_parameters", "block_display_for_non_targeted_viewer",
    ];

    /// <returns>Null when all fields exist; else the answer that says which does not.</returns>
    public static GraphAnswer? ReadFields(string? fields, out IReadOnlyList<string> names)
    {
        names = GraphFields.Read(fields, s_preset, s_known, out var unknown);
        return unknown is null ? null : GraphAnswer.BadParameter($"Tried accessing nonexisting field ({unknown}) on node type (LeadGenData)");
    }

    public static JsonObject Write(GraphSimulator graph, SimulatedForm form, IReadOnlyList<string> fields) =>
        GraphFields.Pick(fields, form.Id, field => Value(graph, form, field));

    private static JsonNode? Value(GraphSimulator graph, SimulatedForm form, string field)
    {
        switch (field)
        {
            case "name": return form.Name;
            case "status": return form.Status;
            case "locale": return form.Locale;
            case "created_time": return LeadJson.Time(form.CreatedAt);
            case "page_id": return form.PageId;
            case "page": return new JsonObject { ["name"] = graph.Store.Page(form.PageId)?.Name, ["id"] = form.PageId };
            case "privacy_policy_url": return PolicyUrl;
            case "privacy_policy": return new JsonObject { ["url"] = PolicyUrl, ["link_text"] = "Privacy notice" };
            case "legal_content": return LegalContent(form);
            case "questions": return new JsonArray([.. form.Questions.Select((question, index) => Question(form, question, index))]);
            case "leadgen_export_csv_url": return $"https://www.facebook.com/ads/lead_gen/export_csv/?id={form.Id}&type=form";
            case "allow_organic_lead": return true;
            case "is_optimized_for_quality" or "block_display_for_non_targeted_viewer": return false;
        }

        var expiredBefore = graph.Retention is { } retention ? graph.Now - retention : DateTime.MinValue;
        return field switch
        {
            "leads_count" => graph.Store.CountLeads(form.Id, lead => !lead.IsTest),
            "organic_leads_count" => graph.Store.CountLeads(form.Id, lead => lead is { IsOrganic: true, IsTest: false }),
            "expired_leads_count" => graph.Store.CountLeads(form.Id, lead => !lead.IsTest && lead.CreatedAt < expiredBefore),
            _ => null,
        };
    }

    private const string PolicyUrl = "https://atlas.example/privacy";

    private static JsonObject Question(SimulatedForm form, SimulatedQuestion question, int index)
    {
        var json = new JsonObject { ["key"] = question.Key, ["label"] = question.Label };
        if (question.Options.Count > 0)
        {
            json["options"] = new JsonArray([.. question.Options.Select(JsonNode (option) => new JsonObject
            {
                ["key"] = option,
                ["value"] = option.Replace('_', ' '),
            })]);
        }

        json["type"] = question.Kind;
        json["id"] = form.Id + index.ToString(CultureInfo.InvariantCulture);
        return json;
    }

    private static JsonObject LegalContent(SimulatedForm form)
    {
        var content = new JsonObject { ["id"] = form.Id + "90", ["privacy_policy"] = new JsonObject { ["url"] = PolicyUrl, ["link_text"] = "Privacy notice" } };
        if (form.Checkboxes.Count == 0) return content;
        content["custom_disclaimer"] = new JsonObject
        {
            ["title"] = "Consent",
            ["body"] = new JsonObject { ["text"] = "Please read before you send." },
            ["checkboxes"] = new JsonArray([.. form.Checkboxes.Select((box, index) => new JsonObject
            {
                ["key"] = box.Key,
                ["text"] = box.Text,
                ["is_required"] = box.IsRequired,
                ["is_checked_by_default"] = false,
                ["id"] = form.Id + "8" + index.ToString(CultureInfo.InvariantCulture),
            })]),
        };
        return content;
    }
}
