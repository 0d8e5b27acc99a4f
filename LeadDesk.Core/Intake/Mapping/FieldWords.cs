using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using LeadDesk.Common;

namespace LeadDesk.Intake.Mapping;

/// <summary>
/// How forms name their fields, in the product's languages and those of its customers. Compared as folded words:
/// <c>Your-E-Mail*</c> is "your e mail", <c>firstName</c> is "first name", <c>Adınız</c> is "adiniz".
/// </summary>
internal static class FieldWords
{
    // Custom: named here because a part of it would mislead ("ip address" is no address).
    private const string Table = """
        Name: name | full name | fullname | fulname | complete name | contact name | contact person | person name | customer name | client name | lead name | first and last name | name and surname | sender name | sender | ad soyad | adi soyadi | ad ve soyad | adiniz soyadiniz | adiniz ve soyadiniz | isim | isminiz | isim soyisim | isim soyad | musteri adi | nombre | nombre completo | nombre y apellido | nombre y apellidos | vollstandiger name | vor und nachname | ansprechpartner | nom | nom complet | nom et prenom | nom prenom | nome | nome completo | nome e cognome | الاسم | الاسم الكامل | اسم | الاسم بالكامل | اسمك | نام | پورا نام | آپ کا نام | naam | pura naam | poora naam | apka naam | aapka naam | नाम | पूरा नाम | имя | фио | полное имя | имя и фамилия | ваше имя | naam en achternaam | imie i nazwisko | 姓名 | お名前 | 이름
        FirstName: first name | firstname | first | name first | fname | f name | given name | givenname | forename | ad | adi | adiniz | ilk ad | primer nombre | vorname | prenom | primeiro nome | الاسم الاول | پہلا نام | pehla naam | voornaam | imie
        LastName: last name | lastname | last | name last | lname | l name | surname | family name | familyname | soyad | soyadi | soyadiniz | soyisim | apellido | apellidos | nachname | familienname | zuname | nom de famille | sobrenome | ultimo nome | apelido | cognome | اسم العائله | اللقب | الكنيه | خاندانی نام | khandani naam | फ़ैमिली नाम | उपनाम | фамилия | achternaam | nazwisko
        Phone: phone | phone number | phonenumber | phone no | telephone | telephone number | tel | tel no | tel number | telno | mobile | mobile number | mobile no | mobile phone | mobilenumber | cell | cell phone | cellphone | cell number | cell no | contact number | contact no | contact phone | whatsapp | whatsapp number | whats app | whatsapp no | wa number | number phone | work phone | work phone number | business phone | home phone | day phone | user phone | call back number | callback number | msisdn | telefon | telefonu | telefonunuz | telefon numarasi | telefon numaraniz | telefon no | cep | cep telefonu | cep tel | cep no | cep numaraniz | gsm | gsm no | numaraniz | telefono | telefono movil | numero de telefono | movil | celular | numero de celular | telefonnummer | rufnummer | handy | handynummer | mobilnummer | mobil | mobiltelefon | numero de telephone | portable | mobile portable | numero de mobile | numero de portable | telefone | numero de telefone | numero de whatsapp | telemovel | telefone celular | cellulare | numero di telefono | هاتف | الهاتف | رقم الهاتف | رقم الجوال | الجوال | جوال | رقم الموبايل | موبايل | رقم التليفون | واتساب | رقم الواتساب | فون | فون نمبر | موبائل نمبر | موبائل | رابطہ نمبر | phone nambar | mobile nambar | rabta number | rabita number | फोन | फ़ोन | फोन नंबर | फ़ोन नंबर | मोबाइल | मोबाइल नंबर | телефон | номер телефона | мобильный | мобильный телефон | ваш телефон | ватсап | telefoon | telefoonnummer | numer telefonu | 电话 | 手机 | 電話番号 | 전화번호
        Email: email | e mail | mail | email address | e mail address | emailaddress | mail address | work email | work e mail | business email | personal email | company email | email id | mail id | emailid | user email | contact email | from email | sender email | reply to | eposta | e posta | e posta adresi | e posta adresiniz | eposta adresi | eposta adresiniz | mail adresi | mail adresiniz | correo | correo electronico | email correo | direccion de correo | direccion de correo electronico | direccion de email | mailadresse | e mail adresse | email adresse | emailadresse | adresse mail | adresse email | adresse e mail | courriel | adresse electronique | endereco de email | endereco de e mail | correio eletronico | seu melhor e mail | البريد الالكتروني | البريد | بريد الكتروني | الايميل | ايميل | ای میل | ايميل ايڈريس | ई मेल | ईमेल | email pata | эл почта | электронная почта | почта | емейл | имейл | e mailadres | emailadres | adres e mail | adres email | 邮箱 | メールアドレス | 이메일
        Message: message | messages | msg | message body | body | comment | comments | enquiry | inquiry | enquiries | question | questions | query | details | more details | additional details | additional information | additional info | description | note | notes | remarks | feedback | request | requirement | requirements | project details | project description | how can we help | how can we help you | how may we help you | tell us more | tell us about project | textarea | text area | long text | paragraph text | anything else | mesaj | mesaji | mesajiniz | mesaj icerigi | aciklama | aciklamaniz | yorum | yorumunuz | notunuz | talep | talebiniz | soru | sorunuz | mensaje | comentario | comentarios | consulta | pregunta | detalles | observaciones | nachricht | ihre nachricht | mitteilung | anfrage | bemerkung | bemerkungen | kommentar | anliegen | nachrichtentext | commentaire | commentaires | demande | mensagem | mensagens | observacoes | duvida | messaggio | رساله | الرساله | رسالتك | نص الرساله | ملاحظات | استفسار | تعليق | پیغام | تفصیل | paigham | pegham | tafseel | sandesh | संदेश | сообщение | комментарий | вопрос | ваше сообщение | текст сообщения | bericht | wiadomosc | 留言 | 消息 | メッセージ | 메시지
        Company: company | company name | companyname | business | business name | organisation | organisation name | organization | organization name | org | employer | firm | institution | firma | firma adi | firmaniz | firma unvani | sirket | sirket adi | sirketiniz | kurum | kurum adi | empresa | nombre de empresa | nombre de la empresa | compania | unternehmen | unternehmensname | firmenname | entreprise | nom de l entreprise | nom de entreprise | nom entreprise | societe | nom de la societe | nome da empresa | azienda | شركه | الشركه | اسم الشركه | المؤسسه | کمپنی | کمپنی کا نام | company ka naam | कंपनी | компания | название компании | организация | bedrijf | bedrijfsnaam | nazwa firmy | 公司 | 会社名 | 회사
        JobTitle: job title | jobtitle | job | position | role | designation | occupation | profession | job role | unvan | unvaniniz | pozisyon | gorev | goreviniz | meslek | mesleginiz | cargo | puesto | puesto de trabajo | profesion | ocupacion | berufsbezeichnung | beruf | funktion | jobtitel | poste | fonction | intitule du poste | metier | profissao | ocupacao | ruolo | المسمي الوظيفي | الوظيفه | المهنه | عہدہ | پیشہ | ohda | pesha | पद | должность | профессия | functie | stanowisko
        Address: address | street address | street | full address | postal address | mailing address | home address | address line | adres | adresi | adresiniz | acik adres | direccion | domicilio | adresse | anschrift | strasse | strasse und hausnummer | adresse postale | rue | endereco | morada | indirizzo | العنوان | عنوان | پتہ | pata | ghar ka pata | पता | адрес | 地址 | 住所
        City: city | town | city name | city town | your city | sehir | sehriniz | il | yasadiginiz sehir | bulundugunuz sehir | ciudad | localidad | stadt | ort | wohnort | ville | cidade | citta | مدينه | المدينه | شہر | shehar | shehr | shahar | sheher | शहर | город | stad | miasto | 城市 | 市
        Country: country | country name | nation | country of residence | ulke | ulkeniz | yasadiginiz ulke | pais | pais de residencia | land | herkunftsland | wohnsitzland | pays | pays de residence | paese | بلد | البلد | الدوله | دوله | ملک | mulk | desh | देश | страна | kraj | 国家 | 国
        Interest: interest | subject | topic | regarding | asunto | betreff | thema | objet | sujet | assunto | oggetto | الموضوع | موضوع | тема | onderwerp | interests | interested in | am interested in | interested product | interested service | product | products | service | services | service interest | product interest | product of interest | service of interest | service required | services required | course | course name | program | programme | package | plan | model | vehicle | vehicle model | project | property | property type | treatment | ilgi alani | ilgilendiginiz urun | ilgilendiginiz hizmet | ilgilendigim | urun | hizmet | konu | kurs | interes | interesado en | servicio | servicios | producto | productos | curso | interesse | produkt | produkte | dienstleistung | leistung | kurs auswahl | interet | produit | produits | prestation | servico | servicos | produto | produtos | interessado em | الخدمه | خدمه | المنتج | منتج | الاهتمام | مهتم ب | خدمت | سروس | dilchaspi | услуга | продукт | товар | интерес | интересует
        Campaign: campaign | campaign name | utm campaign | kampanya | kampanya adi | campana | kampagne | campagne | campanha | الحمله | кампания
        Source: source | utm source | lead source | referral source | how did hear about us | how did hear about | how did find us | heard about us | where did hear about us | kaynak | bizi nereden duydunuz | nereden duydunuz | fuente | origen | como nos conocio | como nos conociste | quelle | wie haben sie von uns erfahren | comment avez vous entendu parler de nous | origem | como conheceu | المصدر | كيف سمعت عنا | источник | откуда узнали о нас
        Consent: consent | gdpr | kvkk | rgpd | lgpd | dsgvo | acceptance | accept | agree | i agree | agreement | terms | terms and conditions | terms conditions | terms of service | tos | privacy | privacy policy | opt in | optin | email opt in | sms opt in | marketing | newsletter | subscribe | marketing consent | marketing opt in | communication consent | mail list | mailing list | onay | onayliyorum | riza | acik riza | aydinlatma metni | kvkk onay | izin | ticari ileti | ileti onay | consentimiento | acepto | aceptacion | privacidad | politica de privacidad | aviso de privacidad | terminos | terminos y condiciones | boletin | einwilligung | zustimmung | datenschutz | datenschutzerklarung | datenschutz einwilligung | agb | consentement | accepte | j accepte | confidentialite | politique de confidentialite | aceito | aceite | consentimento | politica de privacidade | privacidade | termos | موافقه | اوافق | الموافقه | سياسه الخصوصيه | الشروط والاحكام | اجازت | رضامندی | согласие | согласен | согласен на обработку | политика конфиденциальности
        Ignore: captcha | recaptcha | recaptcha response | g recaptcha response | h captcha response | cf turnstile response | frc captcha solution | csrf | csrf token | csrf middleware token | csrfmiddlewaretoken | xsrf token | authenticity token | request verification token | wpnonce | wp nonce | wp http referer | nonce | submit | submit button | send | gform submit | utf8
        Custom: ip address | ip | remote ip | client ip | user agent | username | user name | nickname | login | form name | page name | ad name | adset name | ad set name | adgroup name | ad group name | file name | product name category | company size | company website | business type | company type | employees | number of employees | country code | phone code | phone country code | dial code | phone type | contact method | preferred contact method | preferred contact | preferred method | preferred method of contact | best time to call | best time to contact | contact time | preferred time | preferred language | language | middle name | post code | postcode | zip | zip code | plz | postal code | codigo postal | state | province | region | project budget | property budget | product quantity | page url | url | website | site | date | time | campaign id | ad id | form id | page title | post title | job id | product id | service date | plan to buy
        """;

    /// <summary>In front of and behind the telling words.</summary>
    private const string Fillers =
        "your you my the a an of is are what whats what's which please enter provide give us we can do live in for to best primary main current valid required optional eg ex xxx "
        + "form forms field fields input data lead customer contact client user visitor value answer question text textbox box wpforms wpcf7 cf7 elementor et pb q entry nf gform ff "
        + "lutfen giriniz nedir sizin tu su sus tus cual es por favor ingrese ihr ihre dein deine bitte der die das wie lautet votre vos ton ta quel quelle est le la les de du l seu sua qual o e os as "
        + "apka aapka ka ki kya hai ваш ваша ваше какой какая укажите введите";

    private static readonly FrozenSet<string> FillerWords = Fillers.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    private static readonly FrozenDictionary<string, LeadField> Phrases = ReadTable();

    private static readonly int LongestPhrase = Phrases.Keys.Max(phrase => phrase.Count(c => c == ' ') + 1);

    /// <summary>A name taken apart.</summary>
    /// <param name="All">Every word.</param>
    /// <param name="Telling">Without fillers and numbers; all of them when nothing else is left.</param>
    public readonly record struct Words(string[] All, string[] Telling)
    {
        public bool Any => All.Length > 0;
    }

    public static Words Read(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || IsOpaque(name))
            return new([], []);
        var all = Split(SearchText.Fold(Spread(name)));
        string[] telling = [.. all.Where(word => !FillerWords.Contains(word) && !word.All(char.IsAsciiDigit))];
        return new(all, telling.Length > 0 ? telling : all);
    }

    /// <summary>The field that this is the name of, word by word.</summary>
    public static LeadField? Exact(Words words)
    {
        if (!words.Any)
            return null;
        if (Phrases.TryGetValue(string.Join(' ', words.All), out var field) || Phrases.TryGetValue(string.Join(' ', words.Telling), out field))
            return field;
        return null;
    }

    /// <summary>The field whose name makes up a part of this.</summary>
    /// <param name="share">The part, of the telling words: 0 to 1.</param>
    public static LeadField? Inside(Words words, out double share)
    {
        var all = words.All;
        for (var length = Math.Min(LongestPhrase, all.Length - 1); length > 0; length--)
        {
            LeadField? found = null;
            for (var start = 0; start + length <= all.Length; start++)
            {
                if ((length is 1 && FillerWords.Contains(all[start])) || !Phrases.TryGetValue(string.Join(' ', all, start, length), out var field))
                    continue;
                // What tells somebody's address or number comes before what tells who he is: "contact person phone".
                found = found is null || field is LeadField.Custom or LeadField.Phone or LeadField.Email or LeadField.Consent ? field : found;
            }

            if (found is not null)
            {
                share = Math.Min(1, (double)length / words.Telling.Length);
                return found;
            }
        }

        share = 0;
        return null;
    }

    /// <summary>Whether a key is a program's id and no word: numbers, <c>1.3</c>, a GUID, <c>01FKXT3C</c>, <c>question_3EKz4n</c>.</summary>
    public static bool IsOpaque(string key)
    {
        var start = key.LastIndexOf('_') + 1;
        var id = key.AsSpan(start);
        if (id.IsEmpty || (start > 0 && !FillerWords.Contains(key[..(start - 1)].ToLowerInvariant())))
            return false;
        var (digits, letters, capitals, changes, marks) = (0, 0, 0, 0, 0);
        for (var at = 0; at < id.Length; at++)
        {
            var isDigit = char.IsAsciiDigit(id[at]);
            if (!isDigit && !char.IsAsciiLetter(id[at]) && id[at] is not ('.' or '-'))
                return false;
            marks += id[at] is '.' ? 1 : 0;
            digits += isDigit ? 1 : 0;
            letters += char.IsAsciiLetter(id[at]) ? 1 : 0;
            capitals += char.IsAsciiLetterUpper(id[at]) ? 1 : 0;
            changes += at > 0 && isDigit != char.IsAsciiDigit(id[at - 1]) ? 1 : 0;
        }

        return letters is 0 ? digits > 0 : marks is 0 && id.Length >= 6 && (changes >= 2 || (start > 0 && digits > 0 && capitals > 0));
    }

    /// <summary>Hints in brackets go, and what other conventions write together comes apart: <c>phone_number_(eg.65xxxxxxxx)</c>, <c>firstName</c>, <c>phone2</c>.</summary>
    private static string Spread(string name)
    {
        var spread = new StringBuilder(name.Length + 8);
        var inBrackets = 0;
        for (var at = 0; at < name.Length; at++)
        {
            var c = name[at];
            if (c == '(' && name.IndexOf(')', at) > 0 && spread.Length > 0)
                inBrackets++;
            if (inBrackets == 0)
            {
                var before = at > 0 ? name[at - 1] : ' ';
                if ((char.IsUpper(c) && char.IsLower(before)) || (char.IsAsciiDigit(c) && char.IsLetter(before)))
                    spread.Append(' ');
                spread.Append(c);
            }

            if (c == ')' && inBrackets > 0)
                inBrackets--;
        }

        return spread.ToString();
    }

    private static string[] Split(string folded)
    {
        var words = new StringBuilder(folded.Length);
        foreach (var rune in folded.EnumerateRunes())
        {
            // Vowel signs of Indic scripts are marks, and part of their words.
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
                words.Append(rune);
            else
                words.Append(' ');
        }

        return words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static FrozenDictionary<string, LeadField> ReadTable()
    {
        var phrases = new Dictionary<string, LeadField>(StringComparer.Ordinal);
        foreach (var line in Table.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var field = Enum.Parse<LeadField>(line.AsSpan(0, colon));
            foreach (var phrase in line[(colon + 1)..].Split('|'))
                phrases.TryAdd(string.Join(' ', Split(SearchText.Fold(phrase))), field);
        }

        return phrases.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
