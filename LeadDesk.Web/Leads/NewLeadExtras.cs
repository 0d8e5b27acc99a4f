using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Unicode;
using LeadDesk.Leads;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Web.Leads;

/// <summary>
/// The members of a new lead that are the company's own: <c>custom</c>, <c>tags</c>, <c>value</c>. They are taken out before the rest
/// is read, which keeps what it does not know as metadata.
/// </summary>
internal static class NewLeadExtras
{
    private static readonly FrozenSet<string> Members = FrozenSet.Create(StringComparer.Ordinal, "custom", "tags", "value");

    /// <returns>The rest of the body, and what was taken out of it; the body as it is where there is nothing to take out or it cannot be read.</returns>
    public static (byte[] Body, LeadEdit? Edit, ProblemResult? Problem) Take(byte[] body)
    {
        ReadOnlyMemory<byte> json = body.AsSpan().StartsWith(JsonText.ByteOrderMark) ? body.AsMemory(JsonText.ByteOrderMark.Length) : body;
        if (!Members.Any(member => json.Span.IndexOf(System.Text.Encoding.UTF8.GetBytes($"\"{member}\"")) >= 0) || !Utf8.IsValid(json.Span))
            return (body, null, null);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind is not JsonValueKind.Object || !document.RootElement.EnumerateObject().Any(member => Members.Contains(member.Name)))
                return (body, null, null);
            var taken = JsonSerializer.SerializeToElement(document.RootElement.EnumerateObject().Where(member => Members.Contains(member.Name)).DistinctBy(member => member.Name).ToDictionary(member => member.Name, member => member.Value));
            var (edit, problem) = LeadPatch.ReadEdit(taken, "$", ["custom", "tags"]);
            return (Rest(document.RootElement), edit, problem);
        }
        catch (JsonException)
        {
            // The reader of the whole names the place.
            return (body, null, null);
        }
    }

    private static byte[] Rest(JsonElement root)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var member in root.EnumerateObject().Where(member => !Members.Contains(member.Name)))
                member.WriteTo(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
