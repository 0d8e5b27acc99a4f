namespace LeadDesk.Leads.Duplicates;

/// <summary>
/// The weights of single values, in bits. What a person keeps for life counts much both ways; what people change, share or
/// mistype counts little when it differs.
/// </summary>
internal static class FactMatching
{
    /// <summary>What belongs to one person alone is worth more than any doubt.</summary>
    public const float OwnedByOne = 22;

    public const float MostOfAnOrganisation = 8;
    public const float MostOfABirthDate = 14;
    public const float MostOfAHouseNumber = 7;
    public const float MostOfAPostcode = 10;
    public const float MostOfACity = 8;
    public const float MostOfAState = 3;

    private const float SamePhoneTail = 16;
    private const float AlikePhone = 5;
    private const float OtherPhone = -4;
    private const float AlikeEmail = 8;
    private const float SameLocalPart = 2;

    private const int TailDigits = 8;
    private const int FewestIdentityDigits = 6;
    private const int FewestLocalLetters = 6;

    public delegate FactScore Rule(Fact one, Fact other, ValueRarity rarity);

    /// <summary>What two values of a kind add at best that have at least so many mistakes between them.</summary>
    /// <param name="kind">One with letters that are worth counting.</param>
    /// <param name="mistakes">At least one.</param>
    /// <param name="sameLength">Both phones are as long.</param>
    public static float MostWith(FactKind kind, int mistakes, bool sameLength) => kind switch
    {
        FactKind.Phone => !sameLength ? SamePhoneTail : mistakes is 1 ? AlikePhone : OtherPhone,
        FactKind.Email => mistakes <= 2 ? AlikeEmail : SameLocalPart,
        FactKind.BirthDate => BirthDateWith(mistakes).Bits,
        _ => IdentityWith(mistakes).Bits,
    };

    /// <summary>Of people with two phones or mailboxes one in common is enough.</summary>
    public static FactScore Best(Profile one, Profile other, ValueRarity rarity, Rule rule)
    {
        var best = default(FactScore);
        foreach (var mine in one)
        {
            foreach (var theirs in other)
            {
                var score = rule(mine, theirs, rarity);
                if (best.Match is FactMatch.Unknown || score.Bits > best.Bits)
                    best = score;
            }
        }

        return best;
    }

    public static FactScore Phone(Fact one, Fact other, ValueRarity rarity)
    {
        if (Equal(one, other))
            return new(FactMatch.Same, Math.Max(rarity.Bits(one, OwnedByOne), 6));
        if (one.Text.Length != other.Text.Length && one.Text.Length >= TailDigits && other.Text.Length >= TailDigits && one.Text[^TailDigits..].SequenceEqual(other.Text[^TailDigits..]))
            return new(FactMatch.Alike, SamePhoneTail);
        // One wrong digit is the next customer's number as often as a mistake; a swap or a lost digit is not.
        if (one.Text.Length >= TailDigits && TextDistance.Mistakes(one.Text, other.Text) is 1 && !IsOneWrong(one.Text, other.Text))
            return new(FactMatch.Alike, AlikePhone);
        return new(FactMatch.Different, OtherPhone);
    }

    public static FactScore Email(Fact one, Fact other, ValueRarity rarity)
    {
        if (Equal(one, other))
            return new(FactMatch.Same, Math.Max(rarity.Bits(one, OwnedByOne), 6));
        if (one.Text.Length >= TailDigits && TextDistance.Mistakes(one.Text, other.Text) <= (one.Text.Length > 16 ? 2 : 1) && SameDigits(one.Text, other.Text))
            return new(FactMatch.Alike, AlikeEmail);
        var local = one.Text[..Math.Max(0, one.Text.IndexOf('@'))];
        if (local.Length >= FewestLocalLetters && other.Text.Length > local.Length && other.Text[local.Length] is '@' && other.Text.StartsWith(local))
            return new(FactMatch.Partly, SameLocalPart);
        return new(FactMatch.Different, -2.5f);
    }

    public static FactScore Organisation(Fact one, Fact other, ValueRarity rarity) => Text(one, other, rarity, MostOfAnOrganisation, differs: -1.5f);

    public static FactScore BirthDate(Fact one, Fact other, ValueRarity rarity)
    {
        if (Equal(one, other))
            return new(FactMatch.Same, rarity.Bits(one, MostOfABirthDate));
        if (IsDayAndMonthSwapped(one.Text, other.Text))
            return new(FactMatch.Alike, 7);
        return BirthDateWith(TextDistance.Mistakes(one.Text, other.Text));
    }

    /// <param name="mistakes">At least one.</param>
    public static FactScore BirthDateWith(int mistakes) => mistakes switch
    {
        1 => new(FactMatch.Alike, 6),
        2 => new(FactMatch.Partly, 1),
        _ => new(FactMatch.Different, -5),
    };

    public static FactScore Identity(Fact one, Fact other, ValueRarity rarity)
    {
        if (Equal(one, other))
            return new(FactMatch.Same, Math.Max(rarity.Bits(one, OwnedByOne), 4));
        return Math.Min(one.Text.Length, other.Text.Length) < FewestIdentityDigits
            ? new(FactMatch.Different, -5)
            : IdentityWith(TextDistance.Mistakes(one.Text, other.Text));
    }

    /// <param name="mistakes">At least one.</param>
    public static FactScore IdentityWith(int mistakes) => mistakes switch
    {
        1 => new(FactMatch.Alike, 9),
        2 => new(FactMatch.Alike, 4),
        3 => new(FactMatch.Partly, 0),
        _ => new(FactMatch.Different, -5),
    };

    public static FactScore HouseNumber(Fact one, Fact other, ValueRarity rarity) =>
        Equal(one, other) ? new(FactMatch.Same, rarity.Bits(one, MostOfAHouseNumber))
        : TextDistance.Mistakes(one.Text, other.Text) is 1 && one.Text.Length > 1 && other.Text.Length > 1 ? new(FactMatch.Partly, 0)
        : new(FactMatch.Different, -1.5f);

    public static FactScore Postcode(Fact one, Fact other, ValueRarity rarity) =>
        Equal(one, other) ? new(FactMatch.Same, rarity.Bits(one, MostOfAPostcode))
        : TextDistance.Mistakes(one.Text, other.Text) is 1 ? new(FactMatch.Alike, 2)
        : new(FactMatch.Different, -2);

    public static FactScore City(Fact one, Fact other, ValueRarity rarity) => Text(one, other, rarity, MostOfACity, differs: -1.5f);

    public static FactScore State(Fact one, Fact other, ValueRarity rarity) =>
        Equal(one, other) ? new(FactMatch.Same, rarity.Bits(one, MostOfAState)) : new(FactMatch.Different, -1);

    /// <summary>The rarer the value and the fewer mistakes, the more an agreement says.</summary>
    public static FactScore Text(Fact one, Fact other, ValueRarity rarity, float most, float differs)
    {
        if (Equal(one, other))
            return new(FactMatch.Same, rarity.Bits(one, most));
        var similarity = TextDistance.Similarity(one.Text, other.Text);
        return Graded(similarity, Math.Min(rarity.Bits(one, most), rarity.Bits(other, most)), differs);
    }

    /// <summary>From full disagreement at half the letters wrong to most of the agreement at one in ten wrong.</summary>
    public static FactScore Graded(float similarity, float agrees, float differs)
    {
        const float Nothing = 0.5f, Middle = 0.7f;
        if (similarity <= Nothing)
            return new(FactMatch.Different, differs);
        if (similarity < Middle)
            return new(FactMatch.Partly, differs + ((similarity - Nothing) / (Middle - Nothing) * ((0.2f * agrees) - differs)));
        return new(FactMatch.Alike, agrees * (0.2f + ((similarity - Middle) / (1 - Middle) * 0.7f)));
    }

    public static bool Equal(Fact one, Fact other) => one.Hash == other.Hash && one.Text.SequenceEqual(other.Text);

    private static bool IsOneWrong(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.Length != other.Length)
            return false;
        var wrong = 0;
        for (var i = 0; i < one.Length; i++)
            wrong += one[i] == other[i] ? 0 : 1;
        return wrong is 1;
    }

    /// <summary>ann1@ and ann2@ are two people, anne@ and ann@ may be one.</summary>
    private static bool SameDigits(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        int i = 0, j = 0;
        while (true)
        {
            while (i < one.Length && !char.IsAsciiDigit(one[i]))
                i++;
            while (j < other.Length && !char.IsAsciiDigit(other[j]))
                j++;
            if (i == one.Length || j == other.Length)
                return i == one.Length && j == other.Length;
            if (one[i++] != other[j++])
                return false;
        }
    }

    /// <summary>03/04/1990 is read in both orders.</summary>
    private static bool IsDayAndMonthSwapped(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        one.Length is 8 && other.Length is 8 && one[..4].SequenceEqual(other[..4]) && one[4..6].SequenceEqual(other[6..]) && one[6..].SequenceEqual(other[4..6]);
}
