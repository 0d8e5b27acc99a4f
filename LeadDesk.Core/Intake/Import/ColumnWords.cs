using System.Collections.Frozen;
using LeadDesk.Common;
using LeadDesk.Intake.Import.Values;
using LeadDesk.Intake.Mapping;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Intake.Import;

/// <summary>How people and programs name the columns of their tables, beyond what forms ask for (<see cref="FieldWords"/>).</summary>
internal static class ColumnWords
{
    private const string Table = """
        Stage: stage | status | lead status | lead stage | deal stage | pipeline stage | sales stage | state of lead | phase | durum | durumu | asama | satis asamasi | lead durumu | musteri durumu | estado | etapa | fase | estado del lead | situacion | status des leads | verkaufsphase | statut | etape | etat | statut du lead | situacao | stato | الحاله | حاله العميل | المرحله | статус | этап | стадия
        Owner: owner | lead owner | contact owner | account owner | assigned to | assigned | assignee | sales rep | salesperson | sales person | sales agent | agent | rep | responsible | handled by | account manager | sorumlu | sorumlu kisi | temsilci | satis temsilcisi | musteri temsilcisi | atanan | atanan kisi | danisman | satis danismani | responsable | propietario | asignado a | asignado | vendedor | comercial | asesor | asesor comercial | verantwortlich | verantwortlicher | zustandig | besitzer | betreuer | bearbeiter | vertriebler | proprietaire | commercial | conseiller | attribue a | assigne a | المسوول | المالك | المندوب | مندوب المبيعات | موظف المبيعات | ответственный | менеджер | владелец
        Tags: tag | tags | label | labels | categories | etiket | etiketler | etiqueta | etiquetas | schlagwort | schlagworte | schlagworter | etikett | etiketten | etiquette | etiquettes | mots cles | الوسوم | وسوم | وسم | التصنيفات | тег | теги | метки
        CreatedAt: created | created at | created on | created time | created date | creation date | create date | date created | date added | added on | added at | added | date | submitted | submitted at | submitted on | submission date | submission time | submission | timestamp | time stamp | received | received at | received on | date received | lead date | enquiry date | inquiry date | registration date | registered at | registered on | sign up date | signup date | entry date | date time | datetime | tarih | kayit tarihi | kayit zamani | olusturma tarihi | olusturulma tarihi | olusturulma zamani | eklenme tarihi | basvuru tarihi | gelis tarihi | zaman damgasi | fecha | fecha de creacion | fecha de registro | fecha de alta | fecha de entrada | fecha y hora | marca temporal | creado | creado el | datum | erstellt | erstellt am | erstelldatum | erstellungsdatum | angelegt am | eingang | eingangsdatum | eingegangen am | zeitstempel | anfragedatum | date de creation | date d ajout | date d inscription | date de reception | cree le | recu le | horodateur | ajoute le | data | data de criacao | criado em | data creazione | التاريخ | تاريخ | تاريخ الانشاء | تاريخ التسجيل | تاريخ الاضافه | وقت الانشاء | طابع زمني | дата | дата создания | создан
        ExternalId: lead id | leadid | rec id | recid | external id | externalid | contact id | crm id | record id | customer id | reference id | ref no | lead no | lead number | musteri no | musteri id | kayit no | aday no | id externo | id del lead | id de cliente | kundennummer | kunden id | externe id | lead nummer | id client | identifiant | numero client | id externe | رقم العميل | معرف العميل
        Channel: channel | lead channel | contact channel | source channel | kanal | iletisim kanali | basvuru kanali | canal | kontaktkanal | القناه | قناه التواصل | канал
        Value: value | deal value | lead value | amount | deal amount | deal size | opportunity value | opportunity amount | expected revenue | expected value | revenue | price | budget amount | deger | tutar | firsat tutari | beklenen gelir | valor | importe | monto | valor del negocio | wert | betrag | auftragswert | umsatz | erwarteter umsatz | montant | valeur | chiffre d affaires | القيمه | المبلغ | قيمه الصفقه | сумма | стоимость
        NameAndEmail: name and email | name email | from | recipient | contact
        Company: account | account name | client company | empresa cliente
        Message: aciklamalar | ihtiyac | talep detayi | notas | bemerkungen kunde | anmerkung | anmerkungen | remarque | remarques | note client
        Campaign: ad campaign | campaign title | reklam kampanyasi
        Source: origin | origen del lead | lead origin | geldigi yer | herkunft | leadquelle | lead quelle | provenance | source du lead | lead kaynagi | referans
        City: suburb | sehir ilce | il ilce | poblacion | municipio | wohnort stadt
        Phone: phone 1 | phone1 | primary phone | main phone | tel 1 | telefon 1 | mobile 1 | cell phone number | gsm numarasi | telefono 1 | telefon mobil | handynr | tel nr | telefonnr | tel portable | rufnr | numero | رقم | رقم التواصل
        Ignore: ip | ip address | user agent | captcha
        """;

    private static readonly FrozenDictionary<string, ImportTarget> Phrases = ReadTable();

    /// <summary>The target that a column's name says, word by word; null when it says none.</summary>
    public static ImportTarget? Exact(string? name)
    {
        var words = FieldWords.Read(name);
        if (!words.Any)
            return null;
        if (Phrases.TryGetValue(string.Join(' ', words.All), out var target) || Phrases.TryGetValue(string.Join(' ', words.Telling), out target))
            return target;
        return FieldWords.Exact(words) is { } field && field is not LeadField.Custom ? Of(field) : null;
    }

    /// <summary>The target whose words are a part of the name.</summary>
    public static ImportTarget? Inside(string? name)
    {
        var words = FieldWords.Read(name);
        return words.Any && FieldWords.Inside(words, out var share) is { } field && field is not (LeadField.Custom or LeadField.Ignore) && (share >= 0.5 || field is LeadField.Phone or LeadField.Email or LeadField.Consent)
            ? Of(field)
            : null;
    }

    /// <summary>Whether a cell is a number or a date, which nobody calls a column.</summary>
    public static bool IsValue(string cell) => CellDates.Read(cell, DateOrder.DayMonthYear) is not null || (CellNumbers.Read(cell, decimalComma: false) is not null && cell.Length > 4);

    public static ImportTarget Of(LeadField field) => field switch
    {
        LeadField.Custom => ImportTarget.Answer,
        _ => Enum.Parse<ImportTarget>(field.ToString()),
    };

    private static FrozenDictionary<string, ImportTarget> ReadTable()
    {
        var phrases = new Dictionary<string, ImportTarget>(StringComparer.Ordinal);
        foreach (var line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var target = Enum.Parse<ImportTarget>(line.AsSpan(0, colon));
            foreach (var phrase in line[(colon + 1)..].Split('|'))
                phrases.TryAdd(SearchText.Fold(phrase.Trim()), target);
        }

        return phrases.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
