using LeadDesk.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace LeadDesk.Data;

/// <summary>
/// <see cref="SearchText.Fold"/> inside a query, so that a filter finds "İzmir" by "izmir". SQLite calls the method itself.
/// PostgreSQL has its own words for nearly the same: case, diacritics of Latin, Greek and Cyrillic, and the letters that
/// Unicode does not take apart; it does not fold Arabic and Hebrew points and keeps double spaces.
/// </summary>
internal static class SqlText
{
    private const string Name = "leaddesk_fold";

    /// <summary>Letters that Unicode does not take apart, and what stands for each in a folded text.</summary>
    private const string Letters = "ıøđðłħŧŋəς’‘“”–—";
    private const string Folded = "ioddlhtneσ''\"\"--";

    /// <summary>Only inside a query.</summary>
    public static string? Fold(string? text) => throw new InvalidOperationException($"A database folds {text?.Length} characters; this is not called.");

    public static void Configure(ModelBuilder model) => model.HasDbFunction(() => Fold(default)).HasName(Name);

    public static void ConfigurePostgres(ModelBuilder model) => model.HasDbFunction(() => Fold(default)).HasTranslation(arguments => InPostgres(arguments[0]));

    /// <summary>What a pooled connection had is taken away when it is returned.</summary>
    public static void Register(SqliteConnection connection) =>
        connection.CreateFunction<string?, string?>(Name, static text => text is null ? null : SearchText.Fold(text), isDeterministic: true);

    /// <summary>ASCII, which is most, is only made small.</summary>
    private static CaseExpression InPostgres(SqlExpression text)
    {
        var whole = new SqlConstantExpression("NFKD", text.TypeMapping);
        var apart = Call("pg_catalog", "normalize", text, whole);
        var bare = Call(null, "regexp_replace", apart, Constant("[\\u0300-\\u036F\\u0483-\\u0489]"), Constant(""), Constant("g"));
        var small = Call(null, "lower", new CollateExpression(bare, "und-x-icu"));
        var folded = Call(null, "translate", small, Constant(Letters), Constant(Folded));
        var isAscii = new SqlBinaryExpression(System.Linq.Expressions.ExpressionType.Equal, Length("octet_length"), Length("length"), typeof(bool), BoolTypeMapping.Default);
        return new CaseExpression([new CaseWhenClause(isAscii, Call(null, "lower", text))], new CollateExpression(folded, "C"));

        SqlConstantExpression Constant(string value) => new(value, text.TypeMapping);

        SqlFunctionExpression Length(string name) => new(name, [text], nullable: true, argumentsPropagateNullability: [true], typeof(int), IntTypeMapping.Default);

        SqlFunctionExpression Call(string? schema, string name, params SqlExpression[] arguments) =>
            new(schema, name, arguments, nullable: true, arguments.Select(_ => true), typeof(string), text.TypeMapping);
    }
}
