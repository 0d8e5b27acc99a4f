using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadDesk.Leads.Bulk;

/// <summary>A change as it is kept: what was asked, and until they are laid out as rows, the leads it is about.</summary>
/// <param name="Leads">Packed by <see cref="PackedIds"/>.</param>
/// <param name="UndoneById">Who takes it back.</param>
internal sealed record BulkOrder(BulkRequest Request, string? Leads = null, long? UndoneById = null)
{
    public string ToJson() => JsonSerializer.Serialize(this, BulkJson.Default.BulkOrder);

    public static BulkOrder FromJson(string json) => JsonSerializer.Deserialize(json, BulkJson.Default.BulkOrder)!;
}

/// <summary>Up to a million ids in little more than a byte each: differences of sorted ids, seven bits to a byte.</summary>
internal static class PackedIds
{
    private const int Group = 7;
    private const byte More = 0x80;

    /// <param name="ids">Ascending, each once.</param>
    public static string Pack(IReadOnlyList<long> ids)
    {
        var bytes = new List<byte>(ids.Count * 2);
        var last = 0L;
        foreach (var id in ids)
        {
            var step = (ulong)(id - last);
            for (; step >= More; step >>= Group)
                bytes.Add((byte)(step | More));
            bytes.Add((byte)step);
            last = id;
        }

        return Base64Url.EncodeToString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
    }

    public static List<long> Unpack(string packed)
    {
        var ids = new List<long>();
        var (last, step, shift) = (0L, 0UL, 0);
        foreach (var part in Base64Url.DecodeFromChars(packed))
        {
            step |= (ulong)(part & ~More) << shift;
            shift += Group;
            if ((part & More) is not 0)
                continue;
            last += (long)step;
            ids.Add(last);
            (step, shift) = (0, 0);
        }

        return ids;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BulkOrder))]
[JsonSerializable(typeof(List<TracedValue>))]
internal sealed partial class BulkJson : JsonSerializerContext;
