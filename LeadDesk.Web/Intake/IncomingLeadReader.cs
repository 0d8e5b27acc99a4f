using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LeadDesk.Intake;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;

namespace LeadDesk.Web.Intake;

/// <summary>Which JSON fields a door knows by name.</summary>
/// <param name="Source">As <see cref="IncomingLead.Source"/>.</param>
/// <param name="Name">The field with the person's name.</param>
/// <param name="Facts">Texts with a place of their own on the lead (<c>organisation</c>, <c>city</c>, …). Fields that are not known stay in the metadata.</param>
internal sealed record LeadFields(string Source, string Name, FrozenSet<string> Facts);

/// <summary>
/// Reads one lead from a body such as
/// <c>{"phone":"+923001234567","message":"I want to buy 50 units","channel":"whatsapp","sender_name":"Ahmed","external_id":17,"metadata":{"city":"Lahore"}}</c>.
/// By hand: this is the hot path, and every fault must be named by its place. Of fields that occur twice the last one counts.
/// </summary>
internal ref struct IncomingLeadReader
{
    private const string Metadata = "metadata";

    private readonly byte[] body;
    private readonly ReadOnlySpan<byte> json;
    private readonly LeadFields fields;
    private Utf8JsonReader reader;
    private string? field;
    private string? phone;
    private string? email;
    private string? message;
    private string? channel;
    private string? name;
    private string? externalId;
    private string? region;
    private MetadataText metadata;
    private Dictionary<string, string[]>? unreadable;
    private Dictionary<string, string[]>? refused;

    private IncomingLeadReader(byte[] body, LeadFields fields)
    {
        this.body = body;
        this.fields = fields;
        json = body.AsSpan();
        if (json.StartsWith(JsonText.ByteOrderMark))
            json = json[JsonText.ByteOrderMark.Length..];
        reader = new Utf8JsonReader(json);
    }

    /// <param name="problem">400 where it cannot be read, 422 where a text cannot be taken.</param>
    public static bool TryRead(byte[] body, LeadFields fields, [NotNullWhen(true)] out IncomingLead? lead, [NotNullWhen(false)] out ProblemResult? problem)
    {
        var reading = new IncomingLeadReader(body, fields);
        try
        {
            problem = reading.Read();
        }
        catch (JsonException exception)
        {
            problem = JsonText.Broken(exception, reading.field);
        }

        lead = problem is null ? reading.ToLead() : null;
        return lead is not null;
    }

    private ProblemResult? Read()
    {
        if (json.IsEmpty)
            return JsonText.At("$", "The body is empty: send a JSON object with at least a phone, an email or an external_id.");
        if (!Utf8.IsValid(json))
            return JsonText.NotUtf8(json);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
            return JsonText.At("$", $"The body must be one JSON object, not {JsonText.NameOf(reader.TokenType)}.");
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            ReadField();
            field = null;
        }

        // What follows the object is a fault, which the reader finds.
        reader.Read();
        if (unreadable is not null)
            return Problems.Unreadable(Sentences(unreadable)) with { Errors = unreadable };
        return refused is null ? null : LeadDesk.Common.Refusal.Invalid(refused).ToProblem();
    }

    private void ReadField()
    {
        if (!IsText("$"))
            SkipMember("$");
        else if (reader.ValueTextEquals("phone"u8))
            phone = ReadText("phone");
        else if (reader.ValueTextEquals("email"u8))
            email = ReadText("email");
        else if (reader.ValueTextEquals("message"u8))
            message = ReadText("message");
        else if (reader.ValueTextEquals("channel"u8))
            channel = ReadText("channel");
        else if (reader.ValueTextEquals(fields.Name))
            name = ReadText(fields.Name);
        else if (reader.ValueTextEquals("external_id"u8))
            externalId = ReadText("external_id", orNumber: true);
        else if (reader.ValueTextEquals("region"u8))
            region = ReadText("region");
        else if (reader.ValueTextEquals("metadata"u8))
            ReadMetadata();
        else
            ReadOther();
    }

    /// <param name="orNumber">Takes a number as well, its digits exactly as written.</param>
    private string? ReadText(string called, bool orNumber = false)
    {
        field = called;
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String when IsText(called):
                return reader.GetString();
            case JsonTokenType.String:
                return null;
            case JsonTokenType.Number when orNumber:
                return Encoding.ASCII.GetString(reader.ValueSpan);
            default:
                var wanted = orNumber ? "a string, a number or null" : "a string or null";
                Unreadable(called, $"{called} must be {wanted}, not {JsonText.NameOf(reader.TokenType)}.");
                SkipValue(called);
                return null;
        }
    }

    private void ReadMetadata()
    {
        field = Metadata;
        reader.Read();
        metadata.Forget();
        if (reader.TokenType is JsonTokenType.Null)
            return;
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            Unreadable(Metadata, $"metadata must be an object or null, not {JsonText.NameOf(reader.TokenType)}.");
            SkipValue(Metadata);
            return;
        }

        var start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (!IsText(Metadata))
            {
                SkipMember(Metadata);
                continue;
            }

            var member = reader.GetString()!;
            metadata.Given(member, ReadMember($"{Metadata}.{member}"));
        }

        metadata.GivenRange = start..(int)reader.BytesConsumed;
    }

    private void ReadOther()
    {
        var other = reader.GetString()!;
        field = other;
        if (fields.Facts.Contains(other))
            metadata.Fact(other, ReadText(other));
        else
            metadata.Unknown(other, ReadMember(other));
    }

    private MetadataMember ReadMember(string place)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var text = reader.TokenType switch
        {
            JsonTokenType.String when IsText(place) => reader.GetString(),
            JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => null,
        };
        SkipValue(place);
        return new MetadataMember(start..(int)reader.BytesConsumed, text);
    }

    private void SkipMember(string place)
    {
        reader.Read();
        SkipValue(place);
    }

    /// <summary>Goes to the end of an object or array, looking at every text on the way.</summary>
    private void SkipValue(string place)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                IsText(place);
        }
    }

    private bool IsText(string place)
    {
        if (!reader.ValueIsEscaped || !JsonText.HasLoneSurrogate(reader.ValueSpan))
            return true;
        refused ??= new Dictionary<string, string[]>(StringComparer.Ordinal);
        refused[place] = ["The text contains half of a surrogate pair, which is no character. Remove it."];
        return false;
    }

    private void Unreadable(string place, string sentence)
    {
        unreadable ??= new Dictionary<string, string[]>(StringComparer.Ordinal);
        unreadable["$." + place] = [sentence];
    }

    private static string Sentences(Dictionary<string, string[]> errors) =>
        string.Join(' ', errors.Select(error => $"{error.Key}: {error.Value[0]}"));

    private readonly IncomingLead ToLead()
    {
        var lead = new IncomingLead
        {
            Source = fields.Source,
            Raw = body,
            Phone = phone,
            Email = email,
            Message = message,
            Channel = channel,
            Name = name,
            ExternalId = externalId,
            Region = region,
        };
        return metadata.IsEmpty ? lead : lead with { Metadata = metadata.Texts(), MetadataJson = metadata.Json(json) };
    }
}
