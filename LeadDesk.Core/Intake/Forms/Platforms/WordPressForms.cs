using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Forms.Platforms;

/// <summary>
/// Contact Form 7: the fields of its own post (<c>_wpcf7=12&amp;_wpcf7_unit_tag=…&amp;your-name=Ada&amp;your-email=…</c>) or what a hook plug-in
/// makes of them; and what it answers to the visitor, which some plug-ins forward:
/// <c>{"contact_form_id":12,"status":"spam","message":"…","posted_data_hash":"…","invalid_fields":[]}</c>.
/// </summary>
internal static class ContactForm7
{
    public static FormSubmission? TryRead(FormNode root)
    {
        if (root.Has("contact_form_id") && root.Has("status") && (root.Has("posted_data_hash") || root.Has("invalid_fields")))
            return new() { Platform = FormPlatform.ContactForm7, Ignored = "This is what Contact Form 7 answers to the visitor, not what the visitor sent." };
        var own = root.Members.Any(member => member.Name.StartsWith("_wpcf7", StringComparison.OrdinalIgnoreCase));
        if (!own && !root.Has("your-name") && !root.Has("your-email") && !root.Has("your-message"))
            return null;
        var fields = FormNode.Of([.. root.Members.Where(member => !member.Name.StartsWith("_wpcf7", StringComparison.OrdinalIgnoreCase))]);
        return new() { Platform = FormPlatform.ContactForm7, Answers = FormAnswers.Of(fields), Attribution = Facts.Of(("form_id", root.TextOf("_wpcf7"))) };
    }
}

/// <summary>
/// Elementor's webhook. Advanced: <c>form[id]=…&amp;form[name]=Contact&amp;fields[email][title]=E-mail&amp;fields[email][type]=email&amp;fields[email][value]=a@b.co&amp;fields[email][raw_value]=…&amp;meta[page_url][value]=…</c>.
/// Simple: the fields' labels as they are, <c>Name =Ada&amp;E-mail=…&amp;Page URL=…&amp;Remote IP=…&amp;Powered by=Elementor&amp;form_id=…&amp;form_name=…</c>.
/// </summary>
internal static class Elementor
{
    private static readonly string[] SimpleMeta = ["Date", "Time", "Page URL", "User Agent", "Remote IP", "Powered by", "form_id", "form_name"];

    public static FormSubmission? TryRead(FormNode root)
    {
        if (root["form"] is { IsObject: true } form && root["fields"] is { IsObject: true } fields && root.Members.All(member => member.Name is "form" or "fields" or "meta"))
            return Advanced(form, fields, root["meta"] ?? FormNode.Empty);
        if (SimpleMeta.Count(root.Has) < 2 || !(root.Has("Remote IP") || root.Has("Powered by") || root.Has("Page URL")))
            return null;
        var answers = FormNode.Of([.. root.Members.Where(member => !SimpleMeta.Any(meta => FormNode.Is(member.Name, meta)))]);
        return new()
        {
            Platform = FormPlatform.Elementor,
            Answers = FormAnswers.Of(answers),
            FormName = root.TextOf("form_name"),
            Attribution = Facts.Of(("form_id", root.TextOf("form_id")), ("page_url", root.TextOf("Page URL"))),
        };
    }

    private static FormSubmission Advanced(FormNode form, FormNode fields, FormNode meta)
    {
        var answers = new FormAnswers();
        foreach (var (name, field) in fields.Members)
        {
            var raw = field["raw_value"];
            var values = raw is { Items.Count: > 0 } or { Members.Count: > 0 } ? raw : field["value"] ?? raw ?? field;
            LeadField? hint = field.TextOf("type")?.ToLowerInvariant() switch
            {
                "email" => LeadField.Email,
                "tel" => LeadField.Phone,
                "acceptance" => LeadField.Consent,
                _ => null,
            };
            answers.Add(new FormAnswer(name, field.TextOf("title"), [.. FormAnswers.Texts(values)], hint));
        }

        return new()
        {
            Platform = FormPlatform.Elementor,
            Answers = answers.All,
            FormName = form.TextOf("name"),
            Attribution = Facts.Of(("form_id", form.TextOf("id")), ("page_url", meta["page_url"] is { } page ? page.TextOf("value") ?? page.Text : null)),
        };
    }
}

/// <summary>WPForms' own post: <c>wpforms[fields][1][first]=Ada&amp;wpforms[fields][2]=…&amp;wpforms[id]=7&amp;wpforms[hp]=</c>. Its webhooks have the keys that people gave them.</summary>
internal static class WPForms
{
    public static FormSubmission? TryRead(FormNode root)
    {
        if (root["wpforms"] is not { IsObject: true } form || form["fields"] is not { } fields)
            return null;
        var robot = form.TextOf("hp") is not null;
        return new()
        {
            Platform = FormPlatform.WPForms,
            Answers = FormAnswers.Of(fields),
            Attribution = Facts.Of(("form_id", form.TextOf("id")), ("page_url", root.TextOf("page_url"))),
            Ignored = robot ? FormRobots.Caught : null,
        };
    }
}
