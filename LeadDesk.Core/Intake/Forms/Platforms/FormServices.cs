using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Forms.Platforms;

/// <summary>
/// Typeform: <c>{"event_id":"LtWX","event_type":"form_response","form_response":{"form_id":"lT4Z","token":"a3a1","submitted_at":"2026-05-04T13:30:00Z","hidden":{"utm_source":"x"},
/// "definition":{"title":"Contact","fields":[{"id":"JwWg","ref":"r1","title":"E-mail?","type":"email"}]},"answers":[{"type":"email","email":"a@b.co","field":{"id":"JwWg","ref":"r1","type":"email"}}]}}</c>.
/// </summary>
internal static class Typeform
{
    public static FormSubmission? TryRead(FormNode root)
    {
        if (root["form_response"] is not { } response)
            return root.TextOf("event_type") is "form_response" ? new() { Platform = FormPlatform.Typeform, RepeatKey = root.TextOf("event_id") } : null;
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        var definition = response["definition"];
        foreach (var field in Fields(definition?["fields"]))
        {
            if (field.TextOf("id") is { } fieldId && field.TextOf("title") is { } title)
                titles[fieldId] = title;
        }

        var answers = new FormAnswers();
        foreach (var answer in response["answers"]?.Items ?? [])
            Add(answers, answer, titles);
        foreach (var part in new[] { response["hidden"], response["calculated"] })
        {
            if (part is not null)
                answers.AddAll(part);
        }

        foreach (var variable in response["variables"]?.Items ?? [])
        {
            if (variable.TextOf("key") is { } key && variable.TextOf("type") is { } type && variable[type] is { } value)
                answers.Add(new(key, null, [.. FormAnswers.Texts(value)]));
        }

        var id = response.TextOf("token") ?? root.TextOf("event_id");
        var partial = root.TextOf("event_type") is "form_response_partial" ? ":partial" : "";
        return new()
        {
            Platform = FormPlatform.Typeform,
            Answers = answers.All,
            RepeatKey = id is null ? null : id + partial, // The complete one of the same person follows.
            OccurredAt = FormText.Time(response.TextOf("submitted_at", "landed_at")),
            FormName = definition?.TextOf("title"),
            Attribution = Facts.Of(("form_id", response.TextOf("form_id"))),
        };
    }

    /// <summary>Groups have their questions inside.</summary>
    private static IEnumerable<FormNode> Fields(FormNode? fields) =>
        (fields?.Items ?? []).SelectMany(field => Fields(field["properties"]?["fields"]).Prepend(field));

    private static void Add(FormAnswers answers, FormNode answer, Dictionary<string, string> titles)
    {
        var field = answer["field"] ?? FormNode.Empty;
        var id = field.TextOf("id");
        if ((field.TextOf("ref") ?? id) is not { } key || answer.TextOf("type") is not { } type || answer[type] is not { } value)
            return;
        var values = type switch
        {
            "choice" => [.. FormAnswers.Texts(value["label"] ?? FormNode.Empty), .. FormAnswers.Texts(value["other"] ?? FormNode.Empty)],
            "choices" => [.. FormAnswers.Texts(value["labels"] ?? FormNode.Empty), .. FormAnswers.Texts(value["other"] ?? FormNode.Empty)],
            _ => FormAnswers.Texts(value).ToList(),
        };
        LeadField? hint = (type, field.TextOf("type")) switch
        {
            ("email", _) => LeadField.Email,
            ("phone_number", _) => LeadField.Phone,
            ("boolean", "legal") => LeadField.Consent,
            _ => null,
        };
        answers.Add(new(key, id is null ? null : titles.GetValueOrDefault(id), [.. values.Where(text => text.Length > 0)], hint));
    }
}

/// <summary>
/// Tally: <c>{"eventId":"a4cb","eventType":"FORM_RESPONSE","createdAt":"2026-05-04T13:30:00Z","data":{"responseId":"2wgx","formId":"VwbN","formName":"Contact","fields":[
/// {"key":"question_3E","label":"Colour?","type":"MULTIPLE_CHOICE","value":["id1"],"options":[{"id":"id1","text":"Red"}]}]}}</c>. A choice is its text, its id, or a list of ids.
/// </summary>
internal static class Tally
{
    public static FormSubmission? TryRead(FormNode root)
    {
        var data = root["data"];
        if (root.TextOf("eventType") is not "FORM_RESPONSE" && !(root.Has("eventId") && data?["fields"] is { IsList: true }))
            return null;
        var answers = new FormAnswers();
        var withOptions = new List<string>();
        foreach (var field in data?["fields"]?.Items ?? [])
        {
            var key = field.TextOf("key", "id") ?? field.TextOf("label");
            // Check boxes come twice: as a list, and each box by itself as "question_3E_id1".
            if (key is null || withOptions.Exists(parent => key.StartsWith(parent + "_", StringComparison.Ordinal)))
                continue;
            var options = field["options"]?.Items ?? [];
            if (options.Count > 0)
                withOptions.Add(key);
            var texts = options.Where(option => option.Has("id")).GroupBy(option => option.TextOf("id") ?? "").ToDictionary(group => group.Key, group => group.First().TextOf("text", "name", "label"));
            var type = field.TextOf("type");
            LeadField? hint = type switch { "INPUT_EMAIL" => LeadField.Email, "INPUT_PHONE_NUMBER" => LeadField.Phone, _ => null };
            answers.Add(new(key, field.TextOf("label"), [.. Values(field, type).Where(text => text.Length > 0).Select(text => texts.GetValueOrDefault(text) ?? text)], hint));
        }

        return new()
        {
            Platform = FormPlatform.Tally,
            Answers = answers.All,
            RepeatKey = root.TextOf("eventId") ?? data?.TextOf("responseId", "submissionId"),
            OccurredAt = FormText.Time(data?.TextOf("createdAt") ?? root.TextOf("createdAt")),
            FormName = data?.TextOf("formName"),
            Attribution = Facts.Of(("form_id", data?.TextOf("formId"))),
        };
    }

    private static IEnumerable<string> Values(FormNode field, string? type)
    {
        if (field["value"] is not { } value)
            return [];
        // Files are told by where they are; their ids and sizes tell people nothing.
        if (type is "FILE_UPLOAD" or "SIGNATURE")
            return value.Items.Select(file => file.TextOf("url", "name") ?? file.Text ?? "");
        return FormAnswers.Texts(value);
    }
}
