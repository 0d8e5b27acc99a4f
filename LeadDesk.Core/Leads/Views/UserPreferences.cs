using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Views;

/// <summary>What somebody has arranged for himself. Each is read and written by the feature that knows its key.</summary>
public sealed class UserPreferences(Database database)
{
    /// <summary>Columns of the lead list, as <see cref="ColumnLayout"/>.</summary>
    public const string LeadColumns = "lead-columns";

    /// <summary>Ids of saved views in the order somebody wants their tabs, as a JSON list.</summary>
    public const string ViewOrder = "lead-views";

    private const int LongestKey = 100;
    private const int LongestValue = 20_000;

    /// <returns>Null when nothing was arranged.</returns>
    public async Task<string?> GetAsync(CurrentUser user, string key, CancellationToken cancellationToken)
    {
        await using var context = database.Open(user.CompanyId);
        return await context.UserPreferences.Where(row => row.UserId == user.UserId && row.Key == key).Select(row => row.Value).FirstOrDefaultAsync(cancellationToken);
    }

    /// <param name="value">JSON; null forgets it.</param>
    public async Task<Outcome<bool>> SetAsync(CurrentUser user, string key, string? value, CancellationToken cancellationToken)
    {
        if (key.Length is 0 or > LongestKey)
            return Refusal.Invalid("key", $"A key has 1 to {LongestKey} characters.");
        if (value is { Length: > LongestValue })
            return Refusal.Invalid("value", $"At most {LongestValue:N0} characters can be kept.");
        return await database.WriteAsync(user.CompanyId, async context =>
        {
            var row = await context.UserPreferences.FirstOrDefaultAsync(known => known.UserId == user.UserId && known.Key == key, cancellationToken);
            if (value is null)
            {
                if (row is not null)
                    context.UserPreferences.Remove(row);
            }
            else if (row is null)
            {
                context.UserPreferences.Add(new UserPreference { CompanyId = user.CompanyId, UserId = user.UserId, Key = key, Value = value });
            }
            else
            {
                row.Value = value;
            }

            return (Outcome<bool>)true;
        }, cancellationToken);
    }
}
