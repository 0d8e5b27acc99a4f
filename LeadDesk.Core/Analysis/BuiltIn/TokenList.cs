using System.Buffers;

namespace LeadDesk.Analysis.BuiltIn;

/// <summary>The tokens of one message with their folded letters, in rented arrays.</summary>
internal sealed class TokenList(string text) : IDisposable
{
    private Token[] _tokens = ArrayPool<Token>.Shared.Rent(64);
    private char[] _letters = ArrayPool<char>.Shared.Rent((text.Length * 2) + 16);
    private int _lettersUsed;

    public string Text { get; } = text;

    public int Count { get; private set; }

    public int WordCount { get; private set; }

    public ref Token this[int index] => ref _tokens[index];

    public Span<Token> Items => _tokens.AsSpan(0, Count);

    public ReadOnlySpan<char> Folded(in Token token) => _letters.AsSpan(token.FoldStart, token.FoldLength);

    public int LettersUsed => _lettersUsed;

    public void Letter(char letter) => _letters[_lettersUsed++] = letter;

    /// <summary>The last letter of the word being written that began at <paramref name="start"/>, counted from its end.</summary>
    public char LetterBack(int start, int back) => _lettersUsed - back >= start ? _letters[_lettersUsed - back] : '\0';

    /// <summary>Adds a token whose folded letters were written since <paramref name="foldStart"/>.</summary>
    public ref Token Add(TokenKind kind, int start, int end, int foldStart, char sign = '\0')
    {
        if (Count == _tokens.Length)
            Grow();
        var letters = _letters.AsSpan(foldStart, _lettersUsed - foldStart);
        ref var token = ref _tokens[Count++];
        token = new Token
        {
            Kind = kind,
            Start = start,
            Length = end - start,
            FoldStart = foldStart,
            FoldLength = letters.Length,
            Sign = sign,
            Hash = WordHash.Of(letters),
            Exact = -1,
            Prefix = -1,
            ShorterPrefix = -1,
        };
        if (kind == TokenKind.Word)
            WordCount++;
        return ref token;
    }

    public void Dispose()
    {
        ArrayPool<Token>.Shared.Return(_tokens);
        ArrayPool<char>.Shared.Return(_letters);
        _tokens = [];
        _letters = [];
        Count = 0;
    }

    private void Grow()
    {
        var larger = ArrayPool<Token>.Shared.Rent(_tokens.Length * 2);
        _tokens.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<Token>.Shared.Return(_tokens);
        _tokens = larger;
    }
}
