namespace LeadDesk.Simulators.Graph;

/// <summary>The page a newcomer meets: an office furniture maker with two forms.</summary>
public static class SampleForms
{
    public const string PageId = "104857600012345";
    public const string QuoteFormId = "880011223344556";
    public const string VisitFormId = "880011223344557";
    public const string PageName = "Atlas Ofis Mobilya";

    internal static SimulatedForm Quote(DateTime createdAt) => new()
    {
        Id = QuoteFormId,
        PageId = PageId,
        Name = "Office furniture quote – autumn",
        CreatedAt = createdAt,
        Questions =
        [
            new("full_name", "Full name", "FULL_NAME"),
            new("email", "E-mail", "EMAIL"),
            new("phone_number", "Phone number", "PHONE"),
            new("company_name", "Company name", "COMPANY_NAME"),
            new("which_products_are_you_interested_in?", "Which products are you interested in?", "CUSTOM",
                ["chairs", "standing_desks", "meeting_tables", "lamps_&_acoustics"], IsMultiSelect: true),
            new("when_do_you_need_it?", "When do you need it?", "CUSTOM", ["this_week", "this_month", "later"]),
            new("anything_else_(optional)", "Anything else (optional)", "CUSTOM"),
        ],
        Checkboxes =
        [
            new("privacy", "I have read the privacy notice and agree that you contact me about my request.", IsRequired: true),
            new("marketing", "Send me offers by e-mail. I can stop them at any time.", IsRequired: false),
        ],
    };

    internal static SimulatedForm Visit(DateTime createdAt) => new()
    {
        Id = VisitFormId,
        PageId = PageId,
        Name = "Showroom randevusu",
        Locale = "tr_TR",
        CreatedAt = createdAt,
        Questions =
        [
            new("full_name", "Ad soyad", "FULL_NAME"),
            new("phone_number", "Telefon", "PHONE"),
            new("email", "E-posta", "EMAIL"),
            new("city", "Şehir", "CITY"),
            new("hangi_gün_uygun?", "Hangi gün uygun?", "CUSTOM", ["hafta_içi", "cumartesi", "pazar"]),
            new("mesajınız", "Mesajınız", "CUSTOM"),
        ],
        Checkboxes = [new("kvkk", "KVKK aydınlatma metnini okudum, benimle iletişime geçilmesini kabul ediyorum.", IsRequired: true)],
    };
}
