using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Forms.Platforms;

/// <summary>
/// An entry of Gravity Forms, from its webhooks or its REST API, keyed by input ids. Parts of one question share the number before the dot:
/// <c>{"id":"97","form_id":"5","date_created":"2026-05-04 13:30:00","1.3":"Ada","1.6":"Lovelace","2":"ada@example.com","4.1":"Red","4.2":"","5.1":"1","5.2":"I agree.","is_read":0}</c>.
/// Our own fetching puts the form beside it, which has the questions: <c>{"form":{"title":"Contact","fields":[{"id":2,"label":"E-mail","type":"email"}]},"entry":{…}}</c>.
/// </summary>
internal static class GravityForms
{
    // About the entry, not from the visitor.
    private static readonly HashSet<string> OfTheEntry = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "form_id", "post_id", "date_created", "date_updated", "is_starred", "is_read", "ip", "source_url", "source_id", "user_agent", "currency", "payment_status", "payment_date",
        "payment_amount", "payment_method", "transaction_id", "is_fulfilled", "created_by", "transaction_type", "status", "resume_token", "_links",
    };

    public static FormSubmission? TryRead(FormNode root)
    {
        var entry = root["entry"] is { IsObject: true } wrapped ? wrapped : root;
        var marks = (entry.Has("date_created") ? 1 : 0) + (entry.Has("source_url") ? 1 : 0) + (entry.Has("is_read") ? 1 : 0) + (entry.Has("user_agent") ? 1 : 0);
        if (!entry.Has("form_id") || marks is 0 || !entry.Members.Any(member => InputId(member.Name) is not null))
            return null;
        var form = root["form"];
        var answers = new FormAnswers();
        foreach (var group in entry.Members.Where(member => InputId(member.Name) is not null).GroupBy(member => Field(InputId(member.Name)!)))
            AddField(answers, group.Key, [.. group.Select(member => (Part(InputId(member.Name)!), Text(member.Value)))], Definition(form, group.Key));
        foreach (var (name, value) in entry.Members.Where(member => InputId(member.Name) is null && !OfTheEntry.Contains(member.Name)))
            answers.AddAll(FormNode.Of([new FormMember(name, value)]));
        var (id, formId) = (entry.TextOf("id"), entry.TextOf("form_id"));
        return new()
        {
            Platform = FormPlatform.GravityForms,
            Answers = answers.All,
            RepeatKey = id is null ? null : $"{formId}:{id}",
            OccurredAt = FormText.Time(entry.TextOf("date_created")),
            FormName = form?.TextOf("title"),
            Attribution = Facts.Of(("form_id", formId), ("page_url", entry.TextOf("source_url"))),
            Ignored = entry.TextOf("status")?.ToLowerInvariant() is "spam" or "trash" ? "The site's own filter put it into its spam or trash." : null,
        };
    }

    private static FormNode? Definition(FormNode? form, string field) =>
        form?["fields"] is { } fields ? fields.Items.Concat(fields.Members.Select(member => member.Value)).FirstOrDefault(candidate => candidate.TextOf("id") == field) : null;

    /// <summary><c>1.3</c>; forms write <c>input_1_3</c> or <c>input_1.3</c>.</summary>
    private static string? InputId(string name)
    {
        var id = name.Trim();
        if (id.StartsWith("input_", StringComparison.OrdinalIgnoreCase))
            id = id["input_".Length..].Replace('_', '.');
        var dots = id.Count(c => c is '.');
        return id.Length > 0 && dots <= 1 && char.IsAsciiDigit(id[0]) && char.IsAsciiDigit(id[^1]) && id.All(c => char.IsAsciiDigit(c) || c is '.') ? id : null;
    }

    private static string Field(string inputId) => inputId.Split('.')[0];

    private static string Part(string inputId) => inputId.Split('.') is [_, var part] ? part : "";

    private static string Text(FormNode node) => string.Join(", ", FormAnswers.Texts(node).Where(text => text.Length > 0));

    private static void AddField(FormAnswers answers, string field, (string Part, string Text)[] parts, FormNode? definition)
    {
        var label = definition?.TextOf("label", "adminLabel");
        var type = definition?.TextOf("type") ?? GuessType(parts);
        switch (type)
        {
            case "name" when parts.Length > 1 || parts[0].Part.Length > 0:
                AddParts(answers, field, label, parts, part => part switch { "3" => LeadField.FirstName, "6" => LeadField.LastName, _ => LeadField.Custom });
                break;
            case "address" when parts.Length > 1:
                answers.Add(new($"{field}.1", label, [string.Join(", ", parts.Where(part => part.Part is "1" or "2" && part.Text.Length > 0).Select(part => part.Text))], LeadField.Address));
                AddParts(answers, field, label, [.. parts.Where(part => part.Part is not ("1" or "2"))], part => part switch { "3" => LeadField.City, "6" => LeadField.Country, _ => LeadField.Custom });
                break;
            case "consent" when parts.Length > 1:
                var text = parts.FirstOrDefault(part => part.Part is "2").Text;
                answers.Add(new(field, text is { Length: > 0 } ? text : label, [parts.FirstOrDefault(part => part.Part is "1").Text ?? ""], LeadField.Consent));
                break;
            default:
                LeadField? hint = type switch { "email" => LeadField.Email, "phone" => LeadField.Phone, _ => null };
                answers.Add(new(field, label, [.. parts.Select(part => part.Text).Where(value => value.Length > 0)], hint));
                break;
        }
    }

    private static void AddParts(FormAnswers answers, string field, string? label, (string Part, string Text)[] parts, Func<string, LeadField> target)
    {
        foreach (var (part, text) in parts)
        {
            if (text.Length > 0)
                answers.Add(new(part.Length is 0 ? field : $"{field}.{part}", label, [text], part.Length is 0 ? null : target(part)));
        }
    }

    /// <summary>Without the form: names have no <c>.1</c>, a consent's are "1" and its text, an address has a number in its street or post code.</summary>
    private static string GuessType((string Part, string Text)[] parts)
    {
        var byPart = parts.GroupBy(part => part.Part).ToDictionary(group => group.Key, group => group.First().Text);
        if (byPart.Keys.All(part => part is "2" or "3" or "4" or "6" or "8"))
            return byPart.ContainsKey("3") || byPart.ContainsKey("6") ? "name" : "checkbox";
        if (byPart.Keys.All(part => part is "1" or "2" or "3") && byPart.GetValueOrDefault("1") is "1" or "" && byPart.GetValueOrDefault("2") is { Length: > 0 }
            && byPart.GetValueOrDefault("3") is null or { Length: 0 } or [>= '0' and <= '9', ..])
        {
            return "consent";
        }

        var isAddress = byPart.Keys.All(part => part is "1" or "2" or "3" or "4" or "5" or "6") && byPart.GetValueOrDefault("3") is { Length: > 0 }
            && (byPart.GetValueOrDefault("1", "") + byPart.GetValueOrDefault("5", "")).Any(char.IsDigit);
        return isAddress ? "address" : "checkbox";
    }
}
