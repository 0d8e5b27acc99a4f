using System.Text.Json;
using LeadDesk.Leads;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.Web.Leads;

public sealed partial class LeadMetadata
{
    private const int Most = 100;

    private IReadOnlyList<(string Name, string Value)> fields = [];

    [Parameter, EditorRequired] public Lead Lead { get; set; } = null!;

    protected override void OnParametersSet()
    {
        if (Lead.Metadata is null)
            fields = [];
        else
        {
            using var sent = JsonDocument.Parse(Lead.Metadata);
            fields = [.. sent.RootElement.EnumerateObject().Select(field => (field.Name, Shown(field.Value))).Where(field => !StandsAbove(field.Name, field.Item2)).Take(Most)];
        }
    }

    /// <summary>All choices of a question with several.</summary>
    private static string Shown(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array ? string.Join(", ", value.EnumerateArray()) : value.ToString();

    /// <summary>Among the facts already, as it was sent.</summary>
    private bool StandsAbove(string name, string value) => value == name switch
    {
        "company" => Lead.Organisation,
        "job_title" => Lead.JobTitle,
        "city" => Lead.City,
        "country" => Lead.Country,
        "interest" => Lead.Interest,
        "campaign" => Lead.Campaign,
        "source" => Lead.Source,
        _ => null,
    };
}
