using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LeadDesk.Access;
using LeadDesk.Analysis;
using LeadDesk.Scoring;
using LeadDesk.Tests.Support;
using LeadDesk.Web.Settings;
using LeadDesk.Web.Shell;
using LeadDesk.Web.Ui;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Tests.Ui;

/// <summary>Every text of the pages in every language on offer. The keys are read from the sources, so a new text fails here until it is translated.</summary>
public sealed partial class TextsTests
{
    private static readonly Lazy<IReadOnlyList<string>> WebSources = new(() => Sources("LeadDesk.Web"));

    private static readonly Lazy<IReadOnlyList<string>> CoreSources = new(() => Sources("LeadDesk.Core"));

    public static TheoryData<string> Languages => [.. Texts.Languages.Keys.Skip(1)];

    [Fact]
    public void Keys_are_found_in_pages_and_in_code() =>
        new[] { "Sign in", "{0} leads", "{0} moved it from {1} to {2}", "Load more", "Salesperson", "Pricing", "How much the person wrote" }.ShouldBeSubsetOf(KeysOfPages());

    [Theory, MemberData(nameof(Languages))]
    public void Every_text_of_the_pages_is_translated(string language)
    {
        var translated = Read(language);

        KeysOfPages().Where(key => !translated.ContainsKey(key)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Languages))]
    public void A_translation_has_the_placeholders_of_its_key_and_says_something(string language) =>
        Read(language).Where(text => string.IsNullOrWhiteSpace(text.Value) || !Placeholders(text.Value).SequenceEqual(Placeholders(text.Key)))
            .Select(text => $"{text.Key} = {text.Value}").ShouldBeEmpty();

    [Theory, MemberData(nameof(Languages))]
    public void No_translation_is_left_over(string language)
    {
        var used = KeysOfPages().Concat(ComposedRefusals()).ToHashSet(StringComparer.Ordinal);

        Read(language).Keys.Where(key => !used.Contains(key) && !StandsInCore(key)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_stored_sentence_is_one_that_Core_writes() =>
        StoredSentences.Patterns.Where(pattern => !CoreSources.Value.Any(source => Regex.IsMatch(source, Placeholder.Replace(Regex.Escape(pattern).Replace("\\{", "{", StringComparison.Ordinal), "\\{.+?\\}"), RegexOptions.None, TimeSpan.FromSeconds(5))))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("tr", "It belongs to Ada Lovelace already.", "Zaten Ada Lovelace adlı kişinin.")]
    [InlineData("es", "It has 20 helpers. Remove somebody first.", "Tiene 20 ayudantes. Quite primero a alguien.")]
    [InlineData("tr", "Its city was changed since.", "O zamandan beri değişti: şehir.")]
    [InlineData("es", "Changed since the import and left as it is: name, city", "Cambió desde la importación y se dejó como está: nombre, ciudad")]
    [InlineData("es", "Lead 7 already has this phone. Merge the two instead.", "El lead 7 ya tiene este dato (teléfono). Combine los dos.")]
    [InlineData("tr", "There is no field “colour”. (Character 1 of the filter.)", "“colour” diye bir alan yok. (Filtrenin 1. karakteri.)")]
    [InlineData("tr", "It is in the trash.", "Çöp kutusunda.")]
    [InlineData("es", "Nobody has translated 7 of these.", "Nobody has translated 7 of these.")]
    [InlineData("en", "It belongs to Ada Lovelace already.", "It belongs to Ada Lovelace already.")]
    public void Sentences_that_Core_writes_are_shown_in_the_readers_language(string language, string stored, string expected) => InLanguage(language, texts => texts[stored].Value).ShouldBe(expected);

    [Theory]
    [InlineData("tr", "Oturum aç")]
    [InlineData("es", "Iniciar sesión")]
    [InlineData("en", "Sign in")]
    public void Pages_get_the_text_of_the_readers_language(string language, string expected) => InLanguage(language, texts => texts["Sign in"].Value).ShouldBe(expected);

    private static string InLanguage(string language, Func<IStringLocalizer<Texts>, string> read)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddTexts();
        using var provider = services.BuildServiceProvider();
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return read(provider.GetRequiredService<IStringLocalizer<Texts>>());
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>Texts at <c>T["…"]</c>, <c>texts["…"]</c> and <c>T[choice ? "…" : "…"]</c>, and those that reach T by a variable.</summary>
    private static HashSet<string> KeysOfPages()
    {
        var form = new ScoringForm(ScoringProfile.Default, version: 1);
        return WebSources.Value.SelectMany(source => LiteralKey.Matches(source).Select(match => match.Groups["key"].Value))
            .Concat(WebSources.Value.SelectMany(source => ChosenKeys.Matches(source).SelectMany(match => (string[])[match.Groups["one"].Value, match.Groups["other"].Value])))
            .Select(Regex.Unescape)
            .Concat(NavItem.All.Select(item => item.Label))
            .Concat(StoredSentences.Patterns)
            .Concat(Enum.GetNames<Role>())
            .Concat(MessageCategory.All.Select(category => char.ToUpperInvariant(category[0]) + category[1..]))
            .Concat(form.Conversation.Concat(form.Form).SelectMany(row => (string[])[row.Name, row.Hint]))
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Sentences that Core builds around a fixed word.</summary>
    private static IEnumerable<string> ComposedRefusals() =>
        CoreSources.Value.SelectMany(source => MissingThing.Matches(source).Select(match => $"There is no such {match.Groups["what"].Value}.")
            .Concat(RequiredText.Matches(source).Select(match => $"{match.Groups["what"].Value} is missing.")));

    /// <summary>Refusals and reasons of scores are whole literals of Core.</summary>
    private static bool StandsInCore(string key) => CoreSources.Value.Any(source => source.Contains($"\"{key}\"", StringComparison.Ordinal));

    private static IEnumerable<string> Placeholders(string text) => Placeholder.Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal);

    private static Dictionary<string, string> Read(string language) =>
        XDocument.Load(Repository.PathTo("LeadDesk.Web", "Resources", "Ui", $"Texts.{language}.resx")).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.Ordinal);

    private static List<string> Sources(string project) =>
    [
        .. Directory.EnumerateFiles(Repository.PathTo(project), "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".cs" or ".razor" && !BuildOutput.IsMatch(path))
            .Select(File.ReadAllText),
    ];

    [GeneratedRegex("""\b(T|texts)\["(?<key>([^"\\]|\\.)*)"(?=[\],])""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex LiteralKey { get; }

    [GeneratedRegex("""\b(T|texts)\[[^\]"]+\? "(?<one>([^"\\]|\\.)*)" : "(?<other>([^"\\]|\\.)*)"(?=[\],])""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ChosenKeys { get; }

    [GeneratedRegex("""Refusal\.Missing\("(?<what>[^"]+)"\)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MissingThing { get; }

    [GeneratedRegex("""errors\.Text\([^,]+, "(?<what>[^"]+)",""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex RequiredText { get; }

    [GeneratedRegex(@"\{\d+\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Placeholder { get; }

    [GeneratedRegex(@"[\\/](obj|bin)[\\/]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex BuildOutput { get; }
}
