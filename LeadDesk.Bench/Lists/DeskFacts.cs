using System.Globalization;
using LeadDesk.Common;
using LeadDesk.Leads;

namespace LeadDesk.Bench.Lists;

/// <summary>
/// What people at a desk add to the leads that came in: places, campaigns, values, follow-ups, tags, helpers, a company's own fields. Written to the
/// templates in SQL that both engines understand, then indexed by the product. Of each kind something is common and something is one in a thousand.
/// </summary>
internal sealed class DeskFacts(TableCopy tables)
{
    public const string RareCity = "Çankırı";
    public const string RareTag = "Tag 7";
    public const string CommonTag = "Tag 1";
    public const string BudgetKey = "budget";
    public const string PlanKey = "plan";
    public const string MottoKey = "motto";

    private const long Company = Seeder.CompanyId;
    private const int Tags = 20;
    private const int Rare = 500;

    private static readonly string[] Cities = ["İzmir", "London", "Karachi", "São Paulo", "Ankara", "Berlin", "Lahore", "Madrid", "Paris", "Dubai"];

    public async Task WriteAsync()
    {
        var city = string.Join(' ', Cities.Select((name, number) => $"WHEN {number} THEN '{name}'"));
        await tables.ExecuteAsync(
            $"""
            UPDATE leads SET
                city = CASE WHEN id = {Rare} THEN '{RareCity}' ELSE CASE id % 12 {city} END END,
                country = CASE id % 4 WHEN 0 THEN 'Türkiye' WHEN 1 THEN 'Pakistan' ELSE 'United Kingdom' END,
                campaign = 'Campaign ' || CAST(id % 40 AS text), source = CASE id % 3 WHEN 0 THEN 'google' WHEN 1 THEN 'facebook' ELSE 'referral' END,
                organisation = CASE WHEN id % 3 = 0 THEN 'Company ' || CAST(id % 300 AS text) END,
                value = CASE WHEN id % 3 = 0 THEN id * 1000 END,
                next_follow_up_at = CASE WHEN id % 5 = 0 THEN created_at END
            """);
        await TagsAsync();
        await FieldsAsync();
        await tables.ExecuteAsync($"INSERT INTO lead_helpers (company_id, lead_id, user_id, since) SELECT {Company}, id, (SELECT max(id) FROM users), created_at FROM leads WHERE id % 100 = 1");
        await tables.ExecuteAsync("INSERT INTO search_queue (lead_id) SELECT id FROM leads WHERE true ON CONFLICT DO NOTHING");
    }

    private async Task TagsAsync()
    {
        for (var number = 1; number <= Tags; number++)
            await tables.ExecuteAsync($"INSERT INTO tags (company_id, name, name_key) VALUES ({Company}, 'Tag {number}', 'tag {number}')");
        var first = await tables.NumberAsync("SELECT min(id) FROM tags");
        await tables.ExecuteAsync($"INSERT INTO lead_tags (company_id, lead_id, tag_id) SELECT {Company}, id, {first} FROM leads WHERE id % 4 = 0");
        await tables.ExecuteAsync($"INSERT INTO lead_tags (company_id, lead_id, tag_id) SELECT {Company}, id, {first + 6} FROM leads WHERE id = {Rare}");
    }

    private async Task FieldsAsync()
    {
        var options = JsonList.Write(new[] { new CustomFieldOption(1, "Gold"), new CustomFieldOption(2, "Silver") });
        var budget = await FieldAsync(1, BudgetKey, CustomFieldType.Number, null);
        var plan = await FieldAsync(2, PlanKey, CustomFieldType.Choice, options);
        var motto = await FieldAsync(3, MottoKey, CustomFieldType.Text, null);
        await tables.ExecuteAsync($"INSERT INTO lead_field_values (company_id, lead_id, field_id, position, number) SELECT {Company}, id, {budget}, 0, id * 10000 FROM leads WHERE id % 2 = 0");
        await tables.ExecuteAsync($"INSERT INTO lead_field_values (company_id, lead_id, field_id, position, number) SELECT {Company}, id, {plan}, 0, CASE WHEN id = {Rare} THEN 2 ELSE 1 END FROM leads WHERE id % 5 = 0");
        await tables.ExecuteAsync($"INSERT INTO lead_field_values (company_id, lead_id, field_id, position, key, text) SELECT {Company}, id, {motto}, 0, 'motto ' || CAST(id AS text), 'Motto ' || CAST(id AS text) FROM leads WHERE id % 6 = 0");
    }

    private async Task<long> FieldAsync(int position, string key, CustomFieldType type, string? options)
    {
        var stored = options is null ? "NULL" : $"'{options}'";
        await tables.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO custom_fields (company_id, key, name, type, options, position) VALUES ({Company}, '{key}', '{key}', {(int)type}, {stored}, {position})"));
        return await tables.NumberAsync("SELECT max(id) FROM custom_fields");
    }
}
