using System.Globalization;

namespace LeadDesk.Simulators.People;

/// <summary>Somebody who fills in forms and writes messages. Nobody real.</summary>
/// <param name="Phone">E.164.</param>
/// <param name="Message">What the person would like, in their language.</param>
public sealed record PretendPerson(string FirstName, string LastName, string Phone, string Email, string City, string Language, string Message)
{
    public string FullName => Language is "zh" or "ja" ? LastName + FirstName : $"{FirstName} {LastName}";
}

/// <summary>People by number: the same seed and number is the same person, another number is another phone and e-mail.</summary>
public static class PretendPeople
{
    /// <summary>Steps through all phone endings before one comes again: it shares no factor with a power of ten.</summary>
    private const ulong PhoneStep = 7_919;

    /// <param name="number">From 0; phones repeat after a million people of one country.</param>
    public static PretendPerson Get(ulong seed, long number)
    {
        var dice = new Dice(seed, (ulong)number);
        var culture = Cultures.All[(int)((ulong)number % (ulong)Cultures.All.Count)];
        var first = dice.Roll(culture.FirstNames.Length);
        var last = dice.Roll(culture.LastNames.Length);
        var ending = ((ulong)number * PhoneStep + seed * 31) % 1_000_000;
        return new PretendPerson(
            culture.FirstNames[first].Written,
            culture.LastNames[last].Written,
            culture.PhonePrefix + ending.ToString("D6", CultureInfo.InvariantCulture),
            $"{culture.FirstNames[first].Latin}.{culture.LastNames[last].Latin}{number}@{culture.MailDomain}",
            dice.Pick(culture.Cities),
            culture.Language,
            dice.Pick(culture.Messages));
    }
}
