namespace LeadDesk.Leads.Duplicates;

/// <summary>One round of a scan: only leads that share such a value are compared.</summary>
internal enum BlockPass
{
    PhoneTail = 1,
    Email = 2,
    Identity = 3,
    BirthDate = 4,
    AddressLine = 5,
    Organisation = 6,
    EmailLocal = 7,
    Postcode = 8,
    NameWord = 9,
    City = 10,

    /// <summary>The first half of an identity, and the last: a mistake spoils only one of them.</summary>
    IdentityHalf = 11,

    /// <summary>House number and postcode, house number and city.</summary>
    House = 12,
}

/// <summary>
/// The values by which leads are brought together, as hashes. One pair of duplicates meets in several rounds, so a typing
/// mistake in one value does not hide it; name words meet by their sound.
/// </summary>
internal static class BlockingKeys
{
    /// <summary>No lead has more keys than this, of all rounds together.</summary>
    public const int Most = Profile.MostFacts + 16;

    private const int TailDigits = 8;
    private const int FewestLocalLetters = 4;
    private const int FewestIdentityDigits = 6;

    /// <summary>The city alone brings too many together: it only divides what is too large.</summary>
    public static IReadOnlyList<BlockPass> Passes { get; } =
        [BlockPass.PhoneTail, BlockPass.Email, BlockPass.Identity, BlockPass.IdentityHalf, BlockPass.BirthDate, BlockPass.House,
        BlockPass.AddressLine, BlockPass.Organisation, BlockPass.EmailLocal, BlockPass.Postcode, BlockPass.NameWord];

    /// <summary>The keys of one lead in one round.</summary>
    /// <returns>How many were written.</returns>
    public static int Write(Profile profile, BlockPass pass, Span<uint> keys)
    {
        if (pass is BlockPass.House)
            return WriteHouses(profile, keys);
        var count = 0;
        foreach (var fact in profile)
        {
            if (fact.Kind is FactKind.Identity && pass is BlockPass.IdentityHalf && fact.Text.Length >= FewestIdentityDigits)
            {
                keys[count++] = Mixed(pass, Profile.HashOf(fact.Text[..((fact.Text.Length + 1) / 2)]));
                keys[count++] = Mixed(pass, Profile.HashOf(fact.Text[(fact.Text.Length / 2)..]) + 1);
            }
            else if (IsOf(fact.Kind, pass) && KeyOf(fact, pass) is var key and not 0 && !keys[..count].Contains(key))
                keys[count++] = key;
        }

        return count;
    }

    /// <summary>The keys of one lead in all rounds, by which a block that is too large is divided.</summary>
    public static int WriteAll(Profile profile, Span<uint> keys)
    {
        var count = 0;
        foreach (var fact in profile)
        {
            foreach (var pass in PassesOf(fact.Kind))
            {
                if (KeyOf(fact, pass) is var key and not 0 && count < keys.Length)
                    keys[count++] = key;
            }
        }

        return count;
    }

    private static int WriteHouses(Profile profile, Span<uint> keys)
    {
        var (house, count) = (0u, 0);
        // House numbers stand before postcodes and cities.
        foreach (var fact in profile)
        {
            if (fact.Kind is FactKind.HouseNumber)
                house = fact.Hash;
            else if (house is not 0 && fact.Kind is FactKind.Postcode or FactKind.City)
                keys[count++] = Mixed(BlockPass.House, (house * 31) + fact.Hash);
        }

        return count;
    }

    private static ReadOnlySpan<BlockPass> PassesOf(FactKind kind) => kind switch
    {
        FactKind.Name => [BlockPass.NameWord],
        FactKind.Phone => [BlockPass.PhoneTail],
        FactKind.Email => [BlockPass.Email, BlockPass.EmailLocal],
        FactKind.Organisation => [BlockPass.Organisation],
        FactKind.BirthDate => [BlockPass.BirthDate],
        FactKind.Identity => [BlockPass.Identity],
        FactKind.AddressLine => [BlockPass.AddressLine],
        FactKind.Postcode => [BlockPass.Postcode],
        FactKind.City => [BlockPass.City],
        _ => [],
    };

    private static bool IsOf(FactKind kind, BlockPass pass) => PassesOf(kind).Contains(pass);

    /// <returns>0 when the value is too short to bring anybody together.</returns>
    private static uint KeyOf(Fact fact, BlockPass pass) => pass switch
    {
        BlockPass.PhoneTail => fact.Text.Length < TailDigits ? Mixed(pass, fact.Hash) : Mixed(pass, Profile.HashOf(fact.Text[^TailDigits..])),
        BlockPass.EmailLocal => fact.Text.IndexOf('@') is >= FewestLocalLetters and var at ? Mixed(pass, Profile.HashOf(fact.Text[..at])) : 0,
        BlockPass.NameWord => NameSound.Of(fact.Text) is var sound and not 0 ? Mixed(pass, sound) : 0,
        _ => Mixed(pass, fact.Hash),
    };

    private static uint Mixed(BlockPass pass, uint hash) => (hash ^ ((uint)pass * 0x9E3779B1u)) | 1;
}
