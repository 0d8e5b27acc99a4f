using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using LeadDesk.Common;

namespace LeadDesk.Tests.Common;

public sealed partial class PhoneNumberProperties
{
    private const int Runs = 5_000;

    private static readonly Gen<string?> Region =
        Gen.Frequency((9, Gen.Elements(PhoneNumber.Regions.ToArray()).Select(region => (string?)region)), (1, Gen.Constant<string?>(null)));

    // Texts made of what numbers are made of, so that many are numbers.
    private static readonly Gen<string> Written =
        from start in Gen.Elements("", "+", "00", "011", "0", "p:+", "tel:+", "(", "＋")
        from code in Gen.Elements("", "1", "7", "39", "44", "49", "52", "54", "55", "92", "290", "375", "590", "599")
        from length in Gen.Choose(4, 11)
        from digits in Gen.ArrayOf(Gen.Elements("01234567890123456789٣۳９ -.()".ToCharArray()), length)
        from end in Gen.Elements("", "", " ext. 5", "x12", "#1", ",7", ";ext=007", ".0", " (WhatsApp)", "a", "+")
        select start + code + new string(digits) + end;

    [Fact]
    public void No_text_makes_it_throw() =>
        Check(ArbMap.Default.GeneratorFor<string?>(), (text, region) => PhoneNumber.TryParse(text, region, out _) || true);

    [Fact]
    public void Every_number_read_is_E164_and_reads_as_itself() =>
        Check(Written, (text, region) =>
            !PhoneNumber.TryParse(text, region, out var number)
            || (E164().IsMatch(number.E164)
                && PhoneNumber.TryParse(number.E164, null, out var again)
                && again == number with { Extension = null }));

    [Fact]
    public void Every_number_shown_reads_as_itself() =>
        Check(Written, (text, region) =>
            !PhoneNumber.TryParse(text, region, out var number)
            || (PhoneNumber.TryParse(number.ToDisplay(), region, out var again) && again == number));

    [Fact]
    public void Spaces_and_dashes_between_digits_change_nothing()
    {
        var separated =
            from digits in Gen.ArrayOf(Gen.Choose(0, 9), 11)
            from separators in Gen.ArrayOf(Gen.Elements("", "", " ", "-", " - ", "\u00a0"), 11)
            from plus in Gen.Elements("", "+", "00")
            select (Plain: plus + string.Concat(digits), Separated: plus + string.Concat(digits.Zip(separators, (digit, separator) => $"{digit}{separator}")));
        Check(separated, (texts, region) =>
            PhoneNumber.TryParse(texts.Plain, region, out var plain) == PhoneNumber.TryParse(texts.Separated, region, out var apart) && plain == apart);
    }

    private static void Check<T>(Gen<T> texts, Func<T, string?, bool> holds) =>
        Prop.ForAll(Gen.Zip(texts, Region).ToArbitrary(), pair => holds(pair.Item1, pair.Item2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Runs));

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.None, 1000)]
    private static partial Regex E164();
}
