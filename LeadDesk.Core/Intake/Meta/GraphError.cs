using System.Text.Json;

namespace LeadDesk.Intake.Meta;

/// <summary>What is to be done about a failed call.</summary>
public enum GraphErrorKind
{
    /// <summary>The token is no good any more: no call until a person gives a new one.</summary>
    Reconnect,

    /// <summary>Meta's trouble or the line's: the same call later.</summary>
    Transient,

    /// <summary>Too many calls: wait <see cref="GraphError.Wait"/>.</summary>
    Limit,

    /// <summary>Blocked for a while for breaking rules: wait long.</summary>
    Blocked,

    /// <summary>A permission is missing: no call until a person grants it.</summary>
    Permission,

    /// <summary>This form or lead is not there, or not for this token; others may be.</summary>
    BadObject,
}

/// <summary>Why a call to Graph failed. Meta's own wording is never branched on and never stored.</summary>
/// <param name="Code">Meta's code; null when the body gave none and the HTTP status decided.</param>
/// <param name="Status">Null when no answer came.</param>
/// <param name="Wait">How long to wait, for <see cref="GraphErrorKind.Limit"/> and <see cref="GraphErrorKind.Blocked"/>.</param>
/// <param name="Permission">The permission that Meta named, when it named one.</param>
public sealed record GraphError(GraphErrorKind Kind, int? Code, int? Subcode, int? Status, TimeSpan? Wait = null, string? Permission = null)
{
    /// <summary>When Meta refuses for too many calls without saying for how long.</summary>
    private static readonly TimeSpan UsualWait = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan BlockedWait = TimeSpan.FromHours(6);

    private static readonly string[] Permissions =
        ["leads_retrieval", "pages_manage_metadata", "pages_manage_ads", "pages_read_engagement", "pages_show_list", "ads_management", "business_management"];

    /// <summary>The answer was larger than we read.</summary>
    public bool TooLarge { get; init; }

    /// <summary>Asking for less may help: Meta gives its unspecific code 1 also when an answer would be too large.</summary>
    public bool MayBeTooMuchData => Code is 1 || TooLarge;

    /// <summary>No answer, or one that cannot be read.</summary>
    public static GraphError NoAnswer(int? status = null) => new(GraphErrorKind.Transient, null, null, status);

    /// <summary>
    /// By the code where there is one, else by the HTTP status:
    /// <code>
    /// {"error":{"message":"…","type":"OAuthException","code":190,"error_subcode":463,"fbtrace_id":"…"}}
    /// {"error":{"message":"…","type":"OAuthException"}}   {"error":null}   {}   "Bad gateway"   &lt;html&gt;…
    /// </code>
    /// </summary>
    /// <param name="body">Null when it is no JSON.</param>
    public static GraphError Read(int status, JsonElement? body, GraphUsage usage)
    {
        var error = body is { } json ? GraphJson.FindObject(json, "error"u8) : null;
        var code = error is { } withCode ? GraphJson.Whole(withCode, "code"u8) : null;
        var subcode = error is { } withSubcode ? GraphJson.Whole(withSubcode, "error_subcode"u8) : null;
        var transient = error is { } marked && GraphJson.Find(marked, "is_transient"u8) is { } mark && GraphJson.TextOf(mark) is "true" or "1";
        var kind = KindOf(code) ?? (transient ? GraphErrorKind.Transient : KindOfStatus(status));
        var wait = kind switch
        {
            GraphErrorKind.Limit => usage.Wait ?? UsualWait,
            GraphErrorKind.Blocked => usage.Wait > BlockedWait ? usage.Wait : BlockedWait,
            _ => usage.Wait,
        };
        var permission = kind is GraphErrorKind.Permission && error is { } named && GraphJson.Text(named, "message"u8) is { } message
            ? Permissions.FirstOrDefault(word => message.Contains(word, StringComparison.OrdinalIgnoreCase))
            : null;
        return new GraphError(kind, code, subcode, status, wait, permission);
    }

    /// <summary>What happened and the way out, for people.</summary>
    public string Words => $"{Sentence} ({Numbers})";

    private string Sentence => Kind switch
    {
        GraphErrorKind.Reconnect => $"{TokenSentence} No leads are lost: paste a new access token, and everything since then is fetched.",
        GraphErrorKind.Transient when Status is null => "Meta could not be reached. LeadDesk tries again by itself.",
        GraphErrorKind.Transient => "Meta had a fault of its own. LeadDesk tries again by itself.",
        GraphErrorKind.Limit => "Meta allows no more calls just now. LeadDesk goes on by itself when Meta allows it again.",
        GraphErrorKind.Blocked => "Meta has blocked this app or person for a while. Look into the page's and the app's notices at Meta; LeadDesk tries again in some hours.",
        GraphErrorKind.Permission => $"The access token may not read this page's leads{(Permission is null ? "" : $": {Permission} is missing")}. Give it leads_retrieval, ads_management, pages_show_list, "
            + "pages_read_engagement and pages_manage_ads, and let the app in at the page's Leads Access Manager.",
        _ => "Meta does not know this page, form or lead, or does not show it to this access token. Check the id and that the token belongs to the page.",
    };

    private string TokenSentence => Subcode switch
    {
        458 => "The app was removed from the account that the access token belongs to.",
        459 => "Meta wants the person of this access token to sign in at facebook.com once.",
        460 => "The password of the person of this access token was changed.",
        463 => "The access token has expired.",
        464 => "The account of this access token is not confirmed.",
        _ => "Meta no longer takes this access token.",
    };

    private string Numbers => (Code, Subcode, Status) switch
    {
        ({ } code, { } subcode, _) => $"code {code}/{subcode}",
        ({ } code, null, _) => $"code {code}",
        (null, _, { } status) => $"HTTP {status}",
        _ => "no answer",
    };

    private static GraphErrorKind? KindOf(int? code) => code switch
    {
        190 or 102 => GraphErrorKind.Reconnect,
        1 or 2 => GraphErrorKind.Transient,
        // 80000 to 80014 are the limits of business use cases; 80005 is the one for leads.
        4 or 17 or 32 or 341 or 613 or (>= 80000 and <= 80014) => GraphErrorKind.Limit,
        368 => GraphErrorKind.Blocked,
        3 or 10 or (>= 200 and <= 299) => GraphErrorKind.Permission,
        100 or 803 => GraphErrorKind.BadObject,
        _ => null,
    };

    private static GraphErrorKind KindOfStatus(int status) => status switch
    {
        401 => GraphErrorKind.Reconnect,
        403 => GraphErrorKind.Permission,
        429 => GraphErrorKind.Limit,
        400 or 404 or 405 or 410 or 422 => GraphErrorKind.BadObject,
        // Redirects, time-outs, faults of servers between, and successes that are none.
        _ => GraphErrorKind.Transient,
    };
}
