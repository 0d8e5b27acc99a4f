namespace LeadDesk.Leads.Duplicates;

/// <summary>
/// Words of names that sound alike in Latin letters (Soundex's classes, without its limit of four): Mohammed, Muhamad and
/// Mohamed; Schmidt, Schmitt and Smith do not need to. In other scripts a word is itself.
/// </summary>
internal static class NameSound
{
    private const int Longest = 6;

    /// <summary>Classes of the letters a to z; vowels, h, w and y are silent.</summary>
    private const string Classes = "01230120022455012623010202";

    /// <returns>0 for initials.</returns>
    public static uint Of(ReadOnlySpan<char> word)
    {
        if (word.Length < 2)
            return word.IsEmpty || char.IsAscii(word[0]) ? 0 : Profile.HashOf(word);
        Span<char> sound = stackalloc char[Longest];
        var (length, before) = (0, '0');
        for (var i = 0; i < word.Length && length < Longest; i++)
        {
            if (word[i] is < 'a' or > 'z')
                return Profile.HashOf(word);
            var letter = Classes[word[i] - 'a'];
            if (i is 0)
                sound[length++] = word[0];
            else if (letter is not '0' && letter != before)
                sound[length++] = letter;
            before = letter;
        }

        return Profile.HashOf(sound[..length]);
    }
}
