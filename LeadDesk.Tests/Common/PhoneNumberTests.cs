using LeadDesk.Common;

namespace LeadDesk.Tests.Common;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+923001234567")]
    [InlineData("+92 300 1234567")]
    [InlineData("+92-300-1234567")]
    [InlineData("+92.300.123.4567")]
    [InlineData("+92/300/1234567")]
    [InlineData("(+92) 300 1234567")]
    [InlineData("+92 (300) 123-4567")]
    [InlineData("+92 (0)300 1234567")]
    [InlineData("+92\u00a0300\u00a01234567")]
    [InlineData("+92\u2009300\u202f1234567")]
    [InlineData("\u202a+92 300 1234567\u202c")]
    [InlineData("+92–300—1234567")]
    [InlineData("+92−300‑1234567")]
    [InlineData("＋92 300 1234567")]
    [InlineData("＋９２　３００　１２３４５６７")]
    [InlineData("+٩٢ ٣٠٠ ١٢٣٤٥٦٧")]
    [InlineData("+۹۲ ۳۰۰ ۱۲۳۴۵۶۷")]
    [InlineData("+९२ ३०० १२३४५६७")]
    [InlineData("0092 300 1234567")]
    [InlineData("011 92 300 1234567")]
    [InlineData("+0092 300 1234567")]
    [InlineData("923001234567")]
    [InlineData("92 300 1234567")]
    [InlineData("03001234567")]
    [InlineData("0300-1234567")]
    [InlineData("(0300) 123 4567")]
    [InlineData("۰۳۰۰ ۱۲۳۴۵۶۷")]
    [InlineData("3001234567")]
    [InlineData("p:+923001234567")]
    [InlineData("tel:+92-300-1234567")]
    [InlineData("tel:300-1234567;phone-context=+92")]
    [InlineData("tel:(0)300-1234567;phone-context=+92")]
    [InlineData("tel:0300-1234567;phone-context=example.com")]
    [InlineData("tel:+92-300-1234567;isub=12")]
    [InlineData("Tel: +92 300 1234567")]
    [InlineData("WhatsApp 0300 1234567")]
    [InlineData("0300 1234567 (WhatsApp)")]
    [InlineData("'+923001234567")]
    [InlineData("=\"+923001234567\"")]
    [InlineData("923001234567.0")]
    [InlineData("3001234567.00")]
    [InlineData("  +92 300 1234567\r\n")]
    public void One_number_is_read_however_it_is_written(string written) =>
        Read(written, "PK").ShouldBe(new PhoneNumber("+923001234567", "PK", null));

    [Theory]
    [InlineData("US", "(201) 555-0123", "+12015550123", "US")]
    [InlineData("US", "1-201-555-0123", "+12015550123", "US")]
    [InlineData("US", "011 44 7400 123456", "+447400123456", "GB")]
    [InlineData("CA", "506-234-5678", "+15062345678", "CA")]
    [InlineData("AG", "464 1234", "+12684641234", "AG")]
    [InlineData("JM", "(876) 210-1234", "+18762101234", "JM")]
    [InlineData("DO", "809 234 5678", "+18092345678", "DO")]
    [InlineData("GB", "07400 123456", "+447400123456", "GB")]
    [InlineData("GB", "0121 234 5678", "+441212345678", "GB")]
    [InlineData("GG", "256789", "+441481256789", "GG")]
    [InlineData("GG", "07781 123456", "+447781123456", "GG")]
    [InlineData("JE", "07797 712345", "+447797712345", "JE")]
    [InlineData("IM", "07624 123456", "+447624123456", "IM")]
    [InlineData("RU", "8 (912) 345-67-89", "+79123456789", "RU")]
    [InlineData("RU", "8 10 49 1512 3456789", "+4915123456789", "DE")]
    [InlineData("KZ", "8 771 000 9998", "+77710009998", "KZ")]
    [InlineData("IT", "06 1234 5678", "+390612345678", "IT")]
    [InlineData("IT", "312 345 6789", "+393123456789", "IT")]
    [InlineData("VA", "06 698 12345", "+390669812345", "VA")]
    [InlineData("SM", "886377", "+3780549886377", "SM")]
    [InlineData("AR", "011 2345-6789", "+541123456789", "AR")]
    [InlineData("AR", "011 15-2345-6789", "+5491123456789", "AR")]
    [InlineData("AR", "+54 9 11 2345-6789", "+5491123456789", "AR")]
    [InlineData("MX", "200 123 4567", "+522001234567", "MX")]
    [InlineData("MX", "044 55 1234 5678", "+525512345678", "MX")]
    [InlineData("MX", "5215512345678", "+525512345678", "MX")]
    [InlineData("BR", "(11) 96123-4567", "+5511961234567", "BR")]
    [InlineData("BR", "0 15 11 96123-4567", "+5511961234567", "BR")]
    [InlineData("HU", "06 20 123 4567", "+36201234567", "HU")]
    [InlineData("LT", "8 612 34567", "+37061234567", "LT")]
    [InlineData("LT", "0 612 34567", "+37061234567", "LT")]
    [InlineData("AU", "0011 61 412 345 678", "+61412345678", "AU")]
    [InlineData("AU", "0412 345 678", "+61412345678", "AU")]
    [InlineData("CX", "0891641234", "+61891641234", "CX")]
    [InlineData("DE", "01512 3456789", "+4915123456789", "DE")]
    [InlineData("AT", "0664 123456", "+43664123456", "AT")]
    [InlineData("FR", "06 12 34 56 78", "+33612345678", "FR")]
    [InlineData("ES", "612 34 56 78", "+34612345678", "ES")]
    [InlineData("ES", "+34 (0)612 34 56 78", "+34612345678", "ES")]
    [InlineData("TR", "0501 234 56 78", "+905012345678", "TR")]
    [InlineData("AE", "050 123 4567", "+971501234567", "AE")]
    [InlineData("SA", "051 234 5678", "+966512345678", "SA")]
    [InlineData("IN", "081234 56789", "+918123456789", "IN")]
    [InlineData("BD", "01812-345678", "+8801812345678", "BD")]
    [InlineData("CN", "131 2345 6789", "+8613123456789", "CN")]
    [InlineData("JP", "090-1234-5678", "+819012345678", "JP")]
    [InlineData("JP", "010 1 201 555 0123", "+12015550123", "US")]
    [InlineData("KR", "010-2000-0000", "+821020000000", "KR")]
    [InlineData("SG", "8123 4567", "+6581234567", "SG")]
    [InlineData("ID", "0812-345-678", "+62812345678", "ID")]
    [InlineData("NG", "0802 123 4567", "+2348021234567", "NG")]
    [InlineData("ZA", "071 123 4567", "+27711234567", "ZA")]
    [InlineData("EG", "0100 123 4567", "+201001234567", "EG")]
    [InlineData("CG", "06 123 4567", "+242061234567", "CG")]
    [InlineData("CI", "01 23 45 6789", "+2250123456789", "CI")]
    [InlineData("RE", "0692 12 34 56", "+262692123456", "RE")]
    [InlineData("YT", "0639 01 23 45", "+262639012345", "YT")]
    [InlineData("GP", "0690 00 12 34", "+590690001234", "GP")]
    [InlineData("CW", "9 518 1234", "+59995181234", "CW")]
    [InlineData("BQ", "318 1234", "+5993181234", "BQ")]
    [InlineData("AC", "40123", "+24740123", "AC")]
    [InlineData("TA", "8999", "+2908999", "TA")]
    [InlineData("XK", "043 201 234", "+38343201234", "XK")]
    [InlineData("XK", "38343201234", "+38343201234", "XK")]
    [InlineData("xk", "043 201 234", "+38343201234", "XK")]
    [InlineData(null, "+800 1234 5678", "+80012345678", null)]
    [InlineData(null, "923001234567", "+923001234567", "PK")]
    [InlineData("??", "+923001234567", "+923001234567", "PK")]
    [InlineData("US", "923001234567", "+923001234567", "PK")]
    [InlineData("US", "(555) 123-4567", "+15551234567", null)]
    public void A_number_is_read_in_its_region(string? region, string written, string e164, string? place) =>
        Read(written, region).ShouldBe(new PhoneNumber(e164, place, null));

    [Theory]
    [InlineData("+1 201 555 0123 ext. 5", "5")]
    [InlineData("+1 201 555 0123 Ext 123", "123")]
    [InlineData("+1 201 555 0123, extension: 42", "42")]
    [InlineData("(201) 555-0123x302", "302")]
    [InlineData("201-555-0123 #5", "5")]
    [InlineData("201-555-0123,7", "7")]
    [InlineData("tel:+1-201-555-0123;ext=007", "007")]
    [InlineData("+1 201 555 0123 anexo 12", "12")]
    [InlineData("+1 201 555 0123 dahili 12", "12")]
    [InlineData("+1 201 555 0123 доб. ١٢", "12")]
    public void An_extension_is_kept_apart(string written, string extension) =>
        Read(written, "US").ShouldBe(new PhoneNumber("+12015550123", "US", extension));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("n/a")]
    [InlineData("+")]
    [InlineData("0")]
    [InlineData("12345")]
    [InlineData("+999 123 4567890")]
    [InlineData("+92 300 12345678901")]
    [InlineData("9.23001E+11")]
    [InlineData("0300+1234567")]
    [InlineData("0300 CALL NOW 55")]
    [InlineData("1-800-FLOWERS")]
    [InlineData("0800-123456FLOWERS")]
    [InlineData("0300 1234567, 0301 7654321")]
    [InlineData("someone@example.com")]
    public void What_is_no_number_is_refused(string? written) =>
        PhoneNumber.TryParse(written, "PK", out _).ShouldBeFalse();

    [Fact]
    public void A_national_number_needs_a_region() =>
        PhoneNumber.TryParse("0300 1234567", null, out _).ShouldBeFalse();

    [Fact]
    public void A_text_longer_than_any_number_is_refused()
    {
        var padding = new string(' ', PhoneNumber.MaxWrittenLength);
        PhoneNumber.TryParse($"{padding}+923001234567{padding}", null, out _).ShouldBeTrue();
        PhoneNumber.TryParse($"+92{padding}3001234567", null, out _).ShouldBeFalse();
        PhoneNumber.TryParse(new string('1', 1_000_000), "US", out _).ShouldBeFalse();
        PhoneNumber.TryParse(new string('1', PhoneNumber.MaxWrittenLength), "AR", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("+923001234567", "+92 300 1234567")]
    [InlineData("+12015550123", "+1 201 555 0123")]
    [InlineData("+33612345678", "+33 6 12 34 56 78")]
    [InlineData("+5491123456789", "+54 9 11 2345 6789")]
    [InlineData("+390612345678", "+39 06 1234 5678")]
    [InlineData("+77710009998", "+7 771 000 9998")]
    [InlineData("+2908999", "+290 8999")]
    [InlineData("+999", "+999")]
    [InlineData("+92 300", "+92 300")]
    [InlineData("", "")]
    public void A_number_is_shown_in_its_countrys_groups(string e164, string shown) => PhoneNumber.Format(e164).ShouldBe(shown);

    [Fact]
    public void A_number_with_an_extension_shows_it() =>
        Read("tel:+12015550123;ext=5", null).ToDisplay().ShouldBe("+1 201 555 0123 ext. 5");

    [Fact]
    public void WhatsApp_ids_have_no_plus() => Read("0300 1234567", "PK").WhatsAppDigits.ShouldBe("923001234567");

    [Fact]
    public void Regions_are_the_territories_with_a_numbering_plan()
    {
        PhoneNumber.Regions.Count.ShouldBeGreaterThan(240);
        PhoneNumber.Regions.ShouldBeInOrder();
        PhoneNumber.Regions.ShouldAllBe(region => PhoneNumber.IsRegion(region) && PhoneNumber.IsRegion(region.ToLowerInvariant()));
        foreach (var code in new[] { null, "", "P", "PAK", "QQ", "001" }) PhoneNumber.IsRegion(code).ShouldBeFalse(code);
    }

    private static PhoneNumber Read(string written, string? region)
    {
        PhoneNumber.TryParse(written, region, out var number).ShouldBeTrue(written);
        return number;
    }
}
