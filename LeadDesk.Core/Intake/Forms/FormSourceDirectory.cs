using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Forms;

/// <summary>
/// Whose form an address is, answered from memory. A change shows at once on the node that made it, and within seconds on
/// others. Keys that nobody has are remembered as long.
/// </summary>
public sealed class FormSourceDirectory
{
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);
    private const int LongestKey = 64;
    private const int MostRemembered = 10_000;
    private static readonly string[] AnyCompany = [AppDbContext.CompanyFilter];

    private readonly Database database;
    private readonly ShortLivedCache<string, FormSource?> known;

    public FormSourceDirectory(Database database, TimeProvider time)
    {
        this.database = database;
        known = new ShortLivedCache<string, FormSource?>(FreshFor, MostRemembered, time, LoadAsync);
    }

    /// <returns>Null when there is none, or it is switched off. Do not change it.</returns>
    public ValueTask<FormSource?> FindAsync(string key) => key.Length is 0 or > LongestKey ? default : known.GetAsync(key);

    internal void Forget(string key) => known.Forget(key);

    private async Task<FormSource?> LoadAsync(string key)
    {
        await using var context = database.Open(CompanyScope.Installation);
        return await context.FormSources.IgnoreQueryFilters(AnyCompany).SingleOrDefaultAsync(row => row.Key == key && row.Active);
    }
}
