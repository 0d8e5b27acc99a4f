using System.Text.Json;

namespace LeadDesk.Intake.Conversations;

/// <summary>
/// The ad or link by which somebody came:
/// <code>{"ref":"spring","ad_id":"6045","source":"ADS","type":"OPEN_THREAD","ads_context_data":{"ad_title":"Villas","post_id":"1_2","product_id":"7"}}</code>
/// </summary>
internal static class MessagingReferral
{
    private const int LongestValue = 2_000;

    public static IReadOnlyDictionary<string, string> Read(JsonElement referral)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var ad = referral.Get("ads_context_data");
        Put("ad_id", referral.Get("ad_id"));
        Put("campaign", ad.Get("ad_title").Exists() ? ad.Get("ad_title") : referral.Get("ref"));
        Put("headline", ad.Get("ad_title"));
        Put("ref", referral.Get("ref"));
        Put("referral_source", referral.Get("source"));
        Put("source_url", referral.Get("referer_uri"));
        Put("post_id", ad.Get("post_id"));
        Put("product_id", ad.Get("product_id").Exists() ? ad.Get("product_id") : referral.Get("product").Get("id"));
        return metadata;

        void Put(string name, JsonElement value)
        {
            if (value.Text(LongestValue) is { } written)
                metadata[name] = written;
        }
    }
}
