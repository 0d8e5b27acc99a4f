using System.Globalization;
using Microsoft.Extensions.Localization;

namespace LeadDesk.Web.Ui;

/// <summary>Texts in the reader's language; a sentence of Core with names and numbers in it (<see cref="StoredSentences"/>) is one of them.</summary>
internal sealed class ReaderTexts(IStringLocalizerFactory factory) : IStringLocalizer<Texts>
{
    private readonly IStringLocalizer words = factory.Create(typeof(Texts));

    public LocalizedString this[string name]
    {
        get
        {
            var found = words[name];
            return found.ResourceNotFound && CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is not "en" && StoredSentences.Find(words, name) is { } sentence ? new(name, sentence) : found;
        }
    }

    public LocalizedString this[string name, params object[] arguments] => words[name, arguments];

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => words.GetAllStrings(includeParentCultures);
}
