using LeadDesk.Common;
using LeadDesk.Leads;

namespace LeadDesk.Intake.Import.Guessing;

/// <summary>Which stage, user or option a word of a file means. Pure.</summary>
internal static class ValueWords
{
    private static readonly Dictionary<string, string> StageWords = Read(
        """
        new: new | new lead | open | fresh | created | incoming | yeni | yeni lead | acik | nuevo | nueva | abierto | neu | offen | nouveau | nouvelle | ouvert | جديد | جديده | مفتوح | novo | nuovo | новый
        assigned: assigned | atandi | asignado | zugewiesen | attribue | assigne | تم التعيين
        contacted: contacted | contact made | called | reached | in contact | attempted to contact | working | in progress | follow up | iletisime gecildi | arandi | ulasildi | gorusuldu | islemde | contactado | llamado | en proceso | en curso | kontaktiert | angerufen | in bearbeitung | contacte | appele | en cours | تم التواصل | تم الاتصال | قيد المتابعه
        qualified: qualified | hot | interested | nitelikli | ilgili | ilgileniyor | cualificado | calificado | interesado | qualifiziert | interessiert | qualifie | interesse | موهل | مهتم
        demo: demo | demo scheduled | meeting | appointment | visit | toplanti | randevu | sunum | reunion | cita | visita | termin | besprechung | rendez vous | rdv | اجتماع | موعد | عرض توضيحي
        proposal: proposal | quote | quoted | quotation | offer | offer sent | negotiation | teklif | teklif verildi | teklif gonderildi | pazarlik | propuesta | presupuesto | oferta | negociacion | angebot | angebot gesendet | verhandlung | devis | proposition | offre | negociation | عرض سعر | عرض | تفاوض
        trial: trial | test | deneme | prueba | testphase | essai | تجربه
        won: won | closed won | customer | client | converted | sold | deal | kazanildi | satis | satildi | musteri oldu | satis yapildi | ganado | ganada | vendido | cliente | cerrado ganado | gewonnen | verkauft | kunde | abschluss | gagne | vendu | client signe | تم البيع | عميل | مكتسب | ناجح | ganho | vinto
        lost: lost | closed lost | dead | junk | disqualified | unqualified | not interested | rejected | cancelled | canceled | kaybedildi | olumsuz | iptal | ilgilenmiyor | vazgecti | perdido | perdida | descartado | no interesado | cancelado | cerrado perdido | verloren | abgelehnt | kein interesse | perdu | annule | pas interesse | خاسر | مفقود | غير مهتم | ملغي | perso
        """);

    public static Stage? Stage(string written, IReadOnlyList<Stage> stages)
    {
        var folded = SearchText.Fold(written.Trim());
        if (stages.FirstOrDefault(stage => SearchText.Fold(stage.Name) == folded) is { } same)
            return same;
        if (!StageWords.TryGetValue(folded.Replace('-', ' ').Replace('_', ' '), out var meant))
            return null;
        return stages.FirstOrDefault(stage => SearchText.Fold(stage.Name) == meant)
            ?? stages.FirstOrDefault(stage => StageWords.GetValueOrDefault(SearchText.Fold(stage.Name)) == meant)
            ?? meant switch
            {
                "won" => stages.FirstOrDefault(static stage => stage.Outcome is LeadOutcome.Won),
                "lost" => stages.FirstOrDefault(static stage => stage.Outcome is LeadOutcome.Lost),
                "new" => stages.Count > 0 ? stages[0] : null,
                _ => null,
            };
    }

    public static ImportUser? Owner(string written, IReadOnlyList<ImportUser> users)
    {
        var text = written.Trim();
        if (text.Contains('@', StringComparison.Ordinal))
            return users.FirstOrDefault(user => string.Equals(user.Email, text, StringComparison.OrdinalIgnoreCase));
        var folded = SearchText.Fold(text);
        if (users.FirstOrDefault(user => SearchText.Fold(user.Name) == folded) is { } same)
            return same;
        // "Demir, Elif" and a first name that only one has.
        var turned = folded.Split(", ") is [var last, var first] ? $"{first} {last}" : folded;
        var close = users.Where(user => SearchText.Fold(user.Name) == turned || SearchText.Fold(user.Name).StartsWith(turned + " ", StringComparison.Ordinal)).ToList();
        return close is [var only] && folded.Length > 1 ? only : null;
    }

    public static CustomFieldOption? Option(string written, IReadOnlyList<CustomFieldOption> options)
    {
        var folded = SearchText.Fold(written.Trim());
        return options.FirstOrDefault(option => !option.Archived && SearchText.Fold(option.Name) == folded);
    }

    private static Dictionary<string, string> Read(string table)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (var word in line[(colon + 1)..].Split('|'))
                words.TryAdd(SearchText.Fold(word.Trim()), line[..colon].Trim());
        }

        return words;
    }
}
