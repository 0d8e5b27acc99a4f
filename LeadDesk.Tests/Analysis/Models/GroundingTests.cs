using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Analysis;
using LeadDesk.Analysis.Models;

namespace LeadDesk.Tests.Analysis.Models;

public sealed class GroundingTests
{
    [Theory]
    [InlineData("we need 1.500 pieces", 1500)]
    [InlineData("we need 1,500 pieces", 1500)]
    [InlineData("about 2.5 kg", 2.5)]
    [InlineData("it costs 12 000 EUR", 12000)]
    [InlineData("from 50-100 units", 100)]
    [InlineData("budget 20k", 20000)]
    [InlineData("5 lakh rupees", 500000)]
    [InlineData("2,5 milyon TL", 2500000)]
    [InlineData("أريد ٥٠ كرسي", 50)]
    [InlineData("۲۵ کرسیاں چاہئیں", 25)]
    [InlineData("５０個ください", 50)]
    public void A_number_in_the_text_is_found_however_it_is_written(string text, double quantity) =>
        Grounding.Keep(new(Quantity: (decimal)quantity), text).Quantity.ShouldBe((decimal)quantity);

    [Theory]
    [InlineData("I have $500", "USD")]
    [InlineData("500 dollars", "USD")]
    [InlineData("Rs. 500 each", "PKR")]
    [InlineData("500 TL", "TRY")]
    [InlineData("500try", "TRY")]
    [InlineData("500 SEK", "SEK")]
    [InlineData("500 درهم", "AED")]
    public void A_currency_is_kept_when_the_text_shows_it(string text, string code) =>
        Grounding.Keep(new(BudgetAmount: 500, BudgetCurrency: code), text).BudgetCurrency.ShouldBe(code);

    [Theory]
    [InlineData("500 in all", "EUR")]
    [InlineData("chairs for 500", "PKR")]
    [InlineData("let us try, at most 500", "TRY")]
    [InlineData("I have $500", "EUR")]
    [InlineData("500 XYZ", "XYZ")]
    public void A_currency_that_the_text_does_not_show_is_dropped_and_the_amount_kept(string text, string code) =>
        Grounding.Keep(new(BudgetAmount: 500, BudgetCurrency: code), text).ShouldBe(new ExtractedData(BudgetAmount: 500));

    [Theory]
    [InlineData("reunión en Málaga", "malaga")]
    [InlineData("İSTANBUL'da buluşalım", "istanbul")]
    [InlineData("see you in  New\nYork", "New York")]
    [InlineData("نلتقي في الرياض", "الرياض")]
    public void A_place_is_found_whatever_its_case_accents_and_spaces(string text, string place) =>
        Grounding.Keep(new(Place: place), text).Place.ShouldBe(place);

    [Fact]
    public void Digits_of_two_numbers_do_not_make_a_phone() =>
        Grounding.Keep(new(Contact: "123456"), "123 chairs, 456 tables").Contact.ShouldBeNull();

    [Fact]
    public void Nothing_is_kept_of_any_text_that_does_not_hold_it() =>
        Prop.ForAll<string>(text =>
        {
            var claimed = new ExtractedData("zeppelin", 9182736455, 5546372819, "CHF", "doomsday", "Atlantis", "+44 7700 900123");
            return Grounding.Keep(claimed, text ?? "") == ExtractedData.None;
        }).QuickCheckThrowOnFailure();
}
