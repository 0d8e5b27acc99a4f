using System.Security.Cryptography;
using System.Text.Json;

namespace LeadDesk.Intake.Conversations;

/// <param name="AccountId">
/// The business account it belongs to: phone number id, page id or Instagram account id. Null when the sender named none.
/// </param>
public sealed record MetaUnit(InboundUnit Unit, string? AccountId);

/// <summary>
/// Takes a body of Meta's webhooks apart into one unit for each lead, message, status and other change. Pages, WhatsApp and Instagram
/// can be subscribed on any of our addresses, so only the body says what it is:
/// <code>
/// {"object":"page","entry":[{"id":"138","time":1630087927,"changes":[{"field":"leadgen","value":{"leadgen_id":"233","form_id":"172"}}]}]}
/// {"object":"page","entry":[{"id":"138","messaging":[{"sender":{"id":"338"},"recipient":{"id":"138"},"timestamp":1630087927000,"message":{"mid":"m_K","text":"Hi"}}]}]}
/// {"object":"instagram","entry":[{"id":"178","messaging":[{…}]}]}
/// {"object":"whatsapp_business_account","entry":[{"id":"546","changes":[{"field":"messages","value":{"metadata":{…},"contacts":[…],"messages":[…]}}]}]}
/// </code>
/// Pure; never throws, whatever the body is.
/// </summary>
public static class MetaBody
{
    /// <summary>Meta sends at most 1,000. A body of more small things than this stays whole, so that cutting it cannot fill the memory.</summary>
    public const int MostUnits = 5_000;

    /// <param name="source">Of the address it came to: the source of what cannot be read.</param>
    /// <returns>At least one unit.</returns>
    public static IReadOnlyList<MetaUnit> Split(ReadOnlyMemory<byte> body, string source)
    {
        JsonDocument document;
        try
        {
            document = MetaJson.Parse(body);
        }
        catch (JsonException)
        {
            return [Whole(body, source, InboundState.Unreadable, "The body is no JSON.")];
        }

        using (document)
        {
            var root = document.RootElement;
            var kind = MetaShape.ObjectOf(root);
            var entries = MetaShape.Entries(root);
            if (kind is null || entries is null)
                return [Whole(body, source, InboundState.Unreadable, $"The body is of a kind that LeadDesk does not know (object “{Named(root)}”).")];
            var pieces = new MetaPieces(kind);
            foreach (var entry in entries)
            {
                pieces.AddEntry(entry);
                if (pieces.Found.Count > MostUnits)
                    return [Whole(body, source, InboundState.Unreadable, $"More than {MostUnits} things came in one body.")];
            }

            return Units(body, source, kind, pieces.Found);
        }
    }

    internal static string Hash(ReadOnlySpan<byte> account, ReadOnlySpan<byte> slice)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(account);
        hash.AppendData(slice);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Named(JsonElement root) => MetaJson.Shorten(root.Get("object").Word() ?? "", 60);

    private static MetaUnit[] Units(ReadOnlyMemory<byte> body, string source, string kind, List<MetaPiece> pieces)
    {
        switch (pieces)
        {
            case []:
                return [Whole(body, source, InboundState.Ignored, "There is nothing in it.")];
            case [var only]:
                return [new(only.ToUnit(body.ToArray()), only.AccountId)];
        }

        var units = new MetaUnit[pieces.Count];
        var cut = new MetaCut(kind);
        for (var index = 0; index < units.Length; index++)
            units[index] = new(pieces[index].ToUnit(cut.Write(pieces[index])), pieces[index].AccountId);
        return units;
    }

    private static MetaUnit Whole(ReadOnlyMemory<byte> body, string source, InboundState state, string reason) =>
        new(new InboundUnit(source, $"body:{Hash([], body.Span)}", body.ToArray()) { State = state, Reason = reason }, null);
}
