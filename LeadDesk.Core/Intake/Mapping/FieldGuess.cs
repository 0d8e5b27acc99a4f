using System.Runtime.InteropServices;

namespace LeadDesk.Intake.Mapping;

/// <summary>What a field of a form probably is: by what its platform says, by its name, and where the name says nothing by what was answered. Pure.</summary>
/// <param name="Strength">How sure it is, to choose among several fields: 0 (a custom answer) to 100 (the platform says so).</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FieldGuess(LeadField Field, int Strength)
{
    private const int ByPlatform = 100;
    private const int ByKey = 80;
    private const int ByLabel = 76;
    private const int ByPartOfName = 50;
    private const int ByContent = 30;
    private const int Confirmed = 8;
    private const int Doubted = -30;

    private static readonly FieldGuess Unknown = new(LeadField.Custom, 0);

    public static FieldGuess Of(FormAnswer answer)
    {
        if (answer.Hint is { } hint)
            return new(hint, ByPlatform);
        var key = FieldWords.Read(answer.Key);
        var label = FieldWords.Read(answer.Label);
        var value = answer.Values.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "";
        var named = ByNames(key, label);
        if (named.Field is LeadField.Consent)
            return IsConsent(answer, named.Strength) ? named : ByValue(value, key, label);
        // A field that is known to be something else stays that, but an address is an address even there.
        if (named is { Field: LeadField.Custom, Strength: > 0 })
            return FieldContent.IsEmail(value) ? new(LeadField.Email, ByContent) : Unknown;
        if (named.Strength is 0)
            return GravityName(answer.Key, value) ?? ByValue(value, key, label);
        return Judge(named, value, key, label);
    }

    private static FieldGuess ByNames(FieldWords.Words key, FieldWords.Words label)
    {
        var byKey = ByName(key, ByKey);
        var byLabel = ByName(label, ByLabel);
        return byLabel.Strength > byKey.Strength ? byLabel : byKey;
    }

    private static FieldGuess ByName(FieldWords.Words words, int strength)
    {
        if (FieldWords.Exact(words) is { } exact)
            return new(exact, strength);
        if (FieldWords.Inside(words, out var share) is not { } inside)
            return Unknown;
        // Of a long question one word tells little, but a phone number or an address in its answer proves it, which Judge asks for.
        var enough = inside is LeadField.Phone or LeadField.Email or LeadField.Consent or LeadField.Custom || share >= 0.5;
        return enough ? new(inside, ByPartOfName + (int)(share * 10)) : Unknown;
    }

    /// <summary>Weighs the name against what was answered.</summary>
    private static FieldGuess Judge(FieldGuess named, string value, FieldWords.Words key, FieldWords.Words label)
    {
        if (value.Length is 0)
            return named;
        var byPart = named.Strength < ByLabel;
        switch (named.Field)
        {
            case LeadField.Email when FieldContent.IsEmail(value):
            case LeadField.Phone when FieldContent.IsPhone(value, out _):
                return named with { Strength = named.Strength + Confirmed };
            case LeadField.Email when byPart || FieldContent.IsYesOrNo(value):
            case LeadField.Phone when (byPart && !FieldContent.HasPhoneDigits(value)) || FieldContent.IsYesOrNo(value):
                return ByValue(value, key, label);
            case LeadField.Email or LeadField.Phone:
                return FieldContent.IsEmail(value) ? new(LeadField.Email, ByContent) : named with { Strength = named.Strength + Doubted };
            case LeadField.Name or LeadField.FirstName or LeadField.LastName when FieldContent.IsEmail(value):
                return new(LeadField.Email, ByContent);
            case LeadField.Name or LeadField.FirstName or LeadField.LastName when !FieldContent.HasLetters(value) || FieldContent.IsText(value):
            case LeadField.City or LeadField.Country or LeadField.Company or LeadField.JobTitle or LeadField.Interest when !FieldContent.HasLetters(value) || FieldContent.IsYesOrNo(value):
                return ByValue(value, key, label);
            case LeadField.Message when FieldContent.IsYesOrNo(value):
                return Unknown;
            default:
                return named;
        }
    }

    private static FieldGuess ByValue(string value, FieldWords.Words key, FieldWords.Words label)
    {
        if (FieldContent.IsEmail(value))
            return new(LeadField.Email, ByContent);
        if (FieldContent.IsPhone(value, out var sure) && (sure || !NamesANumber(key) && !NamesANumber(label)))
            return new(LeadField.Phone, sure ? ByContent : ByContent / 2);
        return FieldContent.IsText(value) && !value.Contains("://", StringComparison.Ordinal) ? new(LeadField.Message, ByContent / 2) : Unknown;
    }

    private static bool NamesANumber(FieldWords.Words words) =>
        words.All.Any(word => word is "id" or "ids" or "no" or "number" or "code" or "order" or "zip" or "tax" or "vat" or "date" or "time" or "timestamp" or "created"
            or "at" or "budget" or "price" or "amount" or "quantity" or "total" or "year" or "hash" or "token" or "invoice" or "reference" or "ref" or "account" or "iban" or "passport" or "cnic" or "tc");

    /// <summary>A box to tick is answered with a yes or with the words beside it.</summary>
    private static bool IsConsent(FormAnswer answer, int strength) =>
        answer.Values.All(value => FieldContent.IsYesOrNo(value) || value == answer.Label || FieldWords.Inside(FieldWords.Read(value), out _) is LeadField.Consent
            || (strength >= ByLabel && FieldContent.HasLetters(value)));

    /// <summary>Gravity Forms numbers its inputs: of a name field the first name is <c>.3</c> and the last name <c>.6</c>.</summary>
    private static FieldGuess? GravityName(string key, string value)
    {
        var dot = key.LastIndexOf('.');
        if (dot <= 0 || dot != key.Length - 2 || key.AsSpan(0, dot).ContainsAnyExceptInRange('0', '9') || !FieldContent.HasLetters(value))
            return null;
        return key[^1] switch { '3' => new(LeadField.FirstName, ByContent), '6' => new(LeadField.LastName, ByContent), _ => null };
    }
}
