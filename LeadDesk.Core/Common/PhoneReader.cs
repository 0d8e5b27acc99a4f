namespace LeadDesk.Common;

/// <summary>
/// Finds the number that was meant. The rules are those of libphonenumber; where they find nothing, the habits of exports follow:
/// another country's "00" or "011", and calling codes without any prefix.
/// </summary>
/// <param name="home">Where numbers without a calling code belong, or null.</param>
/// <param name="scratch"><see cref="ScratchLength"/> characters to rewrite numbers in.</param>
internal ref struct PhoneReader(PhoneTerritory? home, Span<char> scratch)
{
    // Four numbers: one without its bracketed zero, one rewritten by the home's trunk rule, one by the calling code's, one for the proof.
    private const int RoomForOne = PhoneNumber.MaxWrittenLength + PhoneTerritory.MaxTrunkTransform;
    public const int ScratchLength = 4 * RoomForOne;

    private const int MinE164Digits = 7;
    private const int MaxE164Digits = 15;

    private readonly PhoneTerritory? _home = home;
    private readonly Span<char> _scratch = scratch;
    private string _callingCode = "";
    private ReadOnlySpan<char> _national;

    /// <summary>The territory of the number read; null where its calling code cannot tell.</summary>
    public string? Region { get; private set; }

    /// <summary>Prefers a number that is assigned to somebody over one that merely fits a country's general pattern.</summary>
    public bool TryRead(in WrittenPhone phone)
    {
        var digits = phone.Digits;
        // "+0300" and "+0092" carry a plus that means nothing.
        var hasCode = phone.HasPlus && digits[0] != '0';
        if (TryRead(digits, hasCode, assigned: true)) return true;
        if (phone.BracketedZero < 0) return TryRead(digits, hasCode, assigned: false);

        var without = _scratch[..(digits.Length - 1)];
        digits[..phone.BracketedZero].CopyTo(without);
        digits[(phone.BracketedZero + 1)..].CopyTo(without[phone.BracketedZero..]);
        return TryRead(without, hasCode, assigned: true)
            || TryRead(digits, hasCode, assigned: false)
            || TryRead(without, hasCode, assigned: false);
    }

    /// <summary>Writes the number that was read and returns it.</summary>
    public readonly ReadOnlySpan<char> CopyE164(Span<char> target)
    {
        Span<char> national = stackalloc char[_national.Length];
        _national.CopyTo(national);
        target[0] = '+';
        _callingCode.CopyTo(target[1..]);
        national.CopyTo(target[(1 + _callingCode.Length)..]);
        return target[..(1 + _callingCode.Length + national.Length)];
    }

    private bool TryRead(ReadOnlySpan<char> digits, bool hasCode, bool assigned)
    {
        if (hasCode) return TryInternational(digits, assigned);
        return TryAtHome(digits, assigned)
            || (digits.StartsWith("00") && TryInternational(digits[2..], assigned))
            || (digits.StartsWith("011") && TryInternational(digits[3..], assigned))
            // A WhatsApp id. It carries no sign of its calling code, so only an assigned number is proof enough.
            || (assigned && TryInternational(digits, assigned));
    }

    private bool TryInternational(ReadOnlySpan<char> digits, bool assigned)
    {
        var sharing = PhoneTerritories.OfCallingCode(digits);
        return !sharing.IsEmpty && TryPlace(sharing, digits[sharing[0].CallingCode.Length..], assigned);
    }

    private bool TryAtHome(ReadOnlySpan<char> digits, bool assigned)
    {
        if (_home is null) return false;
        var prefix = _home.InternationalPrefixLength(digits);
        if (prefix > 0 && TryInternational(digits[prefix..], assigned)) return true;

        var code = _home.CallingCode;
        var sharing = PhoneTerritories.OfCallingCode(code);
        var room = _scratch.Slice(RoomForOne, RoomForOne);
        // 92 300 1234567 in Pakistan. Digits that are assigned both with and without the calling code nearly always carry it,
        // because those who leave it out write the trunk prefix.
        if (digits.StartsWith(code) && (assigned || !_home.Fits(digits))
            && TryAccept(sharing, _home.WithoutTrunk(digits[code.Length..], room), assigned)) return true;
        return TryAccept(sharing, _home.WithoutTrunk(digits, room), assigned);
    }

    private bool TryPlace(ReadOnlySpan<PhoneTerritory> sharing, ReadOnlySpan<char> national, bool assigned) =>
        TryAccept(sharing, sharing[0].WithoutTrunk(national, _scratch.Slice(2 * RoomForOne, RoomForOne)), assigned);

    private bool TryAccept(ReadOnlySpan<PhoneTerritory> sharing, ReadOnlySpan<char> national, bool assigned)
    {
        var code = sharing[0].CallingCode;
        if (code.Length + national.Length is < MinE164Digits or > MaxE164Digits) return false;
        // As E.164 it must read as itself; in Belarus, which drops 0 and 8, some would lose another digit.
        if (!sharing[0].WithoutTrunk(national, _scratch[(3 * RoomForOne)..]).SequenceEqual(national)) return false;
        if (assigned)
        {
            if (PlaceOf(sharing, national) is not { } place || !place.IsAssigned(national)) return false;
            Region = place.Region;
        }
        else
        {
            if (!FitsAny(sharing, national)) return false;
            Region = sharing.Length == 1 ? sharing[0].Region : null;
        }

        _callingCode = code;
        _national = national;
        return true;
    }

    private static PhoneTerritory? PlaceOf(ReadOnlySpan<PhoneTerritory> sharing, ReadOnlySpan<char> national)
    {
        if (sharing.Length == 1) return sharing[0];
        foreach (var territory in sharing)
        {
            if (territory.Claims(national)) return territory;
        }

        return null;
    }

    private static bool FitsAny(ReadOnlySpan<PhoneTerritory> sharing, ReadOnlySpan<char> national)
    {
        foreach (var territory in sharing)
        {
            if (territory.Fits(national)) return true;
        }

        return false;
    }
}
