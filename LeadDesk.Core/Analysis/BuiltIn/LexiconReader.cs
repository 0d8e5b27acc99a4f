using System.Globalization;

namespace LeadDesk.Analysis.BuiltIn;

/// <summary>
/// Reads the lexicon files. A line is "class weight: phrase, phrase"; "=" before the class keeps the phrases to messages in the file's own
/// language; a line that begins with "//" is a remark. Raw sample: "=buy 3: satın al*, sipariş ver*".
/// </summary>
internal static class LexiconReader
{
    private const string ResourcePrefix = "LeadDesk.Analysis.BuiltIn.lexicon.";

    public static Lexicon ReadEmbedded()
    {
        var builder = new LexiconBuilder();
        var assembly = typeof(LexiconReader).Assembly;
        for (byte language = 0; language < Languages.Files.Length; language++)
        {
            var name = ResourcePrefix + Languages.Files[language] + ".txt";
            using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"The lexicon {name} is missing.");
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is { } line)
                ReadLine(builder, line, language);
        }
        return new Lexicon(builder);
    }

    // Words of up to three Latin letters mean different things from language to language ("al", "pin", "der").
    private static bool IsAmbiguous(string phrase, in LexiconEntry entry) =>
        entry.Language != Languages.Common && phrase.Length <= 3 && phrase.All(letter => letter < '\u0250');

    private static void ReadLine(LexiconBuilder builder, string line, byte language)
    {
        if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal))
            return;
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var head = colon < 0 ? [] : line[..colon].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (head.Length is not (1 or 2) || !Enum.TryParse<EvidenceClass>(head[0].TrimStart('='), ignoreCase: true, out var evidence))
            throw new InvalidDataException($"Not a lexicon line: {line}");
        var weight = 1f;
        var text = head.Length == 2 && !float.TryParse(head[1], NumberStyles.Float, CultureInfo.InvariantCulture, out weight) ? head[1] : null;
        var entry = new LexiconEntry(evidence, text is null ? weight : 1, text, language, head[0][0] == '=');
        foreach (var phrase in line[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            builder.Add(phrase, IsAmbiguous(phrase, entry) ? entry with { OwnLanguageOnly = true } : entry);
    }
}
