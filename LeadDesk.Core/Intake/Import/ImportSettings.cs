using System.Security.Cryptography;
using System.Text;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using LeadDesk.Intake.Import.Guessing;
using LeadDesk.Intake.Import.Reading;
using LeadDesk.Intake.Import.Running;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Intake.Import;

/// <summary>Gathers what the reading of a company's files needs: its rules and people, saved mappings, what stands in the columns.</summary>
internal sealed class ImportSettings(Database database, CompanyDirectory companies)
{
    public async Task<ImportSetting> OfAsync(long companyId, CancellationToken cancellationToken)
    {
        var company = await companies.GetAsync(companyId, cancellationToken);
        await using var context = database.Open(companyId);
        var users = await context.Users.Where(user => user.Active && user.Role != Role.Integration).OrderBy(user => user.Id).Select(user => new ImportUser(user.Id, user.Name, user.Email)).ToListAsync(cancellationToken);
        return new(company, users);
    }

    /// <summary>The mapping that was saved for a file with these columns, else the guess.</summary>
    public async Task<ImportRules> ProposeAsync(ImportSetting setting, ImportFormat format, IReadOnlyList<ColumnProfile> profiles, CancellationToken cancellationToken)
    {
        var key = HeaderKey(format.Columns);
        await using var context = database.Open(setting.Company.CompanyId);
        var saved = await context.ImportMappings.Where(mapping => mapping.HeaderKey == key).OrderByDescending(mapping => mapping.SavedAt).Select(mapping => mapping.Mapping).FirstOrDefaultAsync(cancellationToken);
        return ImportMappingJson.Read(saved, format.Columns) ?? ColumnGuesser.Guess(profiles, setting);
    }

    public async Task<ImportOrder> OrderAsync(LeadImport import, ImportRules rules, CancellationToken cancellationToken)
    {
        await using var context = database.Open(import.CompanyId);
        var tags = await context.Tags.ToDictionaryAsync(tag => tag.NameKey, tag => tag.Id, StringComparer.Ordinal, cancellationToken);
        return new(import.Id, import.CompanyId, import.UserId, import.FileName, rules.Existing, rules.Assignment, tags);
    }

    /// <summary>What stands in the columns of the first rows.</summary>
    public static IReadOnlyList<ColumnProfile> Profile(Stream file, ImportFormat format)
    {
        ColumnProfile[] profiles = [.. format.Columns.Select(static name => new ColumnProfile(name))];
        using var rows = TableFile.Open(file, format);
        var cells = new List<string>();
        for (var read = 0; read < ColumnGuesser.SampleRows && rows.Read(cells);)
        {
            if (rows.Row <= format.HeaderRow)
                continue;
            read++;
            for (var i = 0; i < profiles.Length && i < cells.Count; i++)
                profiles[i].Add(cells[i]);
        }

        return profiles;
    }

    /// <summary>By this a file with the same columns is recognised; an index takes no text of any length.</summary>
    public static string HeaderKey(IReadOnlyList<string> columns) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', columns.Select(static column => SearchText.Fold(column))))));
}
