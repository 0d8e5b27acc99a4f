using System.Linq.Expressions;
using LeadDesk.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NpgsqlTypes;

namespace LeadDesk.Data;

/// <summary>
/// An entity's table for writing many rows without change tracking. Columns come from the model itself, so a new
/// property cannot be forgotten here.
/// </summary>
internal sealed class RowTable<T>
    where T : class
{
    private readonly List<IProperty> properties;

    /// <param name="generatedKey">The database numbers the rows; the key is left out.</param>
    /// <param name="only">Names of the properties that are written; null for all.</param>
    public RowTable(IModel model, bool generatedKey, IReadOnlyCollection<string>? only = null)
    {
        var entity = model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is not in the model.", nameof(model));
        Name = entity.GetTableName()!;
        properties = [.. entity.GetProperties().Where(property => (!generatedKey || !property.IsPrimaryKey()) && (only is null || property.IsPrimaryKey() || only.Contains(property.Name)))];
        Keys = [.. properties.Where(property => property.IsPrimaryKey()).Select(property => property.GetColumnName())];
        Columns = [.. properties.Select(property => property.GetColumnName())];
    }

    public string Name { get; }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Those of <see cref="Columns"/> that make the primary key.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>One compiled function that binds a row's values in the order of <see cref="Columns"/>, without boxing them.</summary>
    public Action<SqliteStatement, T> CompileBinding()
    {
        var statement = Expression.Parameter(typeof(SqliteStatement));
        var row = Expression.Parameter(typeof(T));
        var calls = properties.Select(property =>
        {
            var (value, type) = Stored(Expression.Property(row, property.PropertyInfo!));
            return Expression.Call(statement, typeof(SqliteStatement).GetMethod(nameof(SqliteStatement.Bind), [type])!, value);
        });
        return Expression.Lambda<Action<SqliteStatement, T>>(Expression.Block(calls), statement, row).Compile();
    }

    /// <summary>
    /// For each column a function that gathers its values of all rows, as PostgreSQL's unnest takes them; and whether none of
    /// them is set.
    /// </summary>
    public IReadOnlyList<(NpgsqlDbType Type, Func<IReadOnlyList<T>, (Array Values, bool Empty)> Gather)> CompileArrays() => [.. properties.Select(ArrayOf)];

    private static (NpgsqlDbType Type, Func<IReadOnlyList<T>, (Array Values, bool Empty)> Gather) ArrayOf(IProperty property)
    {
        var row = Expression.Parameter(typeof(T));
        var (value, type) = Stored(Expression.Property(row, property.PropertyInfo!));
        var method = typeof(RowTable<T>).GetMethod(nameof(Gather), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(type);
        var read = Expression.Lambda(value, row).Compile();
        return (DbType(Nullable.GetUnderlyingType(type) ?? type), (Func<IReadOnlyList<T>, (Array, bool)>)method.Invoke(null, [read])!);
    }

    private static Func<IReadOnlyList<T>, (Array Values, bool Empty)> Gather<TValue>(Func<T, TValue> read) => rows =>
    {
        var values = new TValue[rows.Count];
        var empty = true;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(rows[i]);
            empty &= values[i] is null;
        }

        return (values, empty);
    };

    /// <summary>Whole numbers and enums go in as 64 bits; the database casts them to the column's width.</summary>
    private static (Expression Value, Type Type) Stored(Expression value)
    {
        var bare = Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        if (!bare.IsEnum && bare != typeof(int))
            return (value, value.Type);
        var target = value.Type == bare ? typeof(long) : typeof(long?);
        return (Expression.Convert(value, target), target);
    }

    private static NpgsqlDbType DbType(Type type) =>
        type == typeof(long) ? NpgsqlDbType.Bigint
        : type == typeof(bool) ? NpgsqlDbType.Boolean
        : type == typeof(DateTime) ? NpgsqlDbType.TimestampTz
        : type == typeof(byte[]) ? NpgsqlDbType.Bytea
        : type == typeof(string) ? NpgsqlDbType.Text
        : throw new NotSupportedException($"No column type for {type.Name}.");
}
