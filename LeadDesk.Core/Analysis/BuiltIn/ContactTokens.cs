namespace LeadDesk.Analysis.BuiltIn;

/// <summary>Reads e-mail addresses and links: "ali@shop.pk", "https://x.example/a?b", "www.example.com", "bit.ly/abc".</summary>
internal static class ContactTokens
{
    private const int MaxLength = 400;

    /// <returns>The place after the contact, or <paramref name="at"/> when none stands here.</returns>
    public static int TryRead(TokenList tokens, string text, int at)
    {
        var end = at;
        var mail = -1;
        var slash = -1;
        var dot = -1;
        var limit = Math.Min(text.Length, at + MaxLength);
        for (; end < limit && text[end] < 128 && !char.IsWhiteSpace(text[end]) && text[end] is not (',' or ';' or '"' or '<' or '>' or '(' or ')' or '{' or '}'); end++)
        {
            if (text[end] == '@' && mail < 0)
                mail = end;
            else if (text[end] == '/' && slash < 0)
                slash = end;
            else if (text[end] == '.')
                dot = end;
        }
        if (mail < 0 && dot < 0 && slash < 0)
            return at;
        while (end > at && text[end - 1] is '.' or '!' or '?' or ':' or '\'')
            end--;
        var run = text.AsSpan(at, end - at);
        if (mail > at && run[(mail - at)..].LastIndexOf('.') is > 1 and var last && (mail - at) + last < run.Length - 2)
            return Add(tokens, TokenKind.Email, at, end);
        if (run.Contains("://", StringComparison.Ordinal) || run.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || (slash > at + 4 && ShortHost(text.AsSpan(at, slash - at))))
            return Add(tokens, TokenKind.Link, at, end);
        return at;
    }

    private static int Add(TokenList tokens, TokenKind kind, int start, int end)
    {
        tokens.Add(kind, start, end, tokens.LettersUsed);
        return end;
    }

    // "bit.ly", "t.me", "wa.me": a dot and a top level of two or three letters before the path.
    private static bool ShortHost(ReadOnlySpan<char> host)
    {
        var dot = host.LastIndexOf('.');
        return dot > 0 && host.Length - dot - 1 is 2 or 3 && !host[(dot + 1)..].ContainsAnyExceptInRange('a', 'z');
    }
}
