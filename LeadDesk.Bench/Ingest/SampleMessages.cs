namespace LeadDesk.Bench.Ingest;

/// <param name="PhonePrefix">E.164 up to the last eight digits, which the load generator counts.</param>
internal sealed record SampleMessage(string PhonePrefix, string Name, string Channel, string Text, bool WithEmail = false);

/// <summary>What people really write, in the languages the classifier reads and one it does not.</summary>
internal static class SampleMessages
{
    private const string Pakistan = "+9230";
    private const string Turkey = "+9053";
    private const string Spain = "+346";
    private const string France = "+336";
    private const string Britain = "+4474";
    private const string Saudi = "+9665";

    public static IReadOnlyList<SampleMessage> All { get; } =
    [
        new(Pakistan, "Ahmed Raza", "whatsapp", "I want to buy 50 units today, please call me"),
        new(Pakistan, "Ayesha Malik", "whatsapp", "Assalam o alaikum bhai, solar panel ki price kya hai? 10 kW ka system chahiye Lahore mein, jaldi batayein"),
        new(Pakistan, "Bilal Hussain", "instagram", "price?"),
        new(Pakistan, "فاطمہ خان", "whatsapp", "السلام علیکم، مجھے شادی ہال کی بکنگ کے بارے میں معلومات چاہئیں، 300 مہمان، اگلے مہینے"),
        new(Pakistan, "Usman Tariq", "messenger", "mujhe abhi nahi chahiye, baad mein baat karte hain", true),
        new(Turkey, "Şükrü Öztürk", "whatsapp", "Merhaba, 120 m² daire için mutfak dolabı fiyatı alabilir miyim? Bütçem 150.000 TL, bu hafta karar vereceğiz"),
        new(Turkey, "Elif Yılmaz", "website", "Ürününüzü geçen ay aldım, kapağı kırık geldi. Kimse dönüş yapmıyor, iade istiyorum!", true),
        new(Turkey, "Mehmet Demir", "instagram", "Bayilik vermeyi düşünüyor musunuz? İzmir'de 3 mağazamız var"),
        new(Spain, "María García", "website", "Buenos días, quisiera un presupuesto para 25 portátiles antes del viernes. ¿Hacen factura?", true),
        new(Spain, "José Luis Fernández", "whatsapp", "¿Cuánto cuesta el curso de inglés para dos niños y cuándo empieza?"),
        new(Spain, "Lucía Romero", "email", "No me interesa, por favor no me escriban más", true),
        new(France, "Éloïse Dubois", "website", "Bonjour, nous cherchons un fournisseur pour 200 chaises de bureau, livraison à Lyon avant le 15. Merci de me rappeler au plus vite.", true),
        new(France, "Karim Benali", "messenger", "Est-ce que vous recrutez ? Je suis développeur avec 5 ans d'expérience"),
        new(Britain, "Oliver Smith", "email", "Hi, we spoke last week about the enterprise plan. Could you send me the contract for 40 seats? We'd like to start on Monday.", true),
        new(Britain, "Priya Patel", "website", "Just looking around, maybe later. Do you have a brochure?", true),
        new(Britain, "J. O'Connor", "whatsapp", "This is the third time I'm writing. My order 48213 has NOT arrived and I want my money back!!! 😡"),
        new(Britain, "Crypto King", "email", "Congratulations!!! You won $5,000,000. Click http://example.com/win now to claim your prize, 100% FREE", true),
        new(Britain, "Sam", "instagram", "👍🔥 how much for 3 with delivery to Leeds tmrw?"),
        new(Saudi, "أحمد العتيبي", "whatsapp", "السلام عليكم، أريد شراء ٥٠ جهاز تكييف لمشروع في الرياض، أرجو إرسال عرض السعر اليوم"),
        new(Saudi, "نورة", "instagram", "كم السعر؟ وهل يوجد توصيل إلى جدة؟"),
        new(Saudi, "Khalid", "whatsapp", "need quotation urgent for 12 cctv cameras + installation, budget 20000 SAR, call me after 5pm"),
        new(Turkey, "Anna Müller", "website", "Guten Tag, wir brauchen bis Ende des Monats ein Angebot für 15 Firmenwagen im Leasing. Mit freundlichen Grüßen", true),
        new(Spain, "João Silva", "whatsapp", "Olá, gostaria de saber o preço do plano anual e se tem desconto para 10 usuários. Preciso fechar ainda hoje"),
        new(France, "山田太郎", "website", "見積もりをお願いします。ノートパソコン20台、来月納品希望です。", true),
    ];
}
