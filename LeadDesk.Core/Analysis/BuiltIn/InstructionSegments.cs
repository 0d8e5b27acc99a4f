namespace LeadDesk.Analysis.BuiltIn;

/// <summary>A sentence of the message, in UTF-16 units.</summary>
internal record struct TextSegment(int Start, int End, bool IsOrder);

/// <summary>Cuts a text into sentences and marks those that give orders to software.</summary>
internal static class InstructionSegments
{
    private const int BlobLength = 48;

    // Field names of the answer a model is asked for; in JSON they have no place in a customer's message.
    private static readonly string[] FieldNames =
        ["intent", "urgency", "score", "lead_score", "quality", "category", "sentiment", "confidence", "opt_out", "role", "instruction", "classification", "label"];

    private static readonly string[] Roles = ["system", "assistant", "developer", "user", "sistema", "sistem", "systeme", "النظام", "سسٹم", "asistente", "assistente", "asistan", "instruction", "instructions", "admin"];

    private static readonly List<TextSegment> None = [];

    public static List<TextSegment> Read(TokenList tokens, Lexicon lexicon)
    {
        using var signs = new InstructionSigns(tokens, lexicon);
        if (!signs.Any && !HasMarkup(tokens.Text) && !HasBlob(tokens.Text))
            return None;
        var segments = new List<TextSegment>();
        var first = 0;
        var start = 0;
        var inBlock = false;
        var afterOrder = false;
        for (var i = 0; i <= tokens.Count; i++)
        {
            if (i < tokens.Count && tokens[i].Kind != TokenKind.Stop)
                continue;
            var end = i < tokens.Count ? tokens[i].End : tokens.Text.Length;
            var text = tokens.Text.AsSpan(start, end - start);
            // A blank line ends what a role marker ("system:") began.
            if (text.IsWhiteSpace() && i < tokens.Count && tokens[i].Sign == '\n' && i > 0 && tokens[i - 1].Sign == '\n')
                inBlock = false;
            var marker = StartsBlock(text);
            inBlock |= marker;
            var order = inBlock || signs.IsOrder(first, i, afterOrder) || HasFields(text) || HasBlob(text);
            afterOrder |= order;
            segments.Add(new TextSegment(start, end, order));
            start = end;
            first = i + 1;
        }
        return segments;
    }

    private static bool HasMarkup(ReadOnlySpan<char> text)
    {
        foreach (var line in text.EnumerateLines())
        {
            if (StartsBlock(line) || HasFields(line))
                return true;
        }
        return text.Contains("<|", StringComparison.Ordinal) || text.Contains("[INST", StringComparison.OrdinalIgnoreCase);
    }

    // "system: ...", "### Instruction", "<|im_start|>system", "[INST] ...", "<system>"
    private static bool StartsBlock(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (line.Contains("<|", StringComparison.Ordinal) || line.Contains("[INST", StringComparison.OrdinalIgnoreCase) || line.Contains("<<SYS", StringComparison.OrdinalIgnoreCase))
            return true;
        var bare = line.TrimStart("#*<[{\"'-> ");
        var marked = line.Length - bare.Length >= 1 && line[0] is '#' or '<' or '[' or '*';
        foreach (var role in Roles)
        {
            if (!bare.StartsWith(role, StringComparison.OrdinalIgnoreCase))
                continue;
            var rest = bare[role.Length..].TrimStart("*\"' ");
            if (rest.StartsWith(" message:", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("message:", StringComparison.OrdinalIgnoreCase)
                || rest.StartsWith("prompt:", StringComparison.OrdinalIgnoreCase))
                return true;
            if (rest.Length > 0 && (rest[0] is ':' or '：' || (marked && rest[0] is '>' or ']')))
                return true;
            if (marked && rest.Length == 0 && line.StartsWith("##", StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    // {"intent":"buy"}, 'urgency': high, intent=buy
    private static bool HasFields(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny(':', '=') < 0)
            return false;
        foreach (var name in FieldNames)
        {
            var from = 0;
            while (text[from..].IndexOf(name, StringComparison.OrdinalIgnoreCase) is >= 0 and var found)
            {
                var at = from + found;
                from = at + name.Length;
                var quoted = at > 0 && text[at - 1] is '"' or '\'' or '“';
                if (at > 0 && !quoted && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == '/'))
                    continue;
                var rest = text[from..].TrimStart("\"'” ");
                if (rest.Length > 0 && (rest[0] == '=' || (rest[0] == ':' && (quoted || IsOwnField(name)))))
                    return true;
            }
        }
        return false;
    }

    // "Category: shoes" is what web forms write; "intent: buy" is not.
    private static bool IsOwnField(string name) => name is "intent" or "urgency" or "lead_score" or "score" or "sentiment" or "opt_out";

    // Encoded text: a long run without spaces in mixed letters and digits that is no link.
    private static bool HasBlob(ReadOnlySpan<char> text)
    {
        var run = 0;
        var inLink = false;
        var (upper, lower, digit) = (0, 0, 0);
        foreach (var letter in text)
        {
            if (char.IsAsciiLetterOrDigit(letter) || letter is '+' or '=' or '/')
            {
                run++;
                upper += char.IsAsciiLetterUpper(letter) ? 1 : 0;
                lower += char.IsAsciiLetterLower(letter) ? 1 : 0;
                digit += char.IsAsciiDigit(letter) ? 1 : 0;
                if (!inLink && run >= BlobLength && upper > 4 && lower > 4 && digit > 0)
                    return true;
            }
            else
            {
                (run, upper, lower, digit) = (0, 0, 0, 0);
                inLink = letter is '.' or ':' or '?' or '&' || (inLink && !char.IsWhiteSpace(letter));
            }
        }
        return false;
    }
}
