using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Intake.Mapping;

namespace LeadDesk.Intake.Meta;

/// <summary>Puts a change into a connection, or says by field what cannot be taken.</summary>
internal static class MetaConnectionEditing
{
    public const int ShortestInterval = 5;
    private const int LongestInterval = 86_400;
    private const int LongestId = 30;
    private const int LongestSecret = 2000;
    private const int MostForms = 200;
    private const int MostOwners = 100;

    /// <returns>Errors by field: page_id, form_ids, access_token, app_secret, verify_token, interval_seconds, region, owners, conversions_dataset_id.</returns>
    public static Refusal? Apply(MetaConnection connection, MetaConnectionChange wanted, CompanyUsers users, ISecretBox secrets)
    {
        var errors = new FieldErrors();
        if (wanted.PageId is { } page)
        {
            connection.PageId = Id("page_id", page, errors) ?? "";
            if (connection.PageId.Length is 0)
                errors.Add("page_id", "The page's id is missing: the digits that Meta shows under About, Page transparency.");
        }

        if (wanted.FormIds is { } forms)
            connection.FormIds = JsonList.Write<string>([.. forms.Select(form => Id("form_ids", form, errors)).OfType<string>().Distinct(StringComparer.Ordinal)]);
        if (wanted.FormIds?.Count > MostForms)
            errors.Add("form_ids", $"Name at most {MostForms} forms, or none to read all forms of the page.");
        ApplySecrets(connection, wanted, secrets, errors);
        if (wanted.IntervalSeconds is { } seconds)
        {
            connection.IntervalSeconds = seconds;
            errors.Add("interval_seconds", seconds is >= ShortestInterval and <= LongestInterval ? null : $"Give a number of seconds from {ShortestInterval} to {LongestInterval}.");
        }

        if (wanted.Region is { } region)
        {
            connection.Region = region.Trim().Length is 0 ? null : region.Trim().ToUpperInvariant();
            errors.Add("region", connection.Region is null || PhoneNumber.IsRegion(connection.Region) ? null : "Choose a region by its two letters, such as GB.");
        }

        if (wanted.Owners is { } owners)
        {
            errors.Add("owners", owners.Count <= MostOwners && owners.All(id => users.Find(id) is { Active: true, Role: not Role.Integration }) ? null : "Choose people of this company who are active.");
            connection.OwnerIds = JsonList.Write<long>([.. owners.Distinct()]);
        }

        if (wanted.Mapping is { } mapping)
            connection.Mapping = mapping.IsEmpty ? null : FieldMappingJson.Write(mapping);
        if (wanted.ConversionsDatasetId is { } dataset)
            connection.ConversionsDatasetId = Id("conversions_dataset_id", dataset, errors);
        return errors.Refusal;
    }

    private static void ApplySecrets(MetaConnection connection, MetaConnectionChange wanted, ISecretBox secrets, FieldErrors errors)
    {
        if (wanted.AccessToken is not null)
        {
            var token = errors.Text("access_token", "The access token", wanted.AccessToken, LongestSecret);
            if (token.Length is > 0 and < 8 || token.Any(character => character is <= ' ' or > '~'))
                errors.Add("access_token", "This is no access token: copy it from Meta as it is.");
            else if (token.Length > 0)
                (connection.AccessToken, connection.AccessTokenEnd, connection.TokenExpiresAt) = (secrets.Close(token), token[^4..], null);
        }

        if (wanted.AppSecret is { } appSecret)
            connection.AppSecret = Closed("app_secret", "The app secret", appSecret, secrets, errors);
        if (wanted.VerifyToken is { } verifyToken)
            connection.VerifyToken = Closed("verify_token", "The verify token", verifyToken, secrets, errors);
    }

    /// <returns>Null for an empty text, which clears.</returns>
    private static string? Closed(string field, string what, string secret, ISecretBox secrets, FieldErrors errors) =>
        secret.Trim().Length is 0 ? null : errors.Text(field, what, secret, LongestSecret) is { Length: > 0 } text ? secrets.Close(text) : null;

    /// <summary>Meta's ids are digits.</summary>
    private static string? Id(string field, string written, FieldErrors errors)
    {
        var id = written.Trim();
        if (id.Length is 0)
            return null;
        if (id.Length <= LongestId && id.All(char.IsAsciiDigit))
            return id;
        errors.Add(field, "Meta's ids are digits, such as 104857600012345.");
        return null;
    }
}
