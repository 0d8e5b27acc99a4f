using System.Globalization;
using System.Text.Json.Nodes;
using LeadDesk.Simulators.Wire;

namespace LeadDesk.Simulators.Forms;

/// <summary>What WordPress plug-ins send.</summary>
internal static class WordPressForms
{
    private const string PageUrl = "https://atlas.example/contact/?utm_source=google&utm_medium=cpc&utm_campaign=autumn&gclid=EAIaIQobChMI";

    /// <summary>The browser's own post to the feedback address, as hook plug-ins pass it on.</summary>
    public static OutgoingCall ContactForm7(FormSubmission form) => FormPlatforms.Multipart(
        "----WebKitFormBoundary" + form.Id,
        [
            ("_wpcf7", "12"), ("_wpcf7_version", "6.1.2"), ("_wpcf7_locale", "tr_TR"), ("_wpcf7_unit_tag", "wpcf7-f12-p3-o1"), ("_wpcf7_container_post", "3"), ("_wpcf7_posted_data_hash", ""),
            ("your-name", form.Person.FullName), ("your-email", form.Person.Email), ("tel-604", form.Person.Phone), ("your-subject", "Offer"), ("your-message", form.Person.Message),
            ("checkbox-products[]", "Chairs"), ("checkbox-products[]", "Desks"), ("acceptance-443", "1"),
        ]);

    public static OutgoingCall ContactForm7Json(FormSubmission form) => FormPlatforms.Json(new JsonObject
    {
        ["your-name"] = form.Person.FullName,
        ["your-email"] = form.Person.Email,
        ["your-tel"] = form.Person.Phone,
        ["your-subject"] = "Offer",
        ["your-message"] = form.Person.Message,
        ["checkbox-products"] = new JsonArray("Chairs", "Desks"),
        ["_wpcf7"] = "12",
        ["_post_url"] = PageUrl,
    });

    /// <summary>The webhooks add-on with all fields: an entry keyed by the inputs' numbers.</summary>
    public static OutgoingCall Gravity(FormSubmission form) => FormPlatforms.Json(GravityEntry(form, formId: 7));

    public static JsonObject GravityEntry(FormSubmission form, int formId) => new()
    {
        ["id"] = form.Number.ToString(CultureInfo.InvariantCulture),
        ["form_id"] = formId.ToString(CultureInfo.InvariantCulture),
        ["post_id"] = null,
        ["date_created"] = form.SqlTime,
        ["date_updated"] = form.SqlTime,
        ["is_starred"] = 0,
        ["is_read"] = "0",
        ["ip"] = "203.0.113.7",
        ["source_url"] = PageUrl,
        ["user_agent"] = "Mozilla/5.0",
        ["currency"] = "EUR",
        ["payment_status"] = null,
        ["created_by"] = null,
        ["status"] = "active",
        ["1.3"] = form.Person.FirstName,
        ["1.6"] = form.Person.LastName,
        ["2"] = form.Person.Email,
        ["3"] = form.Person.Phone,
        ["4"] = form.Person.Message,
        ["5.1"] = "Chairs",
        ["5.2"] = "",
        ["6.1"] = "1",
        ["6.2"] = "I agree that you contact me.",
    };

    /// <summary>Labels as keys; one of them ends in a space.</summary>
    public static OutgoingCall Elementor(FormSubmission form) => FormPlatforms.UrlEncoded(
        ("Name", form.Person.FullName), ("E-mail ", form.Person.Email), ("Phone", form.Person.Phone), ("Message", form.Person.Message),
        ("Date", form.At.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture)), ("Time", form.At.ToString("h:mm tt", CultureInfo.InvariantCulture)),
        ("Page URL", PageUrl), ("User Agent", "Mozilla/5.0"), ("Remote IP", "203.0.113.7"), ("Powered by", "Elementor"), ("form_id", "7f3a9c1"), ("form_name", "Contact"));

    public static OutgoingCall ElementorAdvanced(FormSubmission form)
    {
        var fields = new List<(string, string)> { ("form[id]", "7f3a9c1"), ("form[name]", "Contact") };
        void Add(string id, string title, string type, string value) => fields.AddRange(
        [
            ($"fields[{id}][id]", id), ($"fields[{id}][type]", type), ($"fields[{id}][title]", title), ($"fields[{id}][value]", value),
            ($"fields[{id}][raw_value]", value), ($"fields[{id}][required]", "1"),
        ]);
        Add("name", "Name", "text", form.Person.FullName);
        Add("email", "E-mail", "email", form.Person.Email);
        Add("field_a1b2c3", "Telefon", "tel", form.Person.Phone);
        Add("message", "Message", "textarea", form.Person.Message);
        fields.AddRange([("meta[page_url][title]", "Page URL"), ("meta[page_url][value]", PageUrl), ("meta[remote_ip][title]", "Remote IP"), ("meta[remote_ip][value]", "203.0.113.7")]);
        return FormPlatforms.UrlEncoded([.. fields]);
    }

    /// <summary>Keys that a person chose; the secret as a header.</summary>
    public static OutgoingCall WpForms(FormSubmission form) => FormPlatforms.Json(
        new JsonObject
        {
            ["full_name"] = form.Person.FullName,
            ["email"] = form.Person.Email,
            ["phone"] = form.Person.Phone,
            ["message"] = form.Person.Message,
            ["form_id"] = "9",
            ["entry_id"] = form.Number,
        },
        ("X-Webhook-Secret", form.SigningSecret));
}
