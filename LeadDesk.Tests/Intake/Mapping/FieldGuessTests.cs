using LeadDesk.Intake.Mapping;

namespace LeadDesk.Tests.Intake.Mapping;

public sealed class FieldGuessTests
{
    [Theory]
    [InlineData("full_name", LeadField.Name)]
    [InlineData("FULL_NAME", LeadField.Name)]
    [InlineData("fullName", LeadField.Name)]
    [InlineData("your-name", LeadField.Name)]
    [InlineData("What is your name?", LeadField.Name)]
    [InlineData("first_name", LeadField.FirstName)]
    [InlineData("name[last]", LeadField.LastName)]
    [InlineData("phone_number_(eg.65xxxxxxxx)", LeadField.Phone)]
    [InlineData("PHONE", LeadField.Phone)]
    [InlineData("Mobile No.", LeadField.Phone)]
    [InlineData("whatsapp_number", LeadField.Phone)]
    [InlineData("tel-619", LeadField.Phone)]
    [InlineData("your-email", LeadField.Email)]
    [InlineData("E-Mail *", LeadField.Email)]
    [InlineData("form_fields[email]", LeadField.Email)]
    [InlineData("work_email", LeadField.Email)]
    [InlineData("your-message", LeadField.Message)]
    [InlineData("How can we help you?", LeadField.Message)]
    [InlineData("company_name", LeadField.Company)]
    [InlineData("job_title", LeadField.JobTitle)]
    [InlineData("which_city_do_you_live_in?", LeadField.City)]
    [InlineData("country", LeadField.Country)]
    [InlineData("street_address", LeadField.Address)]
    [InlineData("your-subject", LeadField.Interest)]
    [InlineData("utm_campaign", LeadField.Campaign)]
    [InlineData("How did you hear about us?", LeadField.Source)]
    [InlineData("g-recaptcha-response", LeadField.Ignore)]
    public void English_and_program_names_are_known(string key, LeadField expected) => Guess(key, "something").ShouldBe(expected);

    [Theory]
    [InlineData("Adınız Soyadınız", LeadField.Name)]
    [InlineData("soyadınız", LeadField.LastName)]
    [InlineData("Telefon Numaranız", LeadField.Phone)]
    [InlineData("E-posta adresiniz", LeadField.Email)]
    [InlineData("MESAJINIZ", LeadField.Message)]
    [InlineData("Şirket", LeadField.Company)]
    [InlineData("nombre", LeadField.Name)]
    [InlineData("apellidos", LeadField.LastName)]
    [InlineData("Número de teléfono", LeadField.Phone)]
    [InlineData("correo electrónico", LeadField.Email)]
    [InlineData("Ciudad", LeadField.City)]
    [InlineData("Vorname", LeadField.FirstName)]
    [InlineData("Nachname", LeadField.LastName)]
    [InlineData("Handynummer", LeadField.Phone)]
    [InlineData("Ihre Nachricht", LeadField.Message)]
    [InlineData("Prénom", LeadField.FirstName)]
    [InlineData("Votre message", LeadField.Message)]
    [InlineData("Adresse e-mail", LeadField.Email)]
    [InlineData("Nome completo", LeadField.Name)]
    [InlineData("Telefone", LeadField.Phone)]
    [InlineData("Endereço", LeadField.Address)]
    [InlineData("الاسم الكامل", LeadField.Name)]
    [InlineData("رقم الهاتف", LeadField.Phone)]
    [InlineData("البريد الإلكتروني", LeadField.Email)]
    [InlineData("المدينة", LeadField.City)]
    [InlineData("aap ka naam", LeadField.Name)]
    [InlineData("mobile nambar", LeadField.Phone)]
    [InlineData("فون نمبر", LeadField.Phone)]
    [InlineData("shehar", LeadField.City)]
    [InlineData("मोबाइल नंबर", LeadField.Phone)]
    [InlineData("Ваше имя", LeadField.Name)]
    [InlineData("Номер телефона", LeadField.Phone)]
    [InlineData("Комментарий", LeadField.Message)]
    public void Names_of_other_languages_are_known(string key, LeadField expected) => Guess(key, "abc").ShouldBe(expected);

    [Theory]
    [InlineData("email_updates", "yes")]
    [InlineData("company_size", "10-50")]
    [InlineData("ip_address", "192.0.2.7")]
    [InlineData("form_name", "Contact")]
    [InlineData("zip_code", "545454545")]
    [InlineData("order_number", "1234567890")]
    [InlineData("date_of_birth", "2000-01-15")]
    [InlineData("can_we_call_your_phone?", "yes")]
    [InlineData("preferred_contact_method", "phone")]
    [InlineData("budget", "1000000000")]
    public void What_only_sounds_like_a_particular_stays_a_custom_answer(string key, string value) => Guess(key, value).ShouldBe(LeadField.Custom);

    [Theory]
    [InlineData("text-281", "ada@example.com", LeadField.Email)]
    [InlineData("field_7", "+92 300 1234567", LeadField.Phone)]
    [InlineData("input_4", "0300 1234567", LeadField.Phone)]
    [InlineData("name", "ada@example.com", LeadField.Email)]
    [InlineData("input_9", "I should like to have a price for fifty units, delivered to Lahore before May.", LeadField.Message)]
    [InlineData("1.3", "Ada", LeadField.FirstName)]
    [InlineData("1.6", "Lovelace", LeadField.LastName)]
    [InlineData("text-281", "blue", LeadField.Custom)]
    [InlineData("field_8", "2024-01-15", LeadField.Custom)]
    [InlineData("field_9", "7012345678901234567", LeadField.Custom)]
    public void The_answer_decides_where_the_name_says_nothing(string key, string value, LeadField expected) => Guess(key, value).ShouldBe(expected);

    [Theory]
    [InlineData("gdpr_consent", "on")]
    [InlineData("acceptance-123", "1")]
    [InlineData("KVKK onayı", "Evet")]
    [InlineData("5.2", "I agree to the privacy policy.", "I agree to the privacy policy.")]
    [InlineData("terms", "")]
    public void Boxes_to_tick_are_consents(string key, string value, string? label = null) =>
        FieldGuess.Of(new FormAnswer(key, label, [value])).Field.ShouldBe(LeadField.Consent);

    [Fact]
    public void Terms_of_payment_are_no_consent() =>
        FieldGuess.Of(new FormAnswer("payment_terms", null, ["30 days"])).Field.ShouldBe(LeadField.Custom);

    [Fact]
    public void The_label_helps_where_the_key_is_a_number() =>
        FieldGuess.Of(new FormAnswer("17", "Phone number", ["0300 1234567"])).Field.ShouldBe(LeadField.Phone);

    [Fact]
    public void What_the_platform_says_comes_before_every_guess() =>
        FieldGuess.Of(new FormAnswer("email", null, ["ada@example.com"], LeadField.Custom)).Field.ShouldBe(LeadField.Custom);

    private static LeadField Guess(string key, string value) => FieldGuess.Of(new FormAnswer(key, null, [value])).Field;
}
