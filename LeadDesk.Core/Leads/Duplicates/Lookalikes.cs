using System.Data;
using System.Data.Common;
using LeadDesk.Companies;
using LeadDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Duplicates;

/// <summary>By what one lead's likes are looked for. What is null is not looked for.</summary>
/// <param name="Lead">Is not found itself.</param>
/// <param name="Name">As lists sort by it.</param>
/// <param name="NameFrom">Names from here on are near it.</param>
/// <param name="NameTo">And before this.</param>
/// <param name="TurnedFrom">Where names with the last word first begin.</param>
internal sealed record LookalikeKeys(long Lead, string? NearPhone, string? NearEmail, string? Name, string? NameFrom, string? NameTo, string? TurnedFrom, string? TurnedTo);

/// <summary>
/// Reads the leads that could be the same person as one, found by indexed keys alone, so the time does not grow with the
/// company. One statement, written here: taking a query of this size apart costs EF Core several times what running it does.
/// </summary>
internal static class Lookalikes
{
    /// <summary>
    /// More leads under one key say nothing about any of them, so each key brings ten. Of many names alike those next to the name in order come first,
    /// the very same before all. The expression keeps SQLite, which has no figures of its tables, from reading all leads of the company.
    /// </summary>
    private const string Sql =
        """
        WITH found (id) AS (
            SELECT lead_id FROM (SELECT lead_id FROM lead_near_keys WHERE company_id = @company AND value = @near_phone LIMIT 10) AS phones
            UNION SELECT lead_id FROM (SELECT lead_id FROM lead_near_keys WHERE company_id = @company AND value = @near_email LIMIT 10) AS emails
            UNION SELECT id FROM (SELECT id FROM leads WHERE company_id = @company AND deleted_at IS NULL AND name_key >= @name AND name_key < @name_to
                ORDER BY name_key, id LIMIT 6) AS names_after
            UNION SELECT id FROM (SELECT id FROM leads WHERE company_id = @company AND deleted_at IS NULL AND name_key >= @name_from AND name_key < @name
                ORDER BY name_key DESC, id DESC LIMIT 4) AS names_before
            UNION SELECT id FROM (SELECT id FROM leads WHERE company_id = @company AND deleted_at IS NULL AND name_key >= @turned_from AND name_key < @turned_to
                ORDER BY name_key, id LIMIT 10) AS names_turned)
        SELECT lead.id, lead.name, lead.phone, lead.email, lead.email_valid, lead.organisation, lead.city, lead.metadata, field.field_id, field.number, field.text
        FROM found CROSS JOIN leads AS lead LEFT JOIN lead_field_values AS field ON field.lead_id = lead.id
        WHERE lead.id = found.id AND lead.id <> @lead AND lead.company_id + 0 = @company AND lead.deleted_at IS NULL
        """;

    public static async Task<IReadOnlyList<ComparedLead>> ReadAsync(AppDbContext context, CompanyRules company, LookalikeKeys keys, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = Sql;
            Add(command, "company", DbType.Int64, company.CompanyId);
            Add(command, "lead", DbType.Int64, keys.Lead);
            foreach (var (name, text) in ((string, string?)[])
                [("near_phone", keys.NearPhone), ("near_email", keys.NearEmail), ("name", keys.Name), ("name_from", keys.NameFrom), ("name_to", keys.NameTo), ("turned_from", keys.TurnedFrom), ("turned_to", keys.TurnedTo)])
                Add(command, name, DbType.String, text);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await ReadAsync(reader, ComparedLeads.FieldsOf(company), cancellationToken);
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    private static void Add(DbCommand command, string name, DbType type, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType, parameter.Value) = ("@" + name, type, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
    }

    /// <summary>A lead stands in as many rows as it has values of fields.</summary>
    private static async Task<IReadOnlyList<ComparedLead>> ReadAsync(DbDataReader reader, Dictionary<long, (CustomField Field, FactKind Kind)> fields, CancellationToken cancellationToken)
    {
        var leads = new Dictionary<long, ComparedLead>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetInt64(0);
            if (!leads.TryGetValue(id, out var lead))
                leads.Add(id, lead = LeadOf(reader, id));
            if (!reader.IsDBNull(8) && fields.TryGetValue(reader.GetInt64(8), out var known))
            {
                var value = new CustomFieldValue { FieldId = known.Field.Id, Number = reader.IsDBNull(9) ? null : reader.GetInt64(9), Text = TextOf(reader, 10) };
                leads[id] = lead with { Fields = [.. lead.Fields, (known.Kind, ComparedLeads.Printed(known.Field, value))] };
            }
        }

        return [.. leads.Values];
    }

    private static ComparedLead LeadOf(DbDataReader reader, long id) => new()
    {
        Id = id,
        Name = TextOf(reader, 1),
        Phone = TextOf(reader, 2),
        Email = TextOf(reader, 3),
        EmailValid = reader.GetBoolean(4),
        Organisation = TextOf(reader, 5),
        City = TextOf(reader, 6),
        Metadata = TextOf(reader, 7),
    };

    private static string? TextOf(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
