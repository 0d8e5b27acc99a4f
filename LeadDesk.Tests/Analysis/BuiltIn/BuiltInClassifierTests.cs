using LeadDesk.Analysis;

namespace LeadDesk.Tests.Analysis.BuiltIn;

public sealed class BuiltInClassifierTests
{
    private static readonly DateTime Now = new(2026, 5, 4, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_clear_order_is_an_urgent_and_certain_buy()
    {
        var analysis = Classify("I want to buy 50 units today, please call me");

        analysis.Intent.ShouldBe(Intent.Buy);
        analysis.Urgency.ShouldBe(Urgency.High);
        analysis.Category.ShouldBe(MessageCategory.Sales);
        analysis.Confidence.ShouldBeGreaterThanOrEqualTo(80);
        analysis.Language.ShouldBe("en");
        analysis.Extracted.ShouldBe(new ExtractedData(Quantity: 50, Date: "today"));
        analysis.InstructionLike.ShouldBeFalse();
    }

    [Fact]
    public void A_request_to_be_left_alone_is_an_opt_out()
    {
        var analysis = Classify("stop messaging me");

        analysis.OptOut.ShouldBeTrue();
        analysis.Intent.ShouldBe(Intent.Other);
        analysis.Urgency.ShouldBe(Urgency.Low);
        analysis.Category.ShouldBe(MessageCategory.Unwanted);
    }

    [Theory]
    [InlineData("unsubscribe")]
    [InlineData("STOP")]
    [InlineData("no me escriban más")]
    [InlineData("parem de me mandar mensagem")]
    [InlineData("mesaj atmayın")]
    [InlineData("لا ترسلوا لي رسائل")]
    [InlineData("مجھے میسج نہ کریں")]
    [InlineData("mujhe message mat karo")]
    [InlineData("ne m'envoyez plus de messages")]
    [InlineData("schreiben Sie mir nicht mehr")]
    public void Opt_outs_are_heard_in_every_language(string message) => Classify(message).OptOut.ShouldBeTrue();

    [Theory]
    [InlineData("I will stop by your shop tomorrow to buy the sofa")]
    [InlineData("can I cancel my order?")]
    [InlineData("please don't call me before 10, I want 5 chairs")]
    public void Ordinary_words_are_no_opt_out(string message) => Classify(message).OptOut.ShouldBeFalse();

    [Theory]
    [InlineData("I don't want to buy", Intent.Other)]
    [InlineData("not interested", Intent.Other)]
    [InlineData("no quiero comprar", Intent.Other)]
    [InlineData("não quero comprar", Intent.Other)]
    [InlineData("almak istemiyorum", Intent.Other)]
    [InlineData("لا أريد الشراء", Intent.Other)]
    [InlineData("نہیں خریدنا", Intent.Other)]
    [InlineData("nahi chahiye", Intent.Other)]
    [InlineData("je ne veux pas acheter", Intent.Other)]
    [InlineData("ich will das nicht kaufen", Intent.Other)]
    [InlineData("I don't want to wait, I want to buy now", Intent.Buy)]
    public void A_denied_wish_is_no_buying(string message, Intent expected) => Classify(message).Intent.ShouldBe(expected);

    [Theory]
    [InlineData("I want 50 units of iPhone 15 cases", 50, "iPhone 15 cases")]
    [InlineData("need 2 dozen mugs", 24, "mugs")]
    [InlineData("quiero comprar tres sillas", 3, "sillas")]
    [InlineData("1.000 canetas, quero comprar", 1000, "canetas")]
    [InlineData("50 adet telefon kılıfı almak istiyorum", 50, "telefon kılıfı")]
    [InlineData("أريد شراء ٥٠ كرسي", 50, "كرسي")]
    [InlineData("ich möchte zwei Jacken kaufen", 2, "Jacken")]
    [InlineData("I'm interested in a 3-bedroom apartment", null, "3-bedroom apartment")]
    public void Product_and_quantity_are_read(string message, int? quantity, string product)
    {
        var extracted = Classify(message).Extracted;
        extracted.Quantity.ShouldBe(quantity);
        extracted.Product.ShouldBe(product);
    }

    [Theory]
    [InlineData("I want it by 2026-12-01")]
    [InlineData("call me at 5:45 pm, I want the sofa")]
    [InlineData("I want the sofa, my number is 0300 1234567")]
    [InlineData("I want the sofa for $500")]
    public void Dates_times_phones_and_prices_are_no_quantity(string message) => Classify(message).Extracted.Quantity.ShouldBeNull();

    [Theory]
    [InlineData("looking for a laptop under $500", 500, "USD")]
    [InlineData("busco un vestido bajo 500 euros", 500, "EUR")]
    [InlineData("flat in Dubai, budget AED 1,200,000", 1200000, "AED")]
    [InlineData("Rs. 5000 budget for shoes", 5000, "PKR")]
    [InlineData("quero um celular até R$ 1.500,50", 1500.5, "BRL")]
    [InlineData("bütçem 20 bin TL, koltuk arıyorum", 20000, "TRY")]
    [InlineData("أريد ساعة بحدود ٣٠٠ ريال", 300, "SAR")]
    [InlineData("budget 5k usd for a bike", 5000, "USD")]
    [InlineData("between 500 and 700 euros for a sofa", 700, "EUR")]
    [InlineData("mujhe gari chahiye 10 lakh tak", 1000000, "PKR")]
    public void A_budget_is_read_with_its_currency(string message, double amount, string currency)
    {
        var extracted = Classify(message).Extracted;
        extracted.BudgetAmount.ShouldBe((decimal)amount);
        extracted.BudgetCurrency.ShouldBe(currency);
    }

    [Theory]
    [InlineData("I need it next monday", "next monday")]
    [InlineData("table for 3 May please", "3 May")]
    [InlineData("lo necesito mañana", "mañana")]
    [InlineData("yarın lazım", "yarın")]
    [InlineData("أريده غدا", "غدا")]
    [InlineData("kal chahiye", "kal")]
    [InlineData("je le veux demain", "demain")]
    public void A_date_is_kept_as_written(string message, string date) => Classify(message).Extracted.Date.ShouldBe(date);

    [Theory]
    [InlineData("I need a plumber in Lahore", "Lahore")]
    [InlineData("busco piso en Madrid", "Madrid")]
    [InlineData("İstanbul'da ev arıyorum", "İstanbul")]
    [InlineData("أبحث عن شقة في دبي", "دبي")]
    public void A_place_is_kept_as_written(string message, string place) => Classify(message).Extracted.Place.ShouldBe(place);

    [Theory]
    [InlineData("write to ana.lopez@mail.example please", "ana.lopez@mail.example")]
    [InlineData("my whatsapp is +92 300 1234567", "+92 300 1234567")]
    public void A_contact_in_the_text_is_found(string message, string contact) => Classify(message).Extracted.Contact.ShouldBe(contact);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public void An_empty_message_says_nothing(string? message)
    {
        var analysis = BuiltInClassifier.Classify(message, Now);
        analysis.Intent.ShouldBe(Intent.Other);
        analysis.Urgency.ShouldBe(Urgency.Low);
        analysis.Confidence.ShouldBe(0);
    }

    [Fact]
    public void Unknown_words_leave_the_confidence_low() => Classify("Blorp fliggen tarvo").Confidence.ShouldBeLessThan(45);

    private static MessageAnalysis Classify(string message) => BuiltInClassifier.Classify(message, Now);
}
