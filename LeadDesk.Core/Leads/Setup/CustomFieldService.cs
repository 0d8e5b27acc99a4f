using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Jobs;
using LeadDesk.Leads.Fields;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Leads.Setup;

/// <param name="Version">Sent back with a change, refuses it when somebody else changed the field meanwhile.</param>
public sealed record CustomFieldView(long Id, string Key, string Name, CustomFieldType Type, IReadOnlyList<CustomFieldOption> Options, bool Archived, string Version)
{
    internal static CustomFieldView Of(CustomField field) =>
        new(field.Id, field.Key, field.Name, field.Type, CustomFieldOptions.Of(field), field.ArchivedAt is not null, VersionOf(field));

    internal static string VersionOf(CustomField field) => DeskSetup.VersionOf(new { field.Name, field.Options, field.ArchivedAt });
}

/// <param name="Id">Null for a new one.</param>
public sealed record OptionChange(int? Id, string Name, bool Archived = false);

/// <summary>What to change of a custom field. Null stays as it is.</summary>
public sealed record CustomFieldChange
{
    public string? Name { get; init; }

    /// <summary>All of them in order; one that is left out is archived, because leads may have it.</summary>
    public IReadOnlyList<OptionChange>? Options { get; init; }

    public bool? Archived { get; init; }

    /// <summary>As read; null: whatever it is.</summary>
    public string? Version { get; init; }
}

/// <summary>The facts a company keeps of its leads beside the usual ones.</summary>
public sealed class CustomFieldService(DeskSetup setup)
{
    /// <summary>Every lead's page shows all of them.</summary>
    public const int Most = 100;
    public const int LongestName = 60;

    /// <summary>Anyone of the company may read them. In order, archived ones last.</summary>
    public async Task<IReadOnlyList<CustomFieldView>> ListAsync(CurrentUser user, bool archivedToo, CancellationToken cancellationToken)
    {
        await using var context = setup.Database.Open(user.CompanyId);
        var fields = await context.CustomFields.Where(field => archivedToo || field.ArchivedAt == null).OrderBy(field => field.ArchivedAt != null).ThenBy(field => field.Position).ToListAsync(cancellationToken);
        return fields.ConvertAll(CustomFieldView.Of);
    }

    /// <summary>How many leads have a value of it, for whoever may delete it.</summary>
    public async Task<Outcome<int>> CountAsync(CurrentUser user, long id, CancellationToken cancellationToken)
    {
        if (AccessRefusals.Lacks(user, Permission.ManageDesk) is { } refusal)
            return refusal;
        await using var context = setup.Database.Open(user.CompanyId);
        if (!await context.CustomFields.AnyAsync(field => field.Id == id, cancellationToken))
            return Refusal.Missing("field");
        return await context.CustomFieldValues.CountAsync(value => value.FieldId == id && value.Position == 0, cancellationToken);
    }

    /// <param name="key">Its word in JSON, filters and imports; made from the name when null.</param>
    /// <returns>Errors by field: name, key, type, options.</returns>
    public Task<Outcome<CustomFieldView>> AddAsync(
        CurrentUser user, string? name, CustomFieldType type, string? key, IReadOnlyList<string> options, CancellationToken cancellationToken) => setup.ChangeAsync<CustomFieldView>(user, async change =>
    {
        var others = await change.Context.CustomFields.ToListAsync(cancellationToken);
        if (others.Count >= Most)
            return Refusal.Conflict($"A company has at most {Most} custom fields. Delete one that is not needed any more.");
        var errors = new FieldErrors();
        var field = new CustomField { Key = "", Name = ReadName(name, others, errors), Type = type, Position = others.Select(other => other.Position).DefaultIfEmpty().Max() + 1 };
        errors.Add("type", Enum.IsDefined(type) ? null : "There is no such type.");
        field.Key = ReadKey(key, field.Name, others, errors);
        if (options.Count > 0 && !HasOptions(type))
            errors.Add("options", "Only choices have options.");
        field.Options = JsonList.Write(FieldOptions.Change([], [.. options.Select(option => new OptionChange(null, option))], errors));
        if (errors.Refusal is { } invalid)
            return invalid;
        change.Context.CustomFields.Add(field);
        await change.Context.SaveChangesAsync(cancellationToken);
        change.Note("field.created", field.Name, $"{field.Key}: {field.Type}");
        return CustomFieldView.Of(field);
    }, cancellationToken);

    /// <summary>Key and type stay as they are: values, filters and programs go by them.</summary>
    /// <returns>Errors by field: name, options; stale when somebody changed it meanwhile.</returns>
    public Task<Outcome<CustomFieldView>> ChangeAsync(CurrentUser user, long id, CustomFieldChange wanted, CancellationToken cancellationToken) => setup.ChangeAsync<CustomFieldView>(user, async change =>
    {
        var all = await change.Context.CustomFields.ToListAsync(cancellationToken);
        if (all.Find(row => row.Id == id) is not { } field)
            return Refusal.Missing("field");
        if (wanted.Version is { } version && version != CustomFieldView.VersionOf(field))
            return new Refusal(RefusalKind.Stale, "Somebody else has changed this field. Load it again, then repeat your change.");
        var (errors, before, former, choices) = (new FieldErrors(), CustomFieldView.VersionOf(field), field.Name, CustomFieldOptions.Of(field));
        if (wanted.Name is not null)
            field.Name = ReadName(wanted.Name, all.Where(other => other.Id != id), errors);
        if (wanted.Options is { } options)
        {
            errors.Add("options", HasOptions(field.Type) ? null : "Only choices have options.");
            field.Options = JsonList.Write(FieldOptions.Change(CustomFieldOptions.Of(field), options, errors));
        }

        if (wanted.Archived is { } archived && archived != field.ArchivedAt is not null)
            field.ArchivedAt = archived ? change.Now : null;
        if (errors.Refusal is { } invalid)
            return invalid;
        await SetupTimeline.OfRenamedAsync(change, field, choices, CustomFieldOptions.Of(field), cancellationToken);
        if (before != CustomFieldView.VersionOf(field))
            change.Note("field.changed", field.Name, $"{(former == field.Name ? "" : $"name: {former} → {field.Name}; ")}{(field.ArchivedAt is null ? "" : "archived; ")}options: {field.Options ?? "-"}");
        return CustomFieldView.Of(field);
    }, cancellationToken);

    /// <summary>Leads that had the one option have the other; the one is not offered any more.</summary>
    /// <returns>How many leads had it. Errors by field: into.</returns>
    public Task<Outcome<int>> MergeOptionAsync(CurrentUser user, long id, int option, int into, CancellationToken cancellationToken) => setup.ChangeAsync<int>(user, async change =>
    {
        if (await change.Context.CustomFields.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } field)
            return Refusal.Missing("field");
        var options = CustomFieldOptions.Of(field);
        if (options.FirstOrDefault(row => row.Id == option) is not { } from)
            return Refusal.Missing("option");
        if (option == into || options.FirstOrDefault(row => row.Id == into && !row.Archived) is not { } target)
            return Refusal.Invalid("into", "Choose another option of the same field that is still offered.");
        await SetupTimeline.OfOptionAsync(change, field, option, from.Name, target.Name, cancellationToken);
        var moved = await FieldOptions.MoveAsync(change.Context, id, option, into, cancellationToken);
        field.Options = JsonList.Write([.. options.Select(row => row.Id == option ? row with { Archived = true } : row)]);
        change.Note("field.option_merged", field.Name, $"{from.Name} → {target.Name}, leads: {moved.ToString(CultureInfo.InvariantCulture)}");
        return moved;
    }, cancellationToken);

    public Task<Outcome<bool>> OrderAsync(CurrentUser user, IReadOnlyList<long> ids, CancellationToken cancellationToken) => setup.ChangeAsync<bool>(user, async change =>
    {
        var all = await change.Context.CustomFields.OrderBy(field => field.Position).ToListAsync(cancellationToken);
        foreach (var (at, field) in DeskSetup.InOrder(all, ids, field => field.Id).Index())
            field.Position = at + 1;
        change.Note("field.ordered", string.Join(", ", all.OrderBy(field => field.Position).Select(field => field.Key)));
        return true;
    }, cancellationToken);

    /// <summary>It is gone from every page at once; a job takes its values away.</summary>
    public Task<Outcome<bool>> DeleteAsync(CurrentUser user, long id, CancellationToken cancellationToken) => setup.ChangeAsync<bool>(user, async change =>
    {
        if (await change.Context.CustomFields.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } field)
            return Refusal.Missing("field");
        change.Context.CustomFields.Remove(field);
        JobQueue.Add(change.Context, DeleteFieldValues.JobKind, user.CompanyId, id.ToString(CultureInfo.InvariantCulture), change.Now, change.Now);
        change.Note("field.deleted", field.Name, field.Key);
        return true;
    }, cancellationToken);

    public static bool HasOptions(CustomFieldType type) => type is CustomFieldType.Choice or CustomFieldType.MultiChoice;

    private static string ReadName(string? written, IEnumerable<CustomField> others, FieldErrors errors)
    {
        var name = errors.Text("name", "The field's name", written, LongestName);
        if (others.Any(other => SearchText.Fold(other.Name) == SearchText.Fold(name)))
            errors.Add("name", "There is already a field with this name.");
        return name;
    }

    private static string ReadKey(string? written, string name, List<CustomField> others, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(written))
            return FieldKeys.FromName(name, others.ConvertAll(other => other.Key));
        var key = written.Trim();
        if (!FieldKeys.IsKey(key))
            errors.Add("key", $"A key begins with a letter and has small letters, digits and underscores, at most {FieldKeys.Longest}.");
        else if (FieldKeys.IsReserved(key) || others.Exists(other => other.Key == key))
            errors.Add("key", "This key is taken. Choose another one.");
        return key;
    }
}
