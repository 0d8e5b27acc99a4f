namespace LeadDesk.Simulators.People;

/// <param name="Latin">Lower case, for e-mail addresses.</param>
internal readonly record struct PretendName(string Written, string Latin);

/// <param name="PhonePrefix">Country code and the start of a mobile number; six digits follow.</param>
internal sealed record Culture(
    string Language, string PhonePrefix, string MailDomain, PretendName[] FirstNames, PretendName[] LastNames, string[] Cities, string[] Messages);

/// <summary>Where pretended people come from.</summary>
internal static class Cultures
{
    public static IReadOnlyList<Culture> All { get; } =
    [
        new("tr", "+905325", "ornek.example",
            Names("Ayşe:ayse", "Mehmet:mehmet", "Gülşah:gulsah", "İbrahim:ibrahim", "Çağla:cagla", "Oğuz:oguz"),
            Names("Yılmaz:yilmaz", "Özdemir:ozdemir", "Kılıç:kilic", "Şahin:sahin", "Aydın:aydin"),
            ["İstanbul", "İzmir", "Ankara", "Eskişehir"],
            ["Merhaba, 12 kişilik ofisimiz için fiyat alabilir miyim? 🌸", "Yarın sabah arayabilir misiniz?", "Katalog gönderir misiniz?"]),
        new("en", "+447400", "sample.example",
            Names("Olivia:olivia", "Harry:harry", "Siobhán:siobhan", "Marcus:marcus", "Grace:grace"),
            Names("O'Brien:obrien", "Smith-Jones:smithjones", "Taylor:taylor", "Okafor:okafor", "Wright:wright"),
            ["London", "Leeds", "Bristol"],
            ["Could you send prices for ten desks, please?", "We move office in March - what is your lead time?", "Do you deliver on Saturdays?"]),
        new("es", "+34612", "ejemplo.example",
            Names("Lucía:lucia", "José Ángel:joseangel", "Begoña:begona", "Íñigo:inigo"),
            Names("Muñoz:munoz", "García López:garcialopez", "Peña:pena", "Ibáñez:ibanez"),
            ["Madrid", "Málaga", "A Coruña"],
            ["¿Cuánto cuestan las sillas ergonómicas?", "Necesito un presupuesto para 20 puestos.", "¿Hacen envíos a Canarias?"]),
        new("ar", "+971501", "mithal.example",
            Names("أحمد:ahmed", "فاطمة:fatima", "يوسف:yousef", "ليلى:layla"),
            Names("الهاشمي:alhashimi", "النجار:alnajjar", "منصور:mansour"),
            ["دبي", "أبوظبي", "الشارقة"],
            ["السلام عليكم، أريد عرض سعر لعشرة مكاتب", "هل يمكنكم الاتصال بي مساءً؟"]),
        new("hi", "+919820", "udaharan.example",
            Names("प्रिया:priya", "राहुल:rahul", "अनन्या:ananya", "विक्रम:vikram"),
            Names("शर्मा:sharma", "पटेल:patel", "गुप्ता:gupta"),
            ["मुंबई", "पुणे", "दिल्ली"],
            ["नमस्ते, कृपया कुर्सियों की कीमत बताइए", "क्या आप कल फ़ोन कर सकते हैं?"]),
        new("zh", "+8613812", "liti.example",
            Names("伟:wei", "芳:fang", "秀英:xiuying", "子轩:zixuan"),
            Names("王:wang", "李:li", "欧阳:ouyang"),
            ["上海", "深圳"],
            ["您好,请报一下办公桌的价格。", "我们需要五十把椅子,最快什么时候到货?"]),
        new("ru", "+79161", "primer.example",
            Names("Екатерина:ekaterina", "Дмитрий:dmitriy", "Ольга:olga"),
            Names("Соколова:sokolova", "Кузнецов:kuznetsov", "Щербак:scherbak"),
            ["Москва", "Казань"],
            ["Здравствуйте, сколько стоит доставка?", "Пришлите, пожалуйста, прайс на столы."]),
        new("el", "+306940", "deigma.example",
            Names("Ελένη:eleni", "Νίκος:nikos", "Δήμητρα:dimitra"),
            Names("Παπαδοπούλου:papadopoulou", "Γεωργίου:georgiou"),
            ["Αθήνα", "Θεσσαλονίκη"],
            ["Καλησπέρα, θα ήθελα προσφορά για 6 γραφεία."]),
        new("de", "+4915123", "beispiel.example",
            Names("Jürgen:juergen", "Annegret:annegret", "Zoë:zoe"),
            Names("Groß:gross", "Müller-Lüdenscheidt:muellerluedenscheidt", "von der Heide:vonderheide"),
            ["Köln", "München"],
            ["Bitte um ein Angebot für 8 höhenverstellbare Tische.", "Können Sie bis Freitag liefern?"]),
        new("ja", "+819012", "rei.example",
            Names("さくら:sakura", "健太:kenta"),
            Names("佐藤:sato", "髙橋:takahashi"),
            ["東京", "大阪"],
            ["オフィスチェアの見積もりをお願いします。"]),
    ];

    private static PretendName[] Names(params string[] pairs) =>
        [.. pairs.Select(pair => pair.Split(':')).Select(pair => new PretendName(pair[0], pair[1]))];
}
