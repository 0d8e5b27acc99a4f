using System.Globalization;
using System.Text.Json;
using LeadDesk.Leads;

namespace LeadDesk.Intake.Conversations;

/// <summary>
/// What a WhatsApp message says, in words whatever its kind. The message holds an object named like its type:
/// <code>{"type":"image","image":{"caption":"This one?","mime_type":"image/jpeg","id":"65463453"}}</code>
/// </summary>
internal static class WhatsAppContent
{
    private const int MostListed = 20;
    private const int MostAnswers = 100;

    // The first is Meta's own; the others are names by which the intake recognises people, and an answer must not pose as them.
    private static readonly string[] NotAnswers = ["flow_token", "user_id", "wa_id", "sender_id"];

    /// <param name="errors">The errors beside the message: why WhatsApp does not pass it on.</param>
    public static ChatContent Read(JsonElement message, JsonElement errors)
    {
        var type = message.Get("type").Word() ?? (message.Get("text").Exists() ? "text" : "unknown");
        var body = message.Get(type);
        return type switch
        {
            "text" => new(body.Get("body").Text() ?? ChatWords.Empty),
            "image" => Media("Image", MessageKind.Image, body),
            "video" => Media("Video", MessageKind.Video, body),
            "audio" or "voice" => Media(type is "voice" || body.Get("voice").IsTrue() ? "Voice message" : "Audio", MessageKind.Audio, body),
            "document" => Media("Document", MessageKind.Document, body),
            "sticker" => Media("Sticker", MessageKind.Sticker, body),
            "location" => Location(body),
            "contacts" => new(ChatWords.Said("Contact", string.Join("; ", body.Items().Take(MostListed).Select(Contact))), MessageKind.Contacts),
            "order" => new(Order(body), MessageKind.Order),
            "button" => new(body.Get("text").Text() ?? body.Get("payload").Text() ?? ChatWords.Said("Button", null), MessageKind.Choice),
            "interactive" => Interactive(message, body, Errors(message, errors)),
            "unsupported" => new(ChatWords.Said("Unsupported message", ErrorText(Errors(message, errors))), MessageKind.Other),
            _ => new(ChatWords.Said(Capitalised(type), body.Get("caption").Text() ?? body.Get("text").Text() ?? body.Get("body").Text() ?? ErrorText(Errors(message, errors))), MessageKind.Other),
        };
    }

    /// <summary><c>[{"code":131000,"title":"Something went wrong","error_data":{"details":"Unsupported webhook payload"}}]</c></summary>
    public static string? ErrorText(JsonElement errors)
    {
        foreach (var error in errors.Items())
        {
            var title = error.Get("title").Text(300) ?? error.Get("message").Text(300);
            var details = error.Get("error_data").Get("details").Text(300) ?? error.Get("details").Text(300);
            var text = title is null ? details : details is null || details == title ? title : $"{title}: {details}";
            if (error.Get("code").Word() is { } code)
                text = text is null ? $"error {code}" : $"{text} ({code})";
            if (text is not null)
                return text;
        }

        return null;
    }

    /// <summary>
    /// A form inside the chat. Its answers are JSON inside a string:
    /// <c>{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"flow_token\":\"x\",\"city\":\"Izmir\"}"}}</c>
    /// </summary>
    public static IReadOnlyDictionary<string, string> FlowAnswers(JsonElement message)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        var written = message.Get("interactive").Get("nfm_reply").Get("response_json");
        if (written.ValueKind is JsonValueKind.Object)
            Read(written, answers);
        else if (written.Text() is { } text)
            ReadText(text, answers);
        return answers;
    }

    private static void ReadText(string text, Dictionary<string, string> answers)
    {
        try
        {
            using var document = JsonDocument.Parse(text, MetaJson.Options);
            Read(document.RootElement, answers);
        }
        catch (JsonException)
        {
            // Cut, or no JSON after all: people read it as it is.
            answers["response"] = MetaJson.Shorten(text, ChatWords.LongestAnswer);
        }
    }

    private static void Read(JsonElement root, Dictionary<string, string> answers)
    {
        foreach (var (name, value) in root.Properties())
        {
            if (answers.Count < MostAnswers && !NotAnswers.Contains(name) && ChatWords.Plain(value) is { } answer)
                answers[name] = answer;
        }
    }

    private static ChatContent Media(string word, MessageKind kind, JsonElement body)
    {
        var fileName = body.Get("filename").Text(200);
        var said = string.Join(' ', new[] { fileName, body.Get("caption").Text() }.OfType<string>());
        var media = new MessageMedia(body.Get("id").Id(), body.Get("url").Word() ?? body.Get("link").Word(), body.Get("mime_type").Text(100), fileName);
        return new(ChatWords.Said(word, said), kind, media.Id is null && media.Url is null ? null : media);
    }

    private static ChatContent Location(JsonElement body)
    {
        var place = string.Join(", ", new[] { body.Get("name").Text(300), body.Get("address").Text(500) }.OfType<string>());
        return new(ChatWords.Place(body.Get("latitude").Word(), body.Get("longitude").Word(), place), MessageKind.Location);
    }

    private static string Contact(JsonElement contact)
    {
        var name = contact.Get("name").Get("formatted_name").Text(200) ?? contact.Get("name").Get("first_name").Text(200);
        var phones = contact.Get("phones").Items().Take(MostListed).Select(phone => phone.Get("phone").Text(50) ?? phone.Get("wa_id").Text(50));
        var emails = contact.Get("emails").Items().Take(MostListed).Select(email => email.Get("email").Text(254));
        return string.Join(' ', new[] { name }.Concat(phones).Concat(emails).OfType<string>());
    }

    private static string Order(JsonElement body)
    {
        var items = body.Get("product_items").Items().ToList();
        var words = items.Take(MostListed).Select(item =>
            $"{item.Get("quantity").Word() ?? "1"} × {item.Get("product_retailer_id").Text(200) ?? item.Get("name").Text(200) ?? "?"}").ToList();
        if (items.Count > MostListed)
            words.Add($"{items.Count - MostListed} more");
        var said = string.Join(", ", words) + Total(items);
        return ChatWords.Said("Order", body.Get("text").Text() is { } note ? $"{said}. {note}" : said);
    }

    private static string Total(List<JsonElement> items)
    {
        var currency = items.Count > 0 ? items[0].Get("currency").Word() : null;
        var total = 0m;
        foreach (var item in items)
        {
            if (item.Get("currency").Word() != currency || Number(item.Get("quantity")) is not { } quantity || Number(item.Get("item_price")) is not { } price)
                return "";
            total += quantity * price;
        }

        return currency is null ? "" : string.Create(CultureInfo.InvariantCulture, $" ({total:0.##} {currency})");
    }

    // Bounded, so that no product of two leaves the decimal's range.
    private static decimal? Number(JsonElement element) =>
        decimal.TryParse(element.Word(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000 ? number : null;

    private static ChatContent Interactive(JsonElement message, JsonElement body, JsonElement errors)
    {
        if (!body.Exists())
            return new(ChatWords.Said("Message that WhatsApp could not pass on", ErrorText(errors)), MessageKind.Other);
        var reply = body.Get("button_reply").Exists() ? body.Get("button_reply") : body.Get("list_reply");
        if (reply.Exists())
        {
            var title = reply.Get("title").Text() ?? reply.Get("id").Text() ?? ChatWords.Said("Choice", null);
            return new(reply.Get("description").Text() is { } description ? $"{title} ({description})" : title, MessageKind.Choice);
        }

        if (!body.Get("nfm_reply").Exists())
            return new(ChatWords.Said("Choice", body.Get("type").Text(60)), MessageKind.Choice);
        var answers = string.Join(", ", FlowAnswers(message).Select(answer => $"{answer.Key}: {answer.Value}"));
        return new(ChatWords.Said("Form", answers.Length > 0 ? answers : body.Get("nfm_reply").Get("body").Text()), MessageKind.Choice);
    }

    private static JsonElement Errors(JsonElement message, JsonElement errors) => message.Get("errors").Exists() ? message.Get("errors") : errors;

    private static string Capitalised(string type)
    {
        var words = MetaJson.Shorten(type, 60).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
