using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Forms.Platforms;

/// <summary>
/// Google Ads lead forms: <c>{"lead_id":"TeSter","api_version":"1.0","form_id":40000000000,"campaign_id":"123","gcl_id":"…","google_key":"secret","is_test":true,"lead_submit_time":"2026-05-04T13:30:00Z",
/// "user_column_data":[{"column_id":"FULL_NAME","column_name":"Full name","string_value":"Ada"}]}</c>. Numbers may be strings.
/// </summary>
internal static class GoogleAds
{
    public static FormSubmission? TryRead(FormNode root)
    {
        if (!root.Has("user_column_data") && !(root.Has("google_key") && root.Has("lead_id")))
            return null;
        var answers = new FormAnswers();
        foreach (var column in root["user_column_data"]?.Items ?? [])
        {
            if (column.TextOf("column_id", "column_name") is { } id)
                answers.Add(new(id, column.TextOf("column_name"), [.. FormAnswers.Texts(column["string_value"] ?? column["value"] ?? FormNode.Empty).Where(text => text.Length > 0)], Hint(id)));
        }

        return new()
        {
            Platform = FormPlatform.GoogleAds,
            Answers = answers.All,
            RepeatKey = root.TextOf("lead_id"),
            IsTest = root.TextOf("is_test")?.ToLowerInvariant() is "true" or "1",
            OccurredAt = FormText.Time(root.TextOf("lead_submit_time")),
            GoogleKey = root.TextOf("google_key"),
            Attribution = Facts.Of(
                ("form_id", root.TextOf("form_id")), ("campaign_id", root.TextOf("campaign_id")), ("adgroup_id", root.TextOf("adgroup_id")), ("creative_id", root.TextOf("creative_id")),
                ("asset_group_id", root.TextOf("asset_group_id")), ("gclid", root.TextOf("gcl_id", "gclid")), ("lead_source", root.TextOf("lead_source")), ("lead_stage", root.TextOf("lead_stage"))),
        };
    }

    private static LeadField? Hint(string column) => column.ToUpperInvariant() switch
    {
        "FULL_NAME" => LeadField.Name,
        "FIRST_NAME" => LeadField.FirstName,
        "LAST_NAME" => LeadField.LastName,
        "EMAIL" => LeadField.Email,
        "PHONE_NUMBER" => LeadField.Phone,
        "COMPANY_NAME" => LeadField.Company,
        "JOB_TITLE" => LeadField.JobTitle,
        "STREET_ADDRESS" => LeadField.Address,
        "CITY" => LeadField.City,
        "COUNTRY" => LeadField.Country,
        _ => null,
    };
}

/// <summary>
/// TikTok: <c>{"object":1,"time":1758794733,"entry":[{"id":7012345678901234567,"campaign_id":…,"create_time":1758794730,"changes":[{"field":"email","value":"a@b.co"}]}]}</c>.
/// Ids are numbers of 19 digits. Several entries are cut apart before they come here.
/// </summary>
internal static class TikTok
{
    public static bool IsBody(FormNode root) =>
        root["entry"] is { IsList: true } entries && root.TextOf("object") is not ("page" or "instagram" or "whatsapp_business_account")
        && entries.Items.All(entry => entry["changes"] is { } changes && changes.Items.All(change => change.Has("field")));

    public static FormSubmission? TryRead(FormNode root)
    {
        if (!IsBody(root))
            return null;
        var entry = root["entry"]!.Items[0];
        var answers = new FormAnswers();
        foreach (var change in entry["changes"]!.Items)
        {
            if (change.TextOf("field") is { } field)
                answers.Add(new(field, null, [.. FormAnswers.Texts(change["value"] ?? FormNode.Empty)]));
        }

        return new()
        {
            Platform = FormPlatform.TikTok,
            Answers = answers.All,
            RepeatKey = entry.TextOf("id"),
            IsTest = entry.TextOf("is_test")?.ToLowerInvariant() is "true" or "1",
            OccurredAt = FormText.Time(entry.TextOf("create_time") ?? root.TextOf("time")),
            Attribution = Facts.Of(
                ("page_id", entry.TextOf("page_id")), ("advertiser_id", entry.TextOf("advertiser_id")), ("campaign_id", entry.TextOf("campaign_id")), ("campaign", entry.TextOf("campaign_name")),
                ("adgroup_id", entry.TextOf("adgroup_id")), ("adgroup_name", entry.TextOf("adgroup_name")), ("ad_id", entry.TextOf("ad_id")), ("ad_name", entry.TextOf("ad_name")),
                ("lead_source", entry.TextOf("lead_source"))),
        };
    }
}

/// <summary>
/// LinkedIn says only that there is a lead:
/// <c>{"type":"LEAD_ACTION","leadGenFormResponse":"urn:li:leadGenFormResponse:9a1b","leadGenForm":"urn:li:leadGenForm:7","leadAction":"CREATED","leadType":"SPONSORED","occurredAt":1758794730000}</c>.
/// What is fetched then is kept as <c>{"response":{…},"form":{…}}</c> and read here as well.
/// </summary>
internal static class LinkedIn
{
    public static FormSubmission? TryRead(FormNode root)
    {
        if (root.TextOf("leadGenFormResponse", "leadFormResponse") is not { } urn)
            return null;
        var id = LastPart(urn);
        return new()
        {
            Platform = FormPlatform.LinkedIn,
            RepeatKey = root.TextOf("leadAction")?.ToUpperInvariant() is "DELETED" ? $"{id}:deleted" : id,
            FetchId = id,
            Deleted = root.TextOf("leadAction")?.ToUpperInvariant() is "DELETED",
            OccurredAt = FormText.Time(root.TextOf("occurredAt")),
            Attribution = Facts.Of(
                ("form_id", LastPart(root.TextOf("leadGenForm", "leadForm"))), ("creative_id", LastPart(root["associatedEntity"]?.TextOf("associatedCreative", "creative"))),
                ("lead_type", root.TextOf("leadType"))),
        };
    }

    /// <param name="fetched">Of the response: <c>formResponse.answers[].answerDetails</c>, by question id. Of the form: <c>content.questions[]</c>.</param>
    public static FormSubmission Complete(FormSubmission notice, FormNode fetched)
    {
        var response = fetched["response"] ?? fetched;
        var form = fetched["form"];
        var questions = (form?["content"]?["questions"]?.Items ?? []).Where(question => question.Has("questionId")).GroupBy(question => question.TextOf("questionId")!).ToDictionary(group => group.Key, group => group.First());
        var answers = new FormAnswers();
        foreach (var answer in response["formResponse"]?["answers"]?.Items ?? [])
        {
            if (answer.TextOf("questionId") is not { } id)
                continue;
            var question = questions.GetValueOrDefault(id);
            var key = question?.TextOf("predefinedField", "name") ?? question?["question"]?["localized"]?.Members.Select(member => member.Value.Text).FirstOrDefault() ?? id;
            answers.Add(new(key, question?["question"]?["localized"]?.Members.Select(member => member.Value.Text).FirstOrDefault(), Values(answer["answerDetails"], question)));
        }

        foreach (var consent in response["formResponse"]?["consentResponses"]?.Items ?? [])
            answers.Add(new($"consent_{consent.TextOf("consentId")}", ConsentText(form, consent.TextOf("consentId")), [consent.TextOf("accepted") ?? ""], LeadField.Consent));
        return notice with
        {
            Answers = answers.All,
            FetchId = null,
            IsTest = response.TextOf("testLead")?.ToLowerInvariant() is "true" or "1",
            OccurredAt = FormText.Time(response.TextOf("submittedAt")) ?? notice.OccurredAt,
            FormName = form?.TextOf("name"),
        };
    }

    private static string[] Values(FormNode? details, FormNode? question)
    {
        if (details?["multipleChoiceAnswer"]?["options"] is not { } chosen)
            return [.. FormAnswers.Texts(details ?? FormNode.Empty).Where(text => text.Length > 0)];
        var options = question?["questionDetails"]?["multipleChoiceQuestionDetails"]?["options"]?.Items ?? [];
        return
        [
            .. FormAnswers.Texts(chosen).Select(id => options.FirstOrDefault(option => option.TextOf("id") == id) is { } option
                ? option["text"]?["localized"]?.Members.Select(member => member.Value.Text).FirstOrDefault() ?? option.TextOf("text", "name") ?? id
                : id),
        ];
    }

    private static string? ConsentText(FormNode? form, string? id)
    {
        var consents = form?["content"]?["legalInfo"]?["consents"]?.Items ?? [];
        var consent = consents.FirstOrDefault(candidate => candidate.TextOf("id", "consentId") == id);
        return consent?["consent"]?["localized"]?.Members.Select(member => member.Value.Text).FirstOrDefault() ?? consent?.TextOf("consent");
    }

    private static string? LastPart(string? urn) => urn?[(urn.LastIndexOf(':') + 1)..];
}
