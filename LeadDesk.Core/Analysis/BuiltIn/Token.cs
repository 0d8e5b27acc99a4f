namespace LeadDesk.Analysis.BuiltIn;

internal enum TokenKind : byte
{
    Word,
    Number,
    Symbol,
    Emoji,

    /// <summary>A calendar date in digits (2026-12-01, 3/28) or a time of day (5:45).</summary>
    Calendar,
    Phone,
    Email,
    Link,

    /// <summary>A comma, colon, bracket: ends a clause.</summary>
    Pause,

    /// <summary>A full stop, line end, exclamation or question mark: ends a sentence.</summary>
    Stop,
}

/// <summary>One piece of the message.</summary>
/// <remarks><see cref="Start"/> counts UTF-16 units of the message, <see cref="Hash"/> is that of the folded letters, <see cref="Value"/> that of a number.</remarks>
internal struct Token
{
    public int Start;
    public int Length;
    public int FoldStart;
    public int FoldLength;
    public TokenKind Kind;
    public char Sign;
    public ulong Hash;
    public decimal Value;

    /// <summary>Lexicon words this token stands for (the exact one, up to two by prefix, or a near miss); -1 when none.</summary>
    public int Exact;
    public int Prefix;
    public int ShorterPrefix;
    public bool Misspelt;

    /// <summary>Number of the clause this token stands in; grows by one at each pause.</summary>
    public int Clause;

    public readonly int End => Start + Length;

    public readonly bool IsBreak => Kind >= TokenKind.Pause;
}
