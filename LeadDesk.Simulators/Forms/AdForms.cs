using System.Globalization;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Forms;

/// <summary>What ad platforms and connector tools send.</summary>
internal static class AdForms
{
    private const long TikTokId = 7_012_345_678_900_000_000;

    public static OutgoingCall Google(FormSubmission form) => Google(form, isTest: false);

    public static OutgoingCall GoogleTest(FormSubmission form) => Google(form, isTest: true);

    /// <summary>URNs only; the answers are then asked of <see cref="LinkedInApi"/>.</summary>
    public static OutgoingCall LinkedIn(FormSubmission form)
    {
        var body = FormPlatforms.Bytes(new JsonObject
        {
            ["type"] = "LEAD_ACTION",
            ["leadGenFormResponse"] = $"urn:li:leadGenFormResponse:{LinkedInApi.ResponseId(form.Number)}",
            ["leadGenForm"] = $"urn:li:versionedLeadGenForm:(urn:li:leadGenForm:{LinkedInApi.FormId},1)",
            ["owner"] = new JsonObject { ["organization"] = "urn:li:organization:5509810" },
            ["associatedEntity"] = new JsonObject { ["associatedCreative"] = "urn:li:sponsoredCreative:11223344" },
            ["leadType"] = "SPONSORED",
            ["leadAction"] = "CREATED",
            ["occurredAt"] = new DateTimeOffset(form.At).ToUnixTimeMilliseconds(),
        });
        return FormPlatforms.Raw(body, ("X-LI-Signature", form.SigningSecret is { } secret ? MetaJson.Hex(FormPlatforms.Hmac(secret, [.. "hmacsha256="u8, .. body])) : null));
    }

    /// <summary>Ids are numbers of 19 digits.</summary>
    public static OutgoingCall TikTok(FormSubmission form)
    {
        JsonObject Change(string field, string value) => new() { ["field"] = field, ["value"] = value };
        var body = FormPlatforms.Bytes(new JsonObject
        {
            ["object"] = 1,
            ["time"] = new DateTimeOffset(form.At).ToUnixTimeSeconds(),
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = TikTokId + form.Number,
                ["page_id"] = TikTokId + 1,
                ["advertiser_id"] = TikTokId + 2,
                ["campaign_id"] = TikTokId + 3,
                ["adgroup_id"] = TikTokId + 4,
                ["ad_id"] = TikTokId + 5,
                ["create_time"] = new DateTimeOffset(form.At).ToUnixTimeSeconds(),
                ["lead_source"] = "INSTANT_FORM",
                ["changes"] = new JsonArray(Change("name", form.Person.FullName), Change("email", form.Person.Email), Change("phone_number", form.Person.Phone)),
            }),
        });
        return FormPlatforms.Raw(body, ("X-Open-Signature", form.SigningSecret is { } secret ? MetaJson.Hex(FormPlatforms.Hmac(secret, body)) : null));
    }

    /// <summary>The one-level shape of connector tools.</summary>
    public static OutgoingCall Flat(FormSubmission form) => FormPlatforms.Json(
        new JsonObject
        {
            ["id"] = "flat-" + form.Id,
            ["created_time"] = form.Iso,
            ["full_name"] = form.Person.FullName,
            ["email"] = form.Person.Email,
            ["phone_number"] = form.Person.Phone,
            ["city"] = form.Person.City,
            ["message"] = form.Person.Message,
            ["platform"] = "fb",
            ["campaign_name"] = "Autumn offices",
            ["utm_source"] = "facebook",
        },
        ("X-Webhook-Secret", form.SigningSecret));

    /// <summary>The key inside the body is the only proof.</summary>
    private static OutgoingCall Google(FormSubmission form, bool isTest)
    {
        JsonObject Column(string id, string name, string value) => new() { ["column_id"] = id, ["column_name"] = name, ["string_value"] = value };
        return FormPlatforms.Json(new JsonObject
        {
            ["lead_id"] = "TeSter-123-ABCDEFGHIJKLMNOPQRSTUVWXYZ-" + form.Id,
            ["api_version"] = "1.0",
            ["form_id"] = 40000000000,
            ["campaign_id"] = 123498765.ToString(CultureInfo.InvariantCulture),
            ["adgroup_id"] = 20000000000,
            ["creative_id"] = 30000000000,
            ["gcl_id"] = "EAIaIQobChMI" + form.Id,
            ["google_key"] = form.SigningSecret,
            ["is_test"] = isTest,
            ["lead_submit_time"] = form.Iso,
            ["user_column_data"] = new JsonArray(
                Column("FULL_NAME", "Full Name", form.Person.FullName), Column("EMAIL", "User Email", form.Person.Email), Column("PHONE_NUMBER", "User Phone", form.Person.Phone),
                Column("what_do_you_need?", "What do you need?", form.Person.Message)),
        });
    }
}
