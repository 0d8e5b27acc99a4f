using System.Text.Json.Serialization;
using LeadDesk.Analysis;

namespace LeadDesk.Leads;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(MessageAnalysis))]
[JsonSerializable(typeof(ExtractedData))]
[JsonSerializable(typeof(MessageMedia))]
[JsonSerializable(typeof(TimelineDetails))]
internal sealed partial class LeadJson : JsonSerializerContext;
