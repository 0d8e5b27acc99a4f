using LeadDesk.Common;
using LeadDesk.Intake.Email.Mime;
using LeadDesk.Intake.Import.Values;
using LeadDesk.Intake.Mapping;
using LeadDesk.Leads.Fields;

namespace LeadDesk.Intake.Import.Rows;

/// <summary>Turns rows into leads as the rules say, or says what is wrong with a row. Pure; one reader serves one thread.</summary>
internal sealed class RowReader
{
    public const string Channel = "import";

    private const int LongestParticular = 500;
    private const int LongestMessage = LeadNormaliser.LongestMessage;

    private static readonly byte[] Nothing = [];

    private readonly ImportRules rules;
    private readonly ImportSetting setting;
    private readonly string region;
    private readonly RowCells source;
    private readonly RowPlaces places;
    private readonly (FieldReader Reader, ImportColumn? Column, string? Constant)[] fields;

    public RowReader(ImportRules rules, ImportSetting setting)
    {
        (this.rules, this.setting) = (rules, setting);
        region = rules.Region ?? setting.Company.Region;
        source = new RowCells(rules);
        places = new RowPlaces(source, rules, setting);
        fields = [.. FieldReaders()];
    }

    /// <param name="cells">As they stand in the file.</param>
    public ImportedRow Read(int number, List<string> cells)
    {
        var row = new ImportedRow { Number = number };
        source.Rest.Clear();
        if (Extra(cells) is { } extra)
            return Reject(row, cells, extra);
        var phone = Phone(cells, out var phoneLost);
        var email = source.First(cells, ImportTarget.Email, LongestParticular);
        var name = Name(cells, ref email);
        var message = Message(cells);
        var created = Created(cells, out var dateProblem);
        if (dateProblem is not null)
            return Reject(row, cells, dateProblem);
        if (Fields(row, cells) is { } fieldProblem)
            return Reject(row, cells, fieldProblem);
        if (Value(row, cells) is { } valueProblem)
            return Reject(row, cells, valueProblem);
        places.Read(row, cells);
        var (external, known) = (External(cells), RowFacts.Read(source, cells, rules.IsMeta));
        source.AddAnswers(cells);
        var incoming = new IncomingLead
        {
            Source = rules.IsMeta ? InboundSources.Meta : InboundSources.Import,
            Raw = Nothing,
            ExternalId = external,
            RepeatKey = rules.IsMeta ? external : null,
            Origin = rules.IsMeta ? MetaForm(cells) : null,
            Channel = source.Text(cells, ImportTarget.Channel) is { } channel ? Mapped(ImportTarget.Channel, channel) : Channel,
            Name = name,
            Phone = phone,
            Email = email,
            Message = message,
            Region = region,
            Metadata = known,
            MetadataJson = source.Json(),
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
        foreach (var column in source.Of(ImportTarget.Phone))
        {
            if (source.Cell(cells, column) is not { } written)
                continue;
            var text = CellPhones.Restore(written, out var isLost);
            if (isLost)
                lost ??= text;
            if (best is null || (!isLost && PhoneNumber.TryParse(text, region, out _) && !PhoneNumber.TryParse(best, region, out _)))
            {
                if (best is not null)
                    source.Rest.Add((column.Name, best));
                best = text;
            }
            else
            {
                source.Rest.Add((column.Name, text));
            }
        }

        return best ?? source.Constant(ImportTarget.Phone);
    }

    private string? Name(List<string> cells, ref string? email)
    {
        var name = source.Joined(cells, ImportTarget.Name, " ");
        var (first, last) = (source.Joined(cells, ImportTarget.FirstName, " "), source.Joined(cells, ImportTarget.LastName, " "));
        name ??= first is null ? last : last is null ? first : $"{first} {last}";
        foreach (var column in source.Of(ImportTarget.NameAndEmail))
        {
            if (source.Cell(cells, column) is not { } both)
                continue;
            var found = MailAddresses.First(both);
            email ??= found?.Address;
            name ??= found is { } known ? known.Name : both;
        }

        return name ?? source.Constant(ImportTarget.Name);
    }

    private string? Message(List<string> cells)
    {
        var message = source.Joined(cells, ImportTarget.Message, "\n\n");
        if (message is null || message.Length <= LongestMessage)
            return message;
        var piece = MappedText.Piece(message, 0, LongestMessage);
        source.Rest.Add(("message (continued)", message[piece.Length..]));
        return piece;
    }

    private DateTime? Created(List<string> cells, out string? problem)
    {
        problem = null;
        if (source.Joined(cells, ImportTarget.CreatedAt, " ") is not { } written)
            return null;
        var column = source.Of(ImportTarget.CreatedAt) is [var first, ..] ? first : null;
        if (CellDates.Read(written, column?.DateOrder ?? rules.DateOrder) is not { } date)
        {
            problem = $"“{RowCells.Short(written)}” in column “{column?.Name}” cannot be read as a date ({OrderWords}). Correct it, or choose another order of day, month and year.";
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
            if ((column is null ? constant : source.Cell(cells, column) ?? constant) is not { } text)
                continue;
            if (reader.Read(text, out var problem) is not { } value)
                return $"“{RowCells.Short(text)}” in column “{column?.Name ?? reader.Name}” does not fit the field “{reader.Name}”. {problem}";
            if (value.Values.Count > 0)
                read.Add(value);
        }

        row.Fields = read;
        return null;
    }

    private string? Value(ImportedRow row, List<string> cells)
    {
        if (source.Text(cells, ImportTarget.Value) is not { } text)
            return null;
        if (CellNumbers.Read(text, rules.DecimalComma) is not { } amount || decimal.Abs(amount) > 1_000_000_000_000)
            return $"“{RowCells.Short(text)}” in column “{source.Of(ImportTarget.Value).FirstOrDefault()?.Name}” cannot be read as an amount.";
        row.Value = (long)decimal.Round(amount * 100, MidpointRounding.AwayFromZero);
        return null;
    }

    private string? External(List<string> cells) => source.First(cells, ImportTarget.ExternalId, 250);

    private string? MetaForm(List<string> cells) =>
        Array.Find(source.Of(ImportTarget.Answer), static column => string.Equals(column.Name, "form_id", StringComparison.OrdinalIgnoreCase)) is { } form ? source.Cell(cells, form) : null;

    private IReadOnlyList<ConsentAnswer> Consents(List<string> cells)
    {
        if (source.Of(ImportTarget.Consent) is not { Length: > 0 } asked)
            return [];
        return
        [
            .. from column in asked
               let text = source.Cell(cells, column)
               where text is not null
               select new ConsentAnswer(column.Name, column.Name, !FieldContent.IsNo(text)),
        ];
    }

    private string? Unreachable(LeadCandidate candidate, string? phone, string? lost)
    {
        if (candidate.PhoneValid || candidate.EmailValid || (candidate.ChannelId is not null && (candidate.Name is not null || rules.IsMeta)))
            return null;
        if (lost is not null)
            return $"Excel has shortened the phone to {RowCells.Short(lost)}; its last digits are lost. Format the column as text in the original and export it again.";
        if (phone is not null && candidate.Email is not null)
            return $"Neither the phone “{RowCells.Short(phone)}” nor the e-mail “{RowCells.Short(candidate.Email)}” can be used. Correct one of them.";
        if (phone is not null)
            return $"“{RowCells.Short(phone)}” is no phone number that can be called, and there is no e-mail. Write it with its country code, such as +44 20 7946 0958.";
        return candidate.Email is { } email
            ? $"“{RowCells.Short(email)}” is no e-mail address, and there is no phone. Write it like name@example.com."
            : "The row has neither a phone nor an e-mail, so nobody can answer this person.";
    }

    private string? Mapped(ImportTarget target, string text) =>
        source.Of(target) is [{ Values: { } values }, ..] && values.TryGetValue(text, out var meant) ? meant : text.Length <= 50 ? text : text[..50];

    private IEnumerable<(FieldReader, ImportColumn?, string?)> FieldReaders()
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in source.Of(ImportTarget.Field))
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
}
