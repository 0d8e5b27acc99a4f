using System.Runtime.InteropServices;

namespace LeadDesk.Analysis.BuiltIn;

/// <summary>Collects words and phrases while the lexicon files are read.</summary>
internal sealed class LexiconBuilder
{
    public LexiconBuilder()
    {
        NewNode();
        NewWord(0);
    }

    public Dictionary<ulong, int> Words { get; } = new(16_000);
    public Dictionary<ulong, int> Prefixes { get; } = [];
    public Dictionary<ulong, int> Edges { get; } = new(24_000);
    public List<ushort> WordLanguages { get; } = [];
    public List<List<LexiconEntry>> Ends { get; } = [];
    public List<bool> Gaps { get; } = [];

    /// <summary>The words a misspelt one is compared with.</summary>
    public List<(string Letters, int Word)> Spellings { get; } = [];

    public static ulong Edge(int node, int word) => ((ulong)node << 32) | (uint)word;

    /// <param name="phrase">Words with a space between; "sat*" is any word that begins so, ".." up to three other words, "#" or digits any number.</param>
    public void Add(string phrase, in LexiconEntry entry)
    {
        var node = 0;
        foreach (var part in phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
                Gaps[node] = true;
            else if (part == "#")
                node = Next(node, Lexicon.NumberWord);
            else
                node = AddWords(node, part, entry.Language);
        }
        if (node == 0)
            throw new InvalidDataException($"The lexicon phrase '{phrase}' has no word.");
        Ends[node].Add(entry);
    }

    private int AddWords(int node, string part, byte language)
    {
        var isPrefix = part.EndsWith('*');
        using var tokens = Tokenizer.Read(isPrefix ? part[..^1] : part);
        for (var i = 0; i < tokens.Count; i++)
        {
            var letters = tokens.Folded(tokens[i]);
            if (tokens[i].Kind == TokenKind.Number)
                node = Next(node, Lexicon.NumberWord);
            if (letters.IsEmpty)
                continue;
            var map = isPrefix && i == tokens.Count - 1 ? Prefixes : Words;
            ref var word = ref CollectionsMarshal.GetValueRefOrAddDefault(map, tokens[i].Hash, out var known);
            if (!known)
            {
                word = NewWord(0);
                if (map == Words && tokens[i].Kind == TokenKind.Word && letters.Length >= NearMisses.MinLength)
                    Spellings.Add((letters.ToString(), word));
            }
            WordLanguages[word] |= (ushort)(1 << language);
            node = Next(node, word);
        }
        return node;
    }

    private int Next(int node, int word)
    {
        ref var next = ref CollectionsMarshal.GetValueRefOrAddDefault(Edges, Edge(node, word), out var known);
        if (!known)
            next = NewNode();
        return next;
    }

    private int NewNode()
    {
        Ends.Add([]);
        Gaps.Add(false);
        return Ends.Count - 1;
    }

    private int NewWord(ushort languages)
    {
        WordLanguages.Add(languages);
        return WordLanguages.Count - 1;
    }
}
