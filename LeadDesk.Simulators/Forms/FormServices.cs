using System.Text.Json.Nodes;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Forms;

/// <summary>What hosted form services send.</summary>
internal static class FormServices
{
    public static OutgoingCall Typeform(FormSubmission form)
    {
        JsonObject Field(string id, string title, string type) => new() { ["id"] = id, ["ref"] = "ref-" + id, ["type"] = type, ["title"] = title };
        JsonObject Answer(string id, string fieldType, string type, JsonNode value) => new()
        {
            ["type"] = type,
            [type] = value,
            ["field"] = new JsonObject { ["id"] = id, ["type"] = fieldType, ["ref"] = "ref-" + id },
        };
        var body = FormPlatforms.Bytes(new JsonObject
        {
            ["event_id"] = "LtWXD" + form.Id,
            ["event_type"] = "form_response",
            ["form_response"] = new JsonObject
            {
                ["form_id"] = "lT4Z3j",
                ["token"] = "a3a12ec67a1365927098a606107fac15" + form.Id,
                ["landed_at"] = form.Iso,
                ["submitted_at"] = form.Iso,
                ["hidden"] = new JsonObject { ["utm_source"] = "newsletter" },
                ["definition"] = new JsonObject
                {
                    ["id"] = "lT4Z3j",
                    ["title"] = "Office check",
                    ["fields"] = new JsonArray(
                        Field("n1", "What's your name?", "short_text"), Field("e1", "And your e-mail?", "email"), Field("p1", "Your phone", "phone_number"),
                        Field("c1", "Which rooms?", "multiple_choice"), Field("t1", "Anything else?", "long_text")),
                },
                ["answers"] = new JsonArray(
                    Answer("n1", "short_text", "text", form.Person.FullName), Answer("e1", "email", "email", form.Person.Email),
                    Answer("p1", "phone_number", "phone_number", form.Person.Phone),
                    Answer("c1", "multiple_choice", "choices", new JsonObject { ["labels"] = new JsonArray("Kitchen", "Meeting room") }),
                    Answer("t1", "long_text", "text", form.Person.Message)),
            },
        });
        return FormPlatforms.Raw(body, ("Typeform-Signature", form.SigningSecret is { } secret ? "sha256=" + Convert.ToBase64String(FormPlatforms.Hmac(secret, body)) : null));
    }

    public static OutgoingCall Tally(FormSubmission form)
    {
        JsonObject Field(string key, string label, string type, JsonNode value) => new() { ["key"] = "question_" + key, ["label"] = label, ["type"] = type, ["value"] = value };
        var rooms = Field("rooms", "Which rooms?", "CHECKBOXES", new JsonArray("opt-2"));
        rooms["options"] = new JsonArray(new JsonObject { ["id"] = "opt-1", ["text"] = "Kitchen" }, new JsonObject { ["id"] = "opt-2", ["text"] = "Meeting room" });
        var body = FormPlatforms.Bytes(new JsonObject
        {
            ["eventId"] = "a4cb511e-d513-4fa5-baee-" + form.Id,
            ["eventType"] = "FORM_RESPONSE",
            ["createdAt"] = form.Iso,
            ["data"] = new JsonObject
            {
                ["responseId"] = "2wgx4n" + form.Id,
                ["submissionId"] = "2wgx4n" + form.Id,
                ["respondentId"] = "dwQKYm",
                ["formId"] = "VwbNEw",
                ["formName"] = "Office check",
                ["createdAt"] = form.Iso,
                ["fields"] = new JsonArray(
                    Field("name", "Your name", "INPUT_TEXT", form.Person.FullName), Field("mail", "E-mail", "INPUT_EMAIL", form.Person.Email),
                    Field("phone", "Phone", "INPUT_PHONE_NUMBER", form.Person.Phone), rooms, Field("text", "Message", "TEXTAREA", form.Person.Message)),
            },
        });
        return FormPlatforms.Raw(body, ("Tally-Signature", form.SigningSecret is { } secret ? Convert.ToBase64String(FormPlatforms.Hmac(secret, body)) : null));
    }
}
