using System.Runtime.InteropServices;
using System.Text.Json;

namespace LeadDesk.Intake.Meta;

/// <summary>One answer of Graph: a value, or why there is none.</summary>
/// <param name="Took">From asking to the whole body read.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GraphAnswer<T>(T? Value, GraphError? Error, GraphUsage Usage, TimeSpan Took)
{
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Value))]
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <param name="read">Null when the answer is not what was asked for, as with a broken server between.</param>
    internal GraphAnswer<TOther> Then<TOther>(Func<T, TOther?> read)
        where TOther : class
    {
        if (Error is not null)
            return new(null, Error, Usage, Took);
        return read(Value!) is { } value ? new(value, null, Usage, Took) : new(null, GraphError.NoAnswer(200), Usage, Took);
    }
}

/// <param name="After">Where the next page starts; null on the last one.</param>
public sealed record GraphPage(IReadOnlyList<JsonElement> Items, string? After)
{
    /// <summary>
    /// <code>
    /// {"data":[…],"paging":{"cursors":{"before":"QVFIUjA","after":"QVFIUjB"},"next":"https://graph.facebook.com/…&amp;access_token=…&amp;after=QVFIUjB"}}
    /// </code>
    /// The last page has cursors too, but no <c>next</c>. The link itself holds the token and is never used.
    /// </summary>
    /// <returns>Null without a <c>data</c> array: an empty body must not pass for "no leads".</returns>
    internal static GraphPage? Read(JsonElement body)
    {
        if (GraphJson.FindArray(body, "data"u8) is not { } data)
            return null;
        string? after = null;
        if (GraphJson.FindObject(body, "paging"u8) is { } paging && GraphJson.Text(paging, "next"u8) is { } next)
            after = (GraphJson.FindObject(paging, "cursors"u8) is { } cursors ? GraphJson.Text(cursors, "after"u8) : null) ?? AfterIn(next);
        return new GraphPage([.. data.EnumerateArray()], after);
    }

    private static string? AfterIn(string link) =>
        link.Split('?', '&').FirstOrDefault(part => part.StartsWith("after=", StringComparison.Ordinal)) is { } found
            ? Uri.UnescapeDataString(found["after=".Length..])
            : null;
}

/// <param name="ExpiresAt">Null when it does not run out.</param>
/// <param name="Scopes">The permissions it has; empty when Meta does not tell.</param>
public sealed record GraphToken(bool Valid, DateTime? ExpiresAt, IReadOnlyList<string> Scopes);
