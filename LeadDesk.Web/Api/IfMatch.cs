using System.Globalization;
using LeadDesk.Common;

namespace LeadDesk.Web.Api;

/// <summary>The version of a lead in <c>If-Match</c> and <c>ETag</c>.</summary>
internal static class IfMatch
{
    /// <summary>Takes <c>"3"</c>, <c>3</c> and <c>W/"3"</c>; <c>*</c> and a missing header mean any version.</summary>
    /// <returns>Stale where no lead can have this version: the condition does not hold.</returns>
    public static Outcome<int?> Read(HttpRequest request)
    {
        var given = request.Headers.IfMatch;
        if (given.Count is 0 || given is ["*"])
            return (int?)null;
        var tag = given is [{ } one] ? one.Trim() : "";
        if (tag.StartsWith("W/", StringComparison.Ordinal))
            tag = tag[2..];
        if (tag is ['"', .. var inner, '"'])
            tag = inner;
        return int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : new Refusal(RefusalKind.Stale, "If-Match is not the version of a lead: send the version that you read, such as \"3\".");
    }

    public static void SetVersion(this HttpResponse response, int version) =>
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
