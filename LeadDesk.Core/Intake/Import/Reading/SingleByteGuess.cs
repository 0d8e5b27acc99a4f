using System.Collections.Frozen;

namespace LeadDesk.Intake.Import.Reading;

/// <summary>
/// Which encoding of one byte per letter a text is in: the one that makes words of it. In Windows-1254 <c>0xFE</c> is the ş of
/// "Ayşe", in Windows-1252 it would be the þ of "Ayþe", which nobody but Icelanders writes.
/// </summary>
internal static class SingleByteGuess
{
    private const int BlockSize = 1 << 16;
    private const int LargestSample = 1 << 16;
    private const int LongestWord = 64;

    /// <summary>Letters beyond ASCII of the languages that an encoding is used for, the frequent ones first after the bar's left; those behind it are rare.</summary>
    private static readonly (string Encoding, string[] Languages, string Regions)[] Candidates =
    [
        ("windows-1252", ["éèêàçùâîôëïûœÉÈÀÊÇ", "áéíóúñüÁÉÍÓÚÑ¿¡", "äöüßÄÖÜ", "ãõáéíóúâêôçÃÕÁÉÇ", "åäöÅÄÖ", "æøåÆØÅ", "àèéìòùÀÈ", "ëéïö"], ""),
        ("windows-1254", ["ışğüöçİŞĞÜÖÇâî"], "TR AZ"),
        ("windows-1250", ["ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "áčďéěíňóřšťúůýžČŘŠŽÁÍÚ", "áéíóöőúüűÁÉÍÓÖŐÚÜŰ", "ăâîșțşţÎŞŢ", "čćđšžČĆĐŠŽ", "áäčďéíľňóôŕšťúýž"], "PL CZ SK HU RO HR SI RS BA"),
        ("windows-1251", ["оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёОЕАИНТСРВЛКМДПУЯГЗБЧЙХЖШЮЦЩЭФ", "іїєґІЇЄҐ"], "RU UA BG BY KZ"),
        ("windows-1253", ["αοιετσνηυρπκμλςωγχδθφβξζψάόίέήύώΑΟΙΕΤΣΝΗΥΡΠΚΜΛΩΓΧΔΘΦΒΞΖΨΆΌΊΈΉΎΏ"], "GR CY"),
        ("windows-1255", ["יוהלאמרתבשנעםדקפטחכגזסןצךףץ"], "IL"),
        ("windows-1256", ["اليمنرتبوسعدفهكحقةجشصطخىذءزضغثأئإؤظ", "پچژگکیںہےٹڈڑھ"], "SA AE EG PK IQ JO LB MA DZ TN KW QA BH OM YE SY LY SD IR"),
        ("windows-1257", ["ąčęėįšųūžĄČĘĖĮŠŲŪŽ", "āčēģīķļņšūžĀČĒ", "äöõüšžÄÖÕÜ"], "LT LV EE"),
        ("iso-8859-9", ["ışğüöçİŞĞÜÖÇâî"], ""),
        ("iso-8859-2", ["ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "áčďéěíňóřšťúůýžČŘŠŽÁÍÚ", "áéíóöőúüűÁÉÍÓÖŐÚÜŰ", "ăâîşţÎŞŢ", "čćđšžČĆĐŠŽ"], ""),
        ("iso-8859-5", ["оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёОЕАИНТСРВЛКМДПУЯГЗБЧЙХЖШЮЦЩЭФ"], ""),
        ("iso-8859-6", ["اليمنرتبوسعدفهكحقةجشصطخىذءزضغثأئإؤظ"], ""),
        ("iso-8859-7", ["αοιετσνηυρπκμλςωγχδθφβξζψάόίέήύώΑΟΙΕΤΣΝΗΥΡΠΚΜΛΩΓΧΔΘΦΒΞΖΨΆΌΊΈΉΎΏ"], ""),
        ("iso-8859-8", ["יוהלאמרתבשנעםדקפטחכגזסןצךףץ"], ""),
        ("koi8-r", ["оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёОЕАИНТСРВЛКМДПУЯГЗБЧЙХЖШЮЦЩЭФ"], ""),
        ("iso-8859-15", ["éèêàçùâîôëïûœÉÈÀÊÇ€Œ"], ""),
        ("windows-874", ["านรอกเงมยลวดสตทปบคหแจพชขใไโผธณศซถฟษฉ่้็ิีึืุูัํ์ะำ"], "TH"),
        ("macintosh", ["éèêàçùâîôëïûœÉÈÀÊÇ", "áéíóúñüÁÉÍÓÚÑ", "äöüßÄÖÜ"], ""),
        ("ibm850", ["éèêàçùâîôëïûÉÈÀÊÇ", "áéíóúñüÁÉÍÓÚÑ", "äöüßÄÖÜ"], ""),
    ];

    private static readonly Lazy<Model[]> Models = new(() => [.. Candidates.Select(static candidate => new Model(candidate.Encoding, candidate.Languages, candidate.Regions))]);

    /// <summary>Words with bytes beyond ASCII, at most 64 KiB of them, each with one byte before and after.</summary>
    public static byte[] Sample(Stream file)
    {
        file.Position = 0;
        var block = new byte[BlockSize];
        using var sample = new MemoryStream();
        while (sample.Length < LargestSample && file.Read(block) is > 0 and var read)
        {
            var bytes = block.AsSpan(0, read);
            for (var at = 0; at < bytes.Length && sample.Length < LargestSample;)
            {
                var step = bytes[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                if (step < 0)
                    break;
                var (first, last) = (at + step, at + step + 1);
                while (first > at && first > at + step - LongestWord && IsOfWord(bytes[first - 1]))
                    first--;
                while (last < bytes.Length && last < first + LongestWord && IsOfWord(bytes[last]))
                    last++;
                sample.Write(bytes[first..last]);
                sample.WriteByte((byte)' ');
                at = last;
            }
        }

        return sample.ToArray();
    }

    public static string Of(ReadOnlySpan<byte> sample, string? region)
    {
        var best = ("windows-1252", double.MinValue);
        foreach (var model in Models.Value)
        {
            var score = model.Score(sample, region);
            // Equal texts come out of several: the first of the list is the most used.
            if (score > best.Item2 + 1e-9)
                best = (model.Encoding, score);
        }

        return best.Item1;
    }

    private static bool IsOfWord(byte letter) => letter >= 0x80 || char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'\'' or (byte)'-';

    private sealed class Model
    {
        private const double Expected = 1;
        private const double Mixed = 0.85;
        private const double Foreign = -1.5;
        private const double SignInWord = -2.5;
        private const double Undefined = -8;
        private const double WrongCase = -2;
        private const double MixedScripts = -1.5;
        private const double HomeBonus = 0.3;

        private readonly char[] letters = new char[256];
        private readonly FrozenSet<char>[] languages;
        private readonly FrozenSet<char> all;
        private readonly string regions;

        public Model(string encoding, string[] languages, string regions)
        {
            (Encoding, this.regions) = (encoding, regions);
            this.languages = [.. languages.Select(language => language.ToFrozenSet())];
            all = languages.SelectMany(static language => language).ToFrozenSet();
            var decoder = TextEncodings.Get(encoding);
            for (var code = 0; code < 256; code++)
                letters[code] = decoder.GetString([(byte)code]) is [var single] ? single : '\uFFFD';
        }

        public string Encoding { get; }

        /// <summary>By letter, for the language that fits best, or a little less for all of the encoding's languages together: customers come from several countries.</summary>
        public double Score(ReadOnlySpan<byte> sample, string? region)
        {
            Span<double> byLanguage = stackalloc double[languages.Length];
            double together = 0;
            double always = 0;
            var count = 0;
            for (var at = 0; at < sample.Length; at++)
            {
                if (sample[at] < 0x80)
                    continue;
                count++;
                var letter = letters[sample[at]];
                var before = at > 0 ? letters[sample[at - 1]] : ' ';
                var after = at + 1 < sample.Length ? letters[sample[at + 1]] : ' ';
                always += Shape(letter, before, after);
                if (!char.IsLetter(letter) && char.GetUnicodeCategory(letter) is not System.Globalization.UnicodeCategory.NonSpacingMark)
                    continue;
                together += all.Contains(letter) ? Mixed : Foreign;
                for (var language = 0; language < languages.Length; language++)
                    byLanguage[language] += languages[language].Contains(letter) ? Expected : Foreign;
            }

            if (count is 0)
                return 0;
            var best = together;
            foreach (var score in byLanguage)
                best = Math.Max(best, score);
            var atHome = region is not null && regions.Contains(region, StringComparison.OrdinalIgnoreCase) ? HomeBonus : 0;
            return ((best + always) / count) + atHome;
        }

        private static double Shape(char letter, char before, char after)
        {
            if (letter is '\uFFFD' || char.IsControl(letter))
                return Undefined;
            if (!char.IsLetter(letter))
                return char.IsLetter(before) && char.IsLetter(after) && letter is not ('’' or '\u00AD' or '–') && !char.IsLetterOrDigit(letter) && !IsMark(letter) ? SignInWord : 0;
            double score = 0;
            if (char.IsUpper(letter) && char.IsLower(before))
                score += WrongCase;
            if (char.IsLower(letter) && char.IsUpper(before) && char.IsUpper(after))
                score += WrongCase;
            // Greek, Cyrillic, Hebrew and Arabic letters do not stand in Latin words.
            if (letter > '\u036F' && (char.IsAsciiLetter(before) || char.IsAsciiLetter(after)))
                score += MixedScripts;
            return score;
        }

        private static bool IsMark(char letter) => char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.NonSpacingMark;
    }
}
