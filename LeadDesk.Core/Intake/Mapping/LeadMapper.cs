using LeadDesk.Common;

namespace LeadDesk.Intake.Mapping;

/// <summary>
/// Puts the answers of a form, whoever's it is, into the places of a lead: as people decided in the <see cref="FieldMapping"/>, else
/// as <see cref="FieldGuess"/> says. Every answer ends up somewhere, but for what is ignored. Pure; the order of the answers does
/// not change what goes where.
/// </summary>
public static class LeadMapper
{
    private const int Decided = 1000;
    private const int LongestParticular = 500;

    /// <summary>Names of metadata that have a place on the lead; see <see cref="IncomingLead.Metadata"/>.</summary>
    private static readonly Dictionary<LeadField, string> KnownNames = new Dictionary<LeadField, string>
    {
        [LeadField.Company] = "company",
        [LeadField.JobTitle] = "job_title",
        [LeadField.Address] = "address",
        [LeadField.City] = "city",
        [LeadField.Country] = "country",
        [LeadField.Interest] = "interest",
        [LeadField.Campaign] = "campaign",
        [LeadField.Source] = "source",
    };

    public static MappedLead Map(IReadOnlyList<FormAnswer> answers, FieldMapping mapping)
    {
        var placed = Place(answers, mapping);
        var chosen = Choose(placed);
        var rest = new OrderedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var answer in placed.Where(answer => answer.CustomField is not null && answer.Values.Count > 0))
            MappedText.Add(rest, answer.CustomField!, answer.Values);
        foreach (var (field, known) in KnownNames)
        {
            if (mapping.Constants.TryGetValue(field, out var constant) && MappedText.Clean(constant) is { Length: > 0 } text)
                rest.Add(known, [text]);
            else if (chosen.TryGetValue(field, out var answer))
                MappedText.Add(rest, known, answer.Values);
        }

        var used = new HashSet<Placed>(ReferenceEqualityComparer.Instance);
        var name = Constant(mapping, LeadField.Name) ?? FullName(chosen, used);
        var phone = Constant(mapping, LeadField.Phone) ?? Single(chosen, LeadField.Phone, used, rest);
        var email = Constant(mapping, LeadField.Email) ?? Single(chosen, LeadField.Email, used, rest);
        var message = Message(placed, chosen, mapping, used, rest);
        foreach (var answer in placed)
        {
            var hasPlace = KnownNames.ContainsKey(answer.Field) && chosen.GetValueOrDefault(answer.Field) == answer && !mapping.Constants.ContainsKey(answer.Field);
            if (answer.Values.Count > 0 && !hasPlace && answer.CustomField is null && !used.Contains(answer) && answer.Field is not (LeadField.Ignore or LeadField.Consent))
                MappedText.Add(rest, answer.CustomKey, answer.Values);
        }

        return new MappedLead { Name = name, Phone = phone, Email = email, Message = message, Answers = rest, Consents = Consents(placed) };
    }

    /// <summary>What each answer is taken for, in their order: for the mapping page.</summary>
    public static IReadOnlyList<LeadField> Fields(IReadOnlyList<FormAnswer> answers, FieldMapping mapping) =>
        [.. answers.Select(answer => Decision(mapping, answer) ?? FieldGuess.Of(answer).Field)];

    private static List<Placed> Place(IReadOnlyList<FormAnswer> answers, FieldMapping mapping)
    {
        var placed = new List<Placed>(answers.Count);
        foreach (var answer in answers)
        {
            var clean = answer with { Values = [.. answer.Values.Select(MappedText.Clean)] };
            var (field, strength) = Decision(mapping, answer) is { } decided ? new FieldGuess(decided, Decided) : FieldGuess.Of(clean);
            string[] values = [.. clean.Values.Where(value => value.Length > 0)];
            placed.Add(new Placed(clean, MappedText.CleanKey(answer.Key), field, strength, values, Find(mapping.CustomFields, answer)));
        }

        return placed;
    }

    private static LeadField? Decision(FieldMapping mapping, FormAnswer answer) => Key(mapping.Fields, answer) is { } key ? mapping.Fields[key] : null;

    private static string? Find(IReadOnlyDictionary<string, string> customFields, FormAnswer answer) => Key(customFields, answer) is { } key ? customFields[key] : null;

    private static string? Key<T>(IReadOnlyDictionary<string, T> decisions, FormAnswer answer) => decisions.ContainsKey(answer.Key)
        ? answer.Key
        : decisions.Keys.FirstOrDefault(key => key.AsSpan().Trim().Equals(answer.Key.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Where several answers are the same thing, the surest counts; among equals the longest, and then the one whose key comes first, so that order does not matter.</summary>
    private static Dictionary<LeadField, Placed> Choose(List<Placed> placed)
    {
        var chosen = new Dictionary<LeadField, Placed>();
        foreach (var group in placed.Where(answer => answer.Values.Count > 0 && answer.Field is not (LeadField.Custom or LeadField.Ignore or LeadField.Consent)).GroupBy(answer => answer.Field))
        {
            var fitting = group.Where(answer => answer.Field is LeadField.Message || KnownNames.ContainsKey(answer.Field) || answer.Values[0].Length <= LongestParticular);
            var best = fitting.OrderByDescending(answer => answer.Strength).ThenByDescending(answer => answer.Field is LeadField.Message ? answer.Values[0].Length : 0)
                .ThenBy(answer => answer.Answer.Key, StringComparer.Ordinal).ThenBy(answer => answer.Values[0], StringComparer.Ordinal).FirstOrDefault();
            if (best is not null)
                chosen[group.Key] = best;
        }

        return chosen;
    }

    private static string? Constant(FieldMapping mapping, LeadField field) =>
        mapping.Constants.TryGetValue(field, out var text) && MappedText.Clean(text) is { Length: > 0 and <= LongestParticular } clean ? clean : null;

    /// <summary>Many forms ask for parts: first and last name, or (in Romance languages) "nom" beside "prénom".</summary>
    private static string? FullName(Dictionary<LeadField, Placed> chosen, HashSet<Placed> used)
    {
        var whole = chosen.GetValueOrDefault(LeadField.Name);
        var first = chosen.GetValueOrDefault(LeadField.FirstName);
        var last = chosen.GetValueOrDefault(LeadField.LastName);
        if (whole is not null && first is not null && last is not null)
            (first, last) = (null, null);
        Placed[] parts = [.. new[] { first, whole, last }.OfType<Placed>()];
        if (whole is not null)
            parts = [.. parts.Where(part => part == whole || !SearchText.ContainsWords(SearchText.Fold(Joined(whole)), SearchText.Fold(Joined(part))))];
        var name = string.Join(' ', parts.Select(Joined));
        if (name.Length is 0 or > LongestParticular)
            return null;
        used.UnionWith(parts);
        return name;
    }

    private static string Joined(Placed part) => string.Join(' ', part.Values);

    /// <summary>Somebody has one phone and one address here; others that he gave stay beside them.</summary>
    private static string? Single(Dictionary<LeadField, Placed> chosen, LeadField field, HashSet<Placed> used, OrderedDictionary<string, IReadOnlyList<string>> rest)
    {
        if (!chosen.TryGetValue(field, out var answer))
            return null;
        used.Add(answer);
        if (answer.Values.Count > 1)
            MappedText.Add(rest, answer.CustomKey, [.. answer.Values.Skip(1)]);
        return answer.Values[0];
    }

    /// <summary>Fields that somebody decided are all the message are all in it.</summary>
    private static string? Message(
        List<Placed> placed, Dictionary<LeadField, Placed> chosen, FieldMapping mapping, HashSet<Placed> used, OrderedDictionary<string, IReadOnlyList<string>> rest)
    {
        var parts = placed.Where(answer => answer is { Field: LeadField.Message, Strength: Decided, Values.Count: > 0 }).ToList();
        if (parts.Count is 0 && chosen.TryGetValue(LeadField.Message, out var best))
            parts.Add(best);
        used.UnionWith(parts);
        var text = string.Join("\n\n", parts.Select(part => string.Join('\n', part.Values)));
        if (mapping.Constants.TryGetValue(LeadField.Message, out var constant) && MappedText.Clean(constant) is { Length: > 0 } fixedText)
            text = text.Length is 0 ? fixedText : $"{fixedText}\n\n{text}";
        if (text.Length is 0)
            return null;
        var message = MappedText.Piece(text, 0, LeadNormaliser.LongestMessage);
        if (message.Length < text.Length)
            MappedText.Add(rest, "message (continued)", [text[message.Length..]]);
        return message;
    }

    private static List<ConsentAnswer> Consents(List<Placed> placed) =>
    [
        .. from answer in placed
           where answer.Field is LeadField.Consent
           let words = answer.Values.Where(value => !FieldContent.IsYesOrNo(value) && value.Length <= LeadNormaliser.LongestMessage).ToList()
           let label = MappedText.Clean(answer.Answer.Label ?? "")
           let text = label.Length > 0 ? label : words.Count > 0 ? string.Join(' ', words) : answer.Key
           select new ConsentAnswer(answer.Key, text, answer.Values.Any(value => !FieldContent.IsNo(value))),
    ];

    /// <param name="Answer">As it came, cleaned.</param>
    /// <param name="Values">Those that say something.</param>
    /// <param name="CustomField">The key of one of the company's own fields: somebody decided that it goes there.</param>
    private sealed record Placed(FormAnswer Answer, string Key, LeadField Field, int Strength, IReadOnlyList<string> Values, string? CustomField)
    {
        /// <summary>
        /// An answer that somebody decided is a custom one must not be read as the lead's company because it is called so; see
        /// <see cref="LeadNormaliser"/>.
        /// </summary>
        public string CustomKey => Field is LeadField.Custom && Strength == Decided && FieldWords.Exact(FieldWords.Read(Key)) is { } known && KnownNames.ContainsKey(known)
            ? $"{Key} (answer)"
            : Readable;

        /// <summary>Form services name their questions by ids (<c>question_3EKz4n</c>, <c>01FKXT…</c>, <c>5.2</c>), which tell nobody anything: there the question itself is the key.</summary>
        private string Readable => Answer.Label is { } label && FieldWords.IsOpaque(Key) && MappedText.Clean(label) is { Length: > 0 } question ? MappedText.CleanKey(question) : Key;
    }
}
