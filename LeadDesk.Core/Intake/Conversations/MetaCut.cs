using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace LeadDesk.Intake.Conversations;

/// <summary>
/// Writes a body that holds one unit only, in the shape of the whole. Copies the sender's bytes; nothing is serialised anew.
/// </summary>
internal sealed class MetaCut(string kind)
{
    // What stands beside the unit is copied into each: metadata, errors. Something large there would be multiplied.
    private const int LongestCompanion = 2_000;
    private const int MostCompanions = 8;

    // Not companions: the unit's own list is written by itself, the others are other units.
    private static readonly byte[][] NamedLists = [.. WhatsAppPieces.Lists.Append("contacts").Select(Encoding.UTF8.GetBytes)];

    private readonly ArrayBufferWriter<byte> buffer = new(4096);

    public byte[] Write(MetaPiece piece)
    {
        buffer.ResetWrittenCount();
        buffer.Write("{\"object\":\""u8);
        buffer.Write(Encoding.UTF8.GetBytes(kind));
        buffer.Write("\",\"entry\":[{"u8);
        Property("id", piece.Entry.Get("id"));
        Property("time", piece.Entry.Get("time"));
        if (piece.Change.Exists())
        {
            buffer.Write("\"changes\":[{"u8);
            Property("field", piece.Change.Get("field"));
            buffer.Write("\"value\":{"u8);
            Companions(piece.Change.Get("value"));
            if (piece.Contact.Exists())
            {
                List("contacts", piece.Contact);
                buffer.Write(","u8);
            }

            List(piece.List, piece.Item);
            buffer.Write("}}]"u8);
        }
        else
        {
            List(piece.List, piece.Item);
        }

        buffer.Write("}]}"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private void Companions(JsonElement value)
    {
        var left = MostCompanions;
        foreach (var property in value.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            if (IsList(name) || name.Length > LongestCompanion || JsonMarshal.GetRawUtf8Value(property.Value).Length > LongestCompanion)
                continue;
            buffer.Write("\""u8);
            buffer.Write(name);
            buffer.Write("\":"u8);
            buffer.Write(JsonMarshal.GetRawUtf8Value(property.Value));
            buffer.Write(","u8);
            if (--left is 0)
                return;
        }
    }

    private static bool IsList(ReadOnlySpan<byte> name)
    {
        foreach (var list in NamedLists)
        {
            if (name.SequenceEqual(list))
                return true;
        }

        return false;
    }

    private void Property(string name, JsonElement value)
    {
        if (!value.Exists() || JsonMarshal.GetRawUtf8Value(value).Length > LongestCompanion)
            return;
        Name(name);
        buffer.Write(JsonMarshal.GetRawUtf8Value(value));
        buffer.Write(","u8);
    }

    private void List(string name, JsonElement only)
    {
        Name(name);
        buffer.Write("["u8);
        buffer.Write(JsonMarshal.GetRawUtf8Value(only));
        buffer.Write("]"u8);
    }

    private void Name(string name)
    {
        buffer.Write("\""u8);
        buffer.Write(Encoding.UTF8.GetBytes(name));
        buffer.Write("\":"u8);
    }
}
