using System.Buffers;
using System.Text;
using System.Text.Json;

namespace LeadDesk.Web.Intake;

/// <param name="Range">Where the value stands in the body.</param>
/// <param name="Text">A string's, number's, true's or false's text; null for the rest.</param>
internal readonly record struct MetadataMember(Range Range, string? Text);

/// <summary>
/// A lead's metadata while its body is read: what the sender put there, and beside it the fields nobody knows, which must not
/// be lost. Where names clash the sender's metadata win. Values are kept as they came, digit by digit.
/// </summary>
internal struct MetadataText
{
    private OrderedDictionary<string, MetadataMember>? given;
    private OrderedDictionary<string, MetadataMember>? unknown;
    private Dictionary<string, string>? facts;
    private bool repeats;

    /// <summary>Where the sender's object stands in the body.</summary>
    public Range GivenRange { get; set; }

    public readonly bool IsEmpty => given is null && unknown is null && facts is null;

    /// <summary>Another metadata object follows, which counts instead.</summary>
    public void Forget() => (given, repeats) = (null, false);

    public void Given(string name, MetadataMember member)
    {
        given ??= new OrderedDictionary<string, MetadataMember>(StringComparer.Ordinal);
        repeats |= !given.TryAdd(name, member);
        given[name] = member;
    }

    public void Unknown(string name, MetadataMember member)
    {
        unknown ??= new OrderedDictionary<string, MetadataMember>(StringComparer.Ordinal);
        unknown[name] = member;
    }

    /// <summary>A text that has a place of its own on the lead: known to the intake, but no metadata.</summary>
    public void Fact(string name, string? text)
    {
        facts ??= new Dictionary<string, string>(StringComparer.Ordinal);
        if (text is null)
            facts.Remove(name);
        else
            facts[name] = text;
    }

    public readonly IReadOnlyDictionary<string, string> Texts()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var members in (ReadOnlySpan<OrderedDictionary<string, MetadataMember>?>)[unknown, given])
        {
            foreach (var (name, member) in members ?? [])
            {
                if (member.Text is { } text)
                    texts[name] = text;
                else
                    texts.Remove(name);
            }
        }

        foreach (var (name, text) in facts ?? [])
            texts[name] = text;
        return texts;
    }

    /// <param name="body">What was read.</param>
    /// <returns>One JSON object; null when there is nothing to keep.</returns>
    public readonly string? Json(ReadOnlySpan<byte> body)
    {
        if (unknown is null)
            return given is null ? null : repeats ? Written(body) : Encoding.UTF8.GetString(body[GivenRange]);
        return Written(body);
    }

    private readonly string Written(ReadOnlySpan<byte> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, member) in given ?? [])
                Write(json, name, body[member.Range]);
            foreach (var (name, member) in unknown ?? [])
            {
                if (given?.ContainsKey(name) is not true)
                    Write(json, name, body[member.Range]);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, ReadOnlySpan<byte> value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }
}
