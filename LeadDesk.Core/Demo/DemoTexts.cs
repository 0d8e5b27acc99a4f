using System.Globalization;

namespace LeadDesk.Demo;

/// <param name="Weight">How many of a hundred customers write it.</param>
internal sealed record DemoLanguage(string Code, int Weight, ILookup<string, string> Texts)
{
    public IReadOnlyList<string> Words(string kind) => Texts[kind].First().Split(',', StringSplitOptions.TrimEntries);

    /// <summary>One of the texts of this kind; null where the language has none.</summary>
    public string? Pick(string kind, Random random)
    {
        var texts = Texts[kind].ToList();
        return texts.Count is 0 ? null : texts[random.Next(texts.Count)]
            .Replace("{p}", Any(Words("product"), random), StringComparison.Ordinal)
            .Replace("{n}", random.Next(2, 41).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    public static T Any<T>(IReadOnlyList<T> choices, Random random) => choices[random.Next(choices.Count)];
}

/// <summary>
/// Reads <c>demo.txt</c>:
/// <code>
/// [tr 10]
/// first: Ayşe, Mehmet
/// buy: Selamlar, {p} almak istiyorum, fiyatı ne kadar?
/// </code>
/// </summary>
internal static class DemoTexts
{
    public static IReadOnlyList<DemoLanguage> Read()
    {
        using var stream = typeof(DemoTexts).Assembly.GetManifestResourceStream("LeadDesk.Demo.demo.txt")
            ?? throw new InvalidOperationException("demo.txt is not part of the program.");
        using var reader = new StreamReader(stream);
        var languages = new List<(string Code, int Weight, List<(string Kind, string Text)> Texts)>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
            {
                var head = line.Trim('[', ']').Split(' ');
                languages.Add((head[0], int.Parse(head[1], CultureInfo.InvariantCulture), []));
            }
            else if (line.Length > 0 && line[0] is not '#' && line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                languages[^1].Texts.Add((line[..colon], line[(colon + 1)..].Trim()));
            }
        }

        return [.. languages.Select(language => new DemoLanguage(language.Code, language.Weight, language.Texts.ToLookup(text => text.Kind, text => text.Text, StringComparer.Ordinal)))];
    }
}
