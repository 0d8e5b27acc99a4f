using LeadDesk.Companies;
using LeadDesk.Intake.Import;
using LeadDesk.Intake.Import.Guessing;
using LeadDesk.Intake.Import.Values;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;
using LeadDesk.Scoring;

namespace LeadDesk.Tests.Intake.Import;

/// <summary>What columns are taken for, and what cells mean.</summary>
public sealed class ColumnGuessTests
{
    [Theory]
    [InlineData("Adı|Soyadı|Cep Telefonu|E-posta|Şehir|Durum|Sorumlu|Kayıt Tarihi", "Ayşe|Yılmaz|0532 123 45 67|a@example.com|İzmir|Yeni|Elif Demir|25.03.2025", "FirstName|LastName|Phone|Email|City|Stage|Owner|CreatedAt")]
    [InlineData("Nombre completo|Teléfono|Correo electrónico|Ciudad|Estado|Etiquetas|Fecha de creación", "José Muñoz|+34 612 345 678|j@example.com|Málaga|Nuevo|feria; vip|25/03/2025", "Name|Phone|Email|City|Stage|Tags|CreatedAt")]
    [InlineData("Vorname|Nachname|Telefon|E-Mail-Adresse|Firma|Status|Erstellt am|Nachricht", "Jürgen|Groß|+49 30 123456|j@example.de|Groß GmbH|Gewonnen|25.03.2025|Bitte rufen Sie mich an, ich brauche ein Angebot für fünfzig Stück", "FirstName|LastName|Phone|Email|Company|Stage|CreatedAt|Message")]
    [InlineData("Nom|Prénom|Téléphone|Courriel|Ville|Étape|Date de création", "Lefèvre|Anne|+33 6 12 34 56 78|a@example.fr|Lyon|Perdu|25/03/2025", "LastName|FirstName|Phone|Email|City|Stage|CreatedAt")]
    [InlineData("الاسم|رقم الجوال|البريد الالكتروني|المدينة|الحالة|التاريخ", "محمد علي|+966512345678|m@example.com|الرياض|جديد|25/03/2025", "Name|Phone|Email|City|Stage|CreatedAt")]
    [InlineData("Contact|Best number|Whatever", "Ann Lee <ann@example.org>|+44 7400 123456|x", "NameAndEmail|Phone|Answer")]
    [InlineData("Column A|Column B|Column C", "Ann Lee|+44 7400 123456|ann@example.org", "Name|Phone|Email")]
    public void Columns_are_known_by_name_and_content_in_every_language(string names, string cells, string expected) =>
        string.Join('|', Guess(names, cells).Columns.Select(column => column.To)).ShouldBe(expected);

    [Theory]
    [InlineData("13.04.2025|02.05.2025", DateOrder.DayMonthYear, false)]
    [InlineData("04/13/2025|05/02/2025", DateOrder.MonthDayYear, false)]
    [InlineData("04/05/2025|05/02/2025", DateOrder.DayMonthYear, true)]
    public void The_order_of_dates_is_known_by_the_values_and_else_asked(string dates, DateOrder order, bool unsure)
    {
        var values = dates.Split('|');
        var rules = Guess("Created|Phone", $"{values[0]}|+447400123456", $"{values[1]}|+447400123457");
        (rules.DateOrder, rules.DateOrderUnsure).ShouldBe((order, unsure));
    }

    [Theory]
    [InlineData("2025-03-03T02:00:00+03:00", "2025-03-02T23:00:00", true)]
    [InlineData("03.03.2025 14:05", "2025-03-03T14:05:00", false)]
    [InlineData("3/4/25 2:05 PM", "2025-04-03T14:05:00", false)]
    [InlineData("5 Mart 2025", "2025-03-05T00:00:00", false)]
    [InlineData("March 5, 2025", "2025-03-05T00:00:00", false)]
    [InlineData("5 de marzo de 2025", "2025-03-05T00:00:00", false)]
    [InlineData("٥ مارس ٢٠٢٥", "2025-03-05T00:00:00", false)]
    [InlineData("45721.5", "2025-03-05T12:00:00", false)]
    [InlineData("1741017600", "2025-03-03T16:00:00", true)]
    public void Dates_are_read_as_spreadsheets_and_people_write_them(string written, string expected, bool isUtc)
    {
        var date = CellDates.Read(written, DateOrder.DayMonthYear);
        date.ShouldNotBeNull();
        (date.Value.At.ToString("s"), date.Value.IsUtc).ShouldBe((expected, isUtc));
    }

    [Theory]
    [InlineData("31.02.2025")]
    [InlineData("hello")]
    [InlineData("13/13/2025")]
    public void What_is_no_date_is_none(string written) => CellDates.Read(written, DateOrder.DayMonthYear).ShouldBeNull();

    [Theory]
    [InlineData("9.05012345678E+11", "905012345678", false)]
    [InlineData("9,05012345678E+11", "905012345678", false)]
    [InlineData("9.05E+11", "9.05E+11", true)]
    [InlineData("+447400123456", "+447400123456", false)]
    public void A_phone_that_became_a_number_is_restored_when_no_digit_is_lost(string written, string expected, bool isLost)
    {
        CellPhones.Restore(written, out var lost).ShouldBe(expected);
        lost.ShouldBe(isLost);
    }

    [Theory]
    [InlineData("1.234,56", false, "1234.56")]
    [InlineData("1,234.56", true, "1234.56")]
    [InlineData("1.234", true, "1234")]
    [InlineData("1.234", false, "1.234")]
    [InlineData("₺1.500", true, "1500")]
    [InlineData("(12.50)", false, "-12.50")]
    [InlineData("1 234,5 €", true, "1234.5")]
    public void Amounts_are_read_with_either_decimal_mark(string written, bool comma, string expected) =>
        CellNumbers.Read(written, comma)!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(expected);

    [Theory]
    [InlineData("'0532", "0532")]
    [InlineData("=\"0532\"", "0532")]
    [InlineData("#N/A", "")]
    [InlineData("#YOK", "")]
    [InlineData(" x ", "x")]
    [InlineData("None of this", "None of this")]
    public void Habits_of_spreadsheets_are_undone(string written, string expected) => CellText.Clean(written).ShouldBe(expected);

    private static ImportRules Guess(string names, params string[] rows)
    {
        ColumnProfile[] profiles = [.. names.Split('|').Select(name => new ColumnProfile(name))];
        foreach (var row in rows)
        {
            var cells = row.Split('|');
            for (var i = 0; i < cells.Length; i++)
                profiles[i].Add(cells[i]);
        }

        return ColumnGuesser.Guess(profiles, Setting());
    }

    private static ImportSetting Setting()
    {
        var stages = Stage.Defaults(new Pipeline { Id = 1, CompanyId = 1, Name = "Sales" });
        var company = new CompanyRules(1, "Acme", "GB", TimeZoneInfo.Utc, TimeSpan.FromMinutes(15), ScoringProfile.Default, stages);
        return new(company, [new ImportUser(7, "Elif Demir", "elif@example.org")]);
    }
}
