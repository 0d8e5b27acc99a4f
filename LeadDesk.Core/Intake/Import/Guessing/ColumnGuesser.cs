using LeadDesk.Common;
using LeadDesk.Intake.Import.Values;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Intake.Import.Guessing;

/// <summary>Proposes what the columns of a file become, from their names and from what stands in them. Pure.</summary>
internal static class ColumnGuesser
{
    /// <summary>Rows that are looked at.</summary>
    public const int SampleRows = 2_000;

    private const int Certain = 95;
    private const int Likely = 85;
    private const int Fair = 70;
    private const int ByContent = 60;
    private const int Weak = 40;

    /// <summary>Of these a lead has one; of several columns the surest counts.</summary>
    private static readonly ImportTarget[] Single =
    [
        ImportTarget.Name, ImportTarget.FirstName, ImportTarget.LastName, ImportTarget.NameAndEmail, ImportTarget.Company, ImportTarget.JobTitle, ImportTarget.City, ImportTarget.Country,
        ImportTarget.Interest, ImportTarget.Campaign, ImportTarget.Source, ImportTarget.Channel, ImportTarget.Stage, ImportTarget.Owner, ImportTarget.Tags, ImportTarget.CreatedAt, ImportTarget.ExternalId,
        ImportTarget.Value, ImportTarget.FullAddress,
    ];

    /// <summary>As <see cref="CellDates.Orders"/> numbers them.</summary>
    private static readonly DateOrder[] Orders = [DateOrder.DayMonthYear, DateOrder.MonthDayYear, DateOrder.YearMonthDay];

    public static ImportRules Guess(IReadOnlyList<ColumnProfile> profiles, ImportSetting setting)
    {
        var isMeta = IsMeta(profiles);
        var columns = profiles.Select((profile, index) => Column(profile, index, setting, isMeta)).ToArray();
        Settle(columns);
        var order = OrderOf(profiles, columns, setting.Company.Region, out var unsure);
        return new ImportRules
        {
            Columns = columns,
            IsMeta = isMeta,
            DateOrder = order,
            DateOrderUnsure = unsure,
            DecimalComma = DecimalComma(profiles, setting.Company.Region),
            Constants = isMeta ? new Dictionary<string, string>(StringComparer.Ordinal) { [ImportMappingJson.Word(ImportTarget.Channel)] = "meta" } : new Dictionary<string, string>(StringComparer.Ordinal),
        };
    }

    /// <summary>What a file's values mean, for the columns that people mapped by hand.</summary>
    public static IReadOnlyDictionary<string, string>? ValuesOf(ImportTarget target, ColumnProfile profile, ImportSetting setting)
    {
        if (!profile.HasFewValues)
            return null;
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var written in profile.Values.Keys)
        {
            var meant = target switch
            {
                ImportTarget.Stage => ValueWords.Stage(written, setting.Company.Stages)?.Name,
                ImportTarget.Owner => ValueWords.Owner(written, setting.Users)?.Name,
                _ => null,
            };
            if (meant is not null)
                values[written] = meant;
        }

        return values.Count > 0 ? values : null;
    }

    /// <summary>Meta's own names, with the letters in front of ids that its exports have, or with its long numbers.</summary>
    private static bool IsMeta(IReadOnlyList<ColumnProfile> profiles)
    {
        var names = profiles.ToDictionary(static profile => profile.Name.Trim().ToLowerInvariant(), StringComparer.Ordinal);
        if (!names.TryGetValue("id", out var id) || !names.ContainsKey("created_time"))
            return false;
        return id.Share(id.MetaIds) > 0.5 || ((names.ContainsKey("form_id") || names.ContainsKey("ad_id")) && id.Share(id.LongNumbers) > 0.5);
    }

    private static ImportColumn Column(ColumnProfile profile, int index, ImportSetting setting, bool isMeta)
    {
        if (isMeta && OfMeta(profile.Name) is { } own)
            return new(index, profile.Name, own, Confidence: Certain);
        var folded = SearchText.Fold(profile.Name);
        if (setting.Company.Fields.FirstOrDefault(field => SearchText.Fold(field.Name) == folded || string.Equals(field.Key, profile.Name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } field)
            return new(index, profile.Name, ImportTarget.Field, field.Key, Certain);
        var (target, confidence) = Named(profile, setting) ?? Content(profile) ?? (ImportTarget.Answer, profile.Filled is 0 ? 0 : Weak);
        return new(index, profile.Name, target, null, confidence, ValuesOf(target, profile, setting));
    }

    private static ImportTarget? OfMeta(string name) => name.Trim().ToLowerInvariant() switch
    {
        "id" => ImportTarget.ExternalId,
        "created_time" => ImportTarget.CreatedAt,
        "campaign_name" => ImportTarget.Campaign,
        "platform" => ImportTarget.Source,
        "ad_id" or "ad_name" or "adset_id" or "adset_name" or "campaign_id" or "form_id" or "form_name" or "is_organic" or "lead_status" => ImportTarget.Answer,
        _ => null,
    };

    private static (ImportTarget Target, int Confidence)? Named(ColumnProfile profile, ImportSetting setting)
    {
        if (ColumnWords.Exact(profile.Name) is { } exact)
            return Confirm(exact, profile, setting, Likely);
        return ColumnWords.Inside(profile.Name) is { } inside ? Confirm(inside, profile, setting, Fair) : null;
    }

    /// <summary>Weighs a name against what stands below it.</summary>
    private static (ImportTarget, int)? Confirm(ImportTarget target, ColumnProfile profile, ImportSetting setting, int confidence)
    {
        if (profile.Filled is 0)
            return (target, confidence - 20);
        switch (target)
        {
            case ImportTarget.Email:
                return profile.Share(profile.Emails) >= 0.5 ? (target, Certain) : profile.Share(profile.NamesWithEmail) >= 0.5 ? (ImportTarget.NameAndEmail, Likely) : confidence >= Likely && profile.Emails + profile.NamesWithEmail > 0 ? (target, ByContent) : Content(profile);
            case ImportTarget.Phone:
                return profile.Share(profile.Phones) >= 0.5 ? (target, Certain) : confidence >= Likely && profile.Share(profile.YesOrNo) < 0.5 && profile.Share(profile.Emails) < 0.5 ? (target, ByContent) : Content(profile);
            case ImportTarget.NameAndEmail:
                return profile.Share(profile.NamesWithEmail) >= 0.3 ? (target, Likely) : profile.Share(profile.Words) >= 0.6 ? (ImportTarget.Name, Fair) : Content(profile);
            case ImportTarget.Stage:
                return Matches(profile, value => ValueWords.Stage(value, setting.Company.Stages) is not null) >= 0.5 ? (target, Likely) : null;
            case ImportTarget.Owner:
                return profile.HasFewValues && Matches(profile, value => ValueWords.Owner(value, setting.Users) is not null) >= 0.3 ? (target, Likely) : null;
            case ImportTarget.CreatedAt:
                return profile.Share(profile.Dates) >= 0.5 ? (target, confidence) : null;
            case ImportTarget.Value:
                return profile.Share(profile.Numbers) >= 0.6 ? (target, Fair) : null;
            case ImportTarget.Address:
                return (target, confidence);
            case ImportTarget.Consent:
                return profile.Share(profile.YesOrNo) >= 0.5 || profile.HasFewValues ? (target, Fair) : null;
            case ImportTarget.Name or ImportTarget.FirstName or ImportTarget.LastName when profile.Share(profile.Emails) > 0.5:
                return (ImportTarget.Email, ByContent);
            case ImportTarget.Name or ImportTarget.FirstName or ImportTarget.LastName or ImportTarget.City or ImportTarget.Country or ImportTarget.Company when profile.Share(profile.Numbers) > 0.5:
                return Content(profile);
            case ImportTarget.Name when profile.Share(profile.NamesWithEmail) > 0.5:
                return (ImportTarget.NameAndEmail, Likely);
            default:
                return (target, confidence);
        }
    }

    private static (ImportTarget, int)? Content(ColumnProfile profile)
    {
        if (profile.Filled is 0)
            return null;
        if (profile.Share(profile.Emails) >= 0.6)
            return (ImportTarget.Email, ByContent);
        if (profile.Share(profile.NamesWithEmail) >= 0.6)
            return (ImportTarget.NameAndEmail, ByContent);
        if (profile.Share(profile.SurePhones) >= 0.6 && profile.Share(profile.Dates) < 0.5)
            return (ImportTarget.Phone, ByContent);
        var isUnnamed = profile.Name.StartsWith("Column ", StringComparison.Ordinal);
        if (isUnnamed && profile.Share(profile.Phones) >= 0.8 && profile.Share(profile.Dates) < 0.5)
            return (ImportTarget.Phone, Weak);
        if (isUnnamed && profile.Share(profile.Words) >= 0.8 && !(profile.HasFewValues && profile.Values.Count * 3 < profile.Filled))
            return (ImportTarget.Name, Weak);
        if (isUnnamed && profile.Share(profile.Dates) >= 0.8)
            return (ImportTarget.CreatedAt, Weak);
        return profile.Share(profile.Texts) >= 0.3 ? (ImportTarget.Message, Weak) : null;
    }

    private static double Matches(ColumnProfile profile, Func<string, bool> isKnown) =>
        !profile.HasFewValues ? 0 : profile.Share(profile.Values.Where(value => isKnown(value.Key)).Sum(static value => value.Value));

    /// <summary>One column for each thing of which a lead has one; parts of the name give way to the whole.</summary>
    private static void Settle(ImportColumn[] columns)
    {
        foreach (var target in Single)
        {
            var same = columns.Where(column => column.To == target).OrderByDescending(static column => column.Confidence).ThenBy(static column => column.Index).ToList();
            foreach (var other in same.Skip(1))
                columns[other.Index] = other with { To = ImportTarget.Answer, Confidence = Weak, Values = null };
        }

        if (!Array.Exists(columns, static column => column.To is ImportTarget.Name))
            return;
        var hasBoth = Array.Exists(columns, static column => column.To is ImportTarget.FirstName) && Array.Exists(columns, static column => column.To is ImportTarget.LastName);
        foreach (var part in columns.Where(column => column.To is ImportTarget.FirstName or ImportTarget.LastName))
        {
            // "Name" beside "Surname" is the first name, "Nom" beside "Prénom" the last.
            var whole = Array.Find(columns, static column => column.To is ImportTarget.Name)!;
            if (!hasBoth && part.To is ImportTarget.FirstName && SearchText.Fold(whole.Name) is "nom" or "nome")
                columns[whole.Index] = whole with { To = ImportTarget.LastName };
            else if (hasBoth || part.To is ImportTarget.FirstName)
                columns[part.Index] = part with { To = ImportTarget.Answer, Confidence = Weak };
            else
                columns[whole.Index] = whole with { To = ImportTarget.FirstName };
        }
    }

    private static DateOrder OrderOf(IReadOnlyList<ColumnProfile> profiles, ImportColumn[] columns, string region, out bool unsure)
    {
        var usual = CellDates.OrderOf(region);
        var dated = columns.Where(static column => column.To is ImportTarget.CreatedAt or ImportTarget.Field).Select(column => profiles[column.Index]).Where(static profile => profile.DateOrders[3] > 0).ToList();
        var total = dated.Sum(static profile => profile.DateOrders[3]);
        unsure = false;
        if (total is 0)
            return usual;
        var fits = new int[3];
        for (var order = 0; order < 3; order++)
            fits[order] = dated.Sum(profile => profile.DateOrders[order]);
        var best = fits.Max();
        // "2025-…" is read one way only, whatever the order.
        var isPlain = dated.TrueForAll(static profile => profile.DateOrders[0] is 0 && profile.DateOrders[1] is 0);
        var candidates = Enumerable.Range(0, 3).Where(order => fits[order] == best).Select(static order => Orders[order]).ToList();
        unsure = candidates.Count > 1 && !isPlain;
        return candidates.Contains(usual) ? usual : candidates[0];
    }

    private static bool DecimalComma(IReadOnlyList<ColumnProfile> profiles, string region)
    {
        var commas = profiles.Sum(static profile => profile.DecimalCommas);
        var points = profiles.Sum(static profile => profile.DecimalPoints);
        if (commas != points)
            return commas > points;
        return region is "TR" or "DE" or "AT" or "FR" or "ES" or "IT" or "NL" or "BE" or "PT" or "BR" or "AR" or "CL" or "CO" or "PL" or "RU" or "UA" or "SE" or "NO" or "DK" or "FI" or "GR" or "CZ" or "SK" or "HU" or "RO" or "BG" or "HR" or "SI" or "RS" or "ID" or "VN" or "UY" or "PY" or "VE" or "BO" or "EC" or "AZ";
    }
}
