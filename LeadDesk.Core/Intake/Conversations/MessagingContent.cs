using System.Text.Json;
using LeadDesk.Leads;

namespace LeadDesk.Intake.Conversations;

/// <summary>What an Instagram or Messenger message says, in words whatever is attached to it.</summary>
internal static class MessagingContent
{
    private const int MostAttachments = 20;

    public static ChatContent Read(JsonElement message)
    {
        var text = message.Get("text").Text();
        var attachments = message.Get("attachments").Items().Take(MostAttachments).Select(Attachment).ToList();
        if (attachments.Count > 0)
        {
            var words = string.Join(' ', attachments.Select(attachment => attachment.Text).Append(text).OfType<string>());
            var telling = attachments.Find(attachment => attachment.Media is not null) ?? attachments[0];
            return telling with { Text = MetaJson.Shorten(words, LeadNormaliser.LongestMessage) };
        }

        var story = message.Get("reply_to").Get("story");
        if (story.Exists())
        {
            var url = story.Get("url").Word();
            return new(ChatWords.Said("Reply to a story", text), MessageKind.Text, url is null ? null : new MessageMedia(null, url, null, null));
        }

        if (text is null)
            return message.Get("is_unsupported").IsTrue() ? new(ChatWords.Said("Unsupported message", null), MessageKind.Other) : new(ChatWords.Empty);
        return new(text, message.Get("quick_reply").Exists() ? MessageKind.Choice : MessageKind.Text);
    }

    /// <summary><c>"postback":{"mid":"m_x","title":"Get started","payload":"START","referral":{…}}</c></summary>
    public static ChatContent Postback(JsonElement postback) =>
        new(postback.Get("title").Text() ?? postback.Get("payload").Text() ?? ChatWords.Said("Button", null), MessageKind.Choice);

    /// <summary><c>{"type":"image","payload":{"url":"https://…","sticker_id":369239263222822}}</c></summary>
    private static ChatContent Attachment(JsonElement attachment)
    {
        var payload = attachment.Get("payload");
        var type = attachment.Get("type").Word() ?? "attachment";
        if (type is "location")
        {
            var place = payload.Get("coordinates");
            return new(ChatWords.Place(place.Get("lat").Word(), place.Get("long").Word(), attachment.Get("title").Text(300)), MessageKind.Location);
        }

        var (word, kind) = type switch
        {
            "image" when payload.Get("sticker_id").Exists() => ("Sticker", MessageKind.Sticker),
            "image" => ("Image", MessageKind.Image),
            "animated_image" => ("Animation", MessageKind.Image),
            "video" => ("Video", MessageKind.Video),
            "audio" => ("Audio", MessageKind.Audio),
            "file" => ("File", MessageKind.Document),
            "story_mention" => ("Mentioned us in a story", MessageKind.Post),
            "share" or "post" or "ig_post" or "media_share" or "fallback" => ("Shared post", MessageKind.Post),
            "reel" or "ig_reel" => ("Shared reel", MessageKind.Post),
            "ig_story" or "story" => ("Shared story", MessageKind.Post),
            "template" => ("Card", MessageKind.Post),
            _ => (MetaJson.Shorten(type, 60).Replace('_', ' '), MessageKind.Other),
        };
        var url = payload.Get("url").Word() ?? attachment.Get("url").Word();
        var title = payload.Get("title").Text(500) ?? attachment.Get("title").Text(500);
        return new(ChatWords.Said(word, title), kind, url is null ? null : new MessageMedia(null, url, null, null));
    }
}
