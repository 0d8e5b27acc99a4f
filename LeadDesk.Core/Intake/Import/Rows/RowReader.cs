using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LeadDesk.Common;
using LeadDesk.Intake.Email.Mime;
using LeadDesk.Intake.Import.Guessing;
using LeadDesk.Intake.Import.Values;
using LeadDesk.Intake.Mapping;
using LeadDesk.Leads;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Intake.Import.Rows;

/// <summary>Turns rows into leads as the rules say, or says what is wrong with a row. Pure; one reader serves one thread.</summary>
internal sealed class RowReader
{
    public const string Channel = "import";

    private const int LongestParticular = 500;
    private const int LongestMessage = LeadNormaliser.LongestMessage;
    private const int MostTags = 20;
    private const int LongestTag = 60;

    private static readonly byte[] Nothing = [];
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ImportRules rules;
    private readonly ImportSetting setting;
    private readonly string region;
    private readonly ImportColumn[][] columns;
    private readonly ImportColumn[] answers;
    private readonly (FieldReader Reader, ImportColumn? Column, string? Constant)[] fields;
    private readonly Dictionary<string, Stage?> stages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long?> owners = new(StringComparer.OrdinalIgnoreCase);
    private readonly string? fixedOwner;
    private readonly string? fixedStage;
    private readonly ArrayBufferWriter<byte> json = new(1024);
    private readonly List<(string Name, string Value)> rest = [];

    public RowReader(ImportRules rules, ImportSetting setting)
    {
        (this.rules, this.setting) = (rules, setting);
        region = rules.Region ?? setting.Company.Region;
        columns = [.. Enum.GetValues<ImportTarget>().Select(target => rules.Columns.Where(column => column.To == target).ToArray())];
        answers = Of(ImportTarget.Answer);
        fixedOwner = Constant(ImportTarget.Owner);
        fixedStage = Constant(ImportTarget.Stage);
        fields = [.. FieldReaders()];
    }

    /// <param name="cells">As they stand in the file.</param>
    public ImportedRow Read(int number, List<string> cells)
    {
        var row = new ImportedRow { Number = number };
        rest.Clear();
        if (Extra(cells) is { } extra)
            return Reject(row, cells, extra);
        var phone = Phone(cells, out var phoneLost);
        var email = First(cells, ImportTarget.Email, LongestParticular);
        var name = Name(cells, ref email);
        var message = Message(cells);
        var created = Created(cells, out var dateProblem);
        if (dateProblem is not null)
            return Reject(row, cells, dateProblem);
        if (Fields(row, cells) is { } fieldProblem)
            return Reject(row, cells, fieldProblem);
        if (Value(row, cells) is { } valueProblem)
            return Reject(row, cells, valueProblem);
        Place(row, cells);
        var (external, known) = (External(cells), Known(cells));
        AddAnswers(cells);
        var incoming = new IncomingLead
        {
            Source = rules.IsMeta ? InboundSources.Meta : InboundSources.Import,
            Raw = Nothing,
            ExternalId = external,
            RepeatKey = rules.IsMeta ? external : null,
            Origin = rules.IsMeta ? MetaForm(cells) : null,
            Channel = Text(cells, ImportTarget.Channel) is { } channel ? Mapped(ImportTarget.Channel, channel) : Channel,
            Name = name,
            Phone = phone,
            Email = email,
            Message = message,
            Region = region,
            Metadata = known,
            MetadataJson = Json(rest),
            OccurredAt = created,
            AcceptWithoutContact = true,
            Consents = Consents(cells),
        };
        var candidate = LeadNormaliser.Normalise(incoming, region);
        if (!candidate.Succeeded)
            return Reject(row, cells, candidate.Refusal.Message);
        if (Unreachable(candidate.Value, phone, phoneLost) is { } nobody)
            return Reject(row, cells, nobody);
        (row.Incoming, row.Candidate) = (incoming, candidate.Value);
        return row;
    }

    public static bool IsEmpty(List<string> cells)
    {
        foreach (var cell in cells)
        {
            if (!string.IsNullOrWhiteSpace(cell))
                return false;
        }

        return true;
    }

    private static ImportedRow Reject(ImportedRow row, List<string> cells, string problem)
    {
        (row.Problem, row.Cells) = (problem, [.. cells]);
        return row;
    }

    /// <summary>More cells than columns: a separator stands in a text without quotes, and everything behind it is in the wrong column.</summary>
    private string? Extra(List<string> cells)
    {
        for (var i = rules.Columns.Count; i < cells.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(cells[i]))
                return $"The row has {cells.Count} cells and the table {rules.Columns.Count} columns: a separator stands in a text without quotes. Put the text in quotes.";
        }

        return null;
    }

    private string? Phone(List<string> cells, out string? lost)
    {
        lost = null;
        string? best = null;
        foreach (var column in Of(ImportTarget.Phone))
        {
            if (Cell(cells, column) is not { } written)
                continue;
            var text = CellPhones.Restore(written, out var isLost);
            if (isLost)
                lost ??= text;
            if (best is null || (!isLost && PhoneNumber.TryParse(text, region, out _) && !PhoneNumber.TryParse(best, region, out _)))
            {
                if (best is not null)
                    rest.Add((column.Name, best));
                best = text;
            }
            else
            {
                rest.Add((column.Name, text));
            }
        }

        return best ?? Constant(ImportTarget.Phone);
    }

    /// <summary>The first that says something; further ones stay among the answers.</summary>
    private string? First(List<string> cells, ImportTarget target, int longest)
    {
        string? first = null;
        foreach (var column in Of(target))
        {
            if (Cell(cells, column) is not { } text)
                continue;
            if (first is null && text.Length <= longest)
                first = text;
            else
                rest.Add((column.Name, text));
        }

        return first ?? Constant(target);
    }

    private string? Name(List<string> cells, ref string? email)
    {
        var name = Joined(cells, ImportTarget.Name, " ");
        var (first, last) = (Joined(cells, ImportTarget.FirstName, " "), Joined(cells, ImportTarget.LastName, " "));
        name ??= first is null ? last : last is null ? first : $"{first} {last}";
        foreach (var column in Of(ImportTarget.NameAndEmail))
        {
            if (Cell(cells, column) is not { } both)
                continue;
            var found = MailAddresses.First(both);
            email ??= found?.Address;
            name ??= found is { } known ? known.Name : both;
        }

        return name ?? Constant(ImportTarget.Name);
    }

    private string? Message(List<string> cells)
    {
        var message = Joined(cells, ImportTarget.Message, "\n\n");
        if (message is null || message.Length <= LongestMessage)
            return message;
        var piece = MappedText.Piece(message, 0, LongestMessage);
        rest.Add(("message (continued)", message[piece.Length..]));
        return piece;
    }

    private DateTime? Created(List<string> cells, out string? problem)
    {
        problem = null;
        if (Joined(cells, ImportTarget.CreatedAt, " ") is not { } written)
            return null;
        var column = Of(ImportTarget.CreatedAt) is [var first, ..] ? first : null;
        if (CellDates.Read(written, column?.DateOrder ?? rules.DateOrder) is not { } date)
        {
            problem = $"“{Short(written)}” in column “{column?.Name}” cannot be read as a date ({OrderWords}). Correct it, or choose another order of day, month and year.";
            return null;
        }

        if (date.IsUtc)
            return date.At;
        var zone = setting.Company.Zone;
        // A day without a time is the whole day: its noon is that day in every neighbouring zone too.
        var local = date.HasTime ? date.At : date.At.AddHours(12);
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
    }

    private string OrderWords => rules.DateOrder switch
    {
        DateOrder.MonthDayYear => "month, day, year",
        DateOrder.YearMonthDay => "year, month, day",
        _ => "day, month, year",
    };

    private string? Fields(ImportedRow row, List<string> cells)
    {
        if (fields.Length is 0)
            return null;
        var read = new List<ReadField>(fields.Length);
        foreach (var (reader, column, constant) in fields)
        {
            if ((column is null ? constant : Cell(cells, column) ?? constant) is not { } text)
                continue;
            if (reader.Read(text, out var problem) is not { } value)
                return $"“{Short(text)}” in column “{column?.Name ?? reader.Name}” does not fit the field “{reader.Name}”. {problem}";
            if (value.Values.Count > 0)
                read.Add(value);
        }

        row.Fields = read;
        return null;
    }

    private string? Value(ImportedRow row, List<string> cells)
    {
        if (Text(cells, ImportTarget.Value) is not { } text)
            return null;
        if (CellNumbers.Read(text, rules.DecimalComma) is not { } amount || decimal.Abs(amount) > 1_000_000_000_000)
            return $"“{Short(text)}” in column “{Of(ImportTarget.Value).FirstOrDefault()?.Name}” cannot be read as an amount.";
        row.Value = (long)decimal.Round(amount * 100, MidpointRounding.AwayFromZero);
        return null;
    }

    /// <summary>Stage, owner and tags; a stage or person that is not known here stays among the answers as it was written.</summary>
    private void Place(ImportedRow row, List<string> cells)
    {
        foreach (var column in Of(ImportTarget.Stage))
        {
            if (Cell(cells, column) is not { } written)
                continue;
            if (!stages.TryGetValue(written, out var stage))
                stages[written] = stage = ValueWords.Stage(column.Values?.GetValueOrDefault(written) ?? written, setting.Company.Stages);
            row.Stage ??= stage;
            if (stage is null)
                Leave(row, column, "stage", written);
        }

        foreach (var column in Of(ImportTarget.Owner))
        {
            if (Cell(cells, column) is not { } written)
                continue;
            if (!owners.TryGetValue(written, out var owner))
                owners[written] = owner = ValueWords.Owner(column.Values?.GetValueOrDefault(written) ?? written, setting.Users)?.Id;
            row.OwnerId ??= owner;
            if (owner is null)
                Leave(row, column, "owner", written);
        }

        row.Stage ??= fixedStage is null ? null : ValueWords.Stage(fixedStage, setting.Company.Stages);
        row.OwnerId ??= fixedOwner is null ? null : ValueWords.Owner(fixedOwner, setting.Users)?.Id;
        if (Of(ImportTarget.Tags).Length > 0 || rules.Constants.ContainsKey("tags"))
            row.Tags = Tags(cells);
    }

    private void Leave(ImportedRow row, ImportColumn column, string target, string written)
    {
        rest.Add((column.Name, written));
        row.Unknown = [.. row.Unknown, (column.Name, target, Short(written))];
    }

    private List<string> Tags(List<string> cells)
    {
        var tags = new List<string>();
        var written = Of(ImportTarget.Tags).Select(column => Cell(cells, column)).Append(Constant(ImportTarget.Tags)).OfType<string>();
        foreach (var tag in written.SelectMany(static text => text.Split([',', ';', '|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var name = tag.TrimStart('#');
            if (name.Length is > 0 and <= LongestTag && tags.Count < MostTags && !tags.Contains(name, StringComparer.OrdinalIgnoreCase))
                tags.Add(name);
        }

        return tags;
    }

    private string? External(List<string> cells) => First(cells, ImportTarget.ExternalId, 250);

    private string? MetaForm(List<string> cells) =>
        Array.Find(answers, static column => string.Equals(column.Name, "form_id", StringComparison.OrdinalIgnoreCase)) is { } form ? Cell(cells, form) : null;

    /// <summary>What the lead has a place for, under the names of <see cref="IncomingLead.Metadata"/>.</summary>
    private Dictionary<string, string> Known(List<string> cells)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        Put(known, "company", First(cells, ImportTarget.Company, LongestParticular));
        Put(known, "job_title", First(cells, ImportTarget.JobTitle, LongestParticular));
        Put(known, "city", First(cells, ImportTarget.City, LongestParticular));
        Put(known, "country", First(cells, ImportTarget.Country, LongestParticular));
        Put(known, "interest", First(cells, ImportTarget.Interest, LongestParticular));
        Put(known, "campaign", First(cells, ImportTarget.Campaign, LongestParticular));
        var source = First(cells, ImportTarget.Source, LongestParticular);
        Put(known, "source", rules.IsMeta ? Platform(source) : source);
        if (Joined(cells, ImportTarget.FullAddress, ", ") is { } full)
        {
            var (address, city, country) = FullAddresses.Split(full);
            rest.Add(("address", address));
            Put(known, "city", known.ContainsKey("city") ? null : city);
            Put(known, "country", known.ContainsKey("country") ? null : country);
        }

        if (Joined(cells, ImportTarget.Address, ", ") is { } street)
            rest.Add(("address", street));
        return known;
    }

    /// <summary>As the sync names it.</summary>
    private static string? Platform(string? platform) => platform?.ToLowerInvariant() switch
    {
        "ig" => "Instagram",
        "fb" => "Facebook",
        _ => platform,
    };

    private static void Put(Dictionary<string, string> known, string name, string? text)
    {
        if (text is not null)
            known[name] = text;
    }

    private IReadOnlyList<ConsentAnswer> Consents(List<string> cells)
    {
        if (Of(ImportTarget.Consent) is not { Length: > 0 } asked)
            return [];
        return
        [
            .. from column in asked
               let text = Cell(cells, column)
               where text is not null
               select new ConsentAnswer(column.Name, column.Name, !FieldContent.IsNo(text)),
        ];
    }

    private void AddAnswers(List<string> cells)
    {
        foreach (var column in answers)
        {
            if (Cell(cells, column) is { } text)
                rest.Add((column.Name, text));
        }
    }

    private string? Unreachable(LeadCandidate candidate, string? phone, string? lost)
    {
        if (candidate.PhoneValid || candidate.EmailValid || (candidate.ChannelId is not null && (candidate.Name is not null || rules.IsMeta)))
            return null;
        if (lost is not null)
            return $"Excel has shortened the phone to {Short(lost)}; its last digits are lost. Format the column as text in the original and export it again.";
        if (phone is not null && candidate.Email is not null)
            return $"Neither the phone “{Short(phone)}” nor the e-mail “{Short(candidate.Email)}” can be used. Correct one of them.";
        if (phone is not null)
            return $"“{Short(phone)}” is no phone number that can be called, and there is no e-mail. Write it with its country code, such as +44 20 7946 0958.";
        return candidate.Email is { } email
            ? $"“{Short(email)}” is no e-mail address, and there is no phone. Write it like name@example.com."
            : "The row has neither a phone nor an e-mail, so nobody can answer this person.";
    }

    private string? Mapped(ImportTarget target, string text) =>
        Of(target) is [{ Values: { } values }, ..] && values.TryGetValue(text, out var meant) ? meant : text.Length <= 50 ? text : text[..50];

    private string? Text(List<string> cells, ImportTarget target)
    {
        foreach (var column in Of(target))
        {
            if (Cell(cells, column) is { } text)
                return text;
        }

        return Constant(target);
    }

    private string? Joined(List<string> cells, ImportTarget target, string between)
    {
        string? joined = null;
        foreach (var column in Of(target))
        {
            if (Cell(cells, column) is { } text)
                joined = joined is null ? text : joined + between + text;
        }

        return joined ?? Constant(target);
    }

    private string? Cell(List<string> cells, ImportColumn column)
    {
        if (column.Index >= cells.Count)
            return null;
        var text = CellText.Clean(cells[column.Index]);
        if (text.Length is 0)
            return null;
        return rules.IsMeta || column.To is ImportTarget.Phone ? CellText.WithoutMetaPrefix(text) : text;
    }

    private string? Constant(ImportTarget target) =>
        rules.Constants.Count > 0 && rules.Constants.TryGetValue(ImportMappingJson.Word(target), out var text) && CellText.Clean(text) is { Length: > 0 } clean ? clean : null;

    private ImportColumn[] Of(ImportTarget target) => columns[(int)target];

    private IEnumerable<(FieldReader, ImportColumn?, string?)> FieldReaders()
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in Of(ImportTarget.Field))
        {
            if (setting.Company.Field(column.Field!) is { } field && seen.Add(field.Key))
                yield return (new FieldReader(field, column, rules, setting.Company), column, rules.Constants.GetValueOrDefault($"field:{field.Key}"));
        }

        foreach (var (word, text) in rules.Constants)
        {
            if (ImportMappingJson.Target(word) is { Target: ImportTarget.Field, Field: { } key } && setting.Company.Field(key) is { } field && seen.Add(field.Key))
                yield return (new FieldReader(field, null, rules, setting.Company), null, text);
        }
    }

    private string? Json(List<(string Name, string Value)> pairs)
    {
        if (pairs.Count is 0)
            return null;
        json.ResetWrittenCount();
        var names = new HashSet<string>(StringComparer.Ordinal);
        using (var writer = new Utf8JsonWriter(json, Readable))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in pairs)
            {
                var free = name;
                for (var number = 2; !names.Add(free); number++)
                    free = string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
                writer.WriteString(free, value.Length <= LongestMessage ? value : MappedText.Piece(value, 0, LongestMessage));
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static string Short(string text) => text.Length <= 60 ? text : MappedText.Piece(text, 0, 59) + "…";
}
