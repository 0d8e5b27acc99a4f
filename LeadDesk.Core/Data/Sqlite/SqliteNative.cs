using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LeadDesk.Data.Sqlite;

/// <summary>
/// Makes EF Core 10 run with SQLitePCLRaw 2.0.6, and prefers the system's SQLite.
/// <para>
/// EF Core's SQLite assemblies ask for SQLitePCLRaw 2.1.13 or newer; where the package feed ends at 2.0.6, the runtime
/// refuses the older assembly by its version. The first hook hands it out all the same (the parts used are the same).
/// With a newer SQLitePCLRaw referenced, the first hook is never asked.
/// </para>
/// <para>
/// The bundled library of 2.0.6 is SQLite 3.35.5 (2021); a Linux system's own libsqlite3 is newer and gets security fixes.
/// Where there is none, the bundled one serves.
/// </para>
/// </summary>
internal static class SqliteNative
{
#pragma warning disable CA2255 // A module initializer is the only place early enough: EF Core touches SQLitePCLRaw while it is being set up.
    [ModuleInitializer]
    internal static void Hook()
#pragma warning restore CA2255
    {
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
        {
            if (name.Name?.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal) is not true)
                return null;
            var file = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
            return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        };
    }

    /// <summary>Called once before the first connection, when the provider assembly can be loaded.</summary>
    internal static void PreferSystemLibrary()
    {
        if (Interlocked.Exchange(ref preferred, 1) is 1)
            return;
        var provider = Assembly.Load("SQLitePCLRaw.provider.e_sqlite3");
        NativeLibrary.SetDllImportResolver(provider, static (name, _, _) =>
            name is "e_sqlite3" && OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libsqlite3.so.0", out var library) ? library : IntPtr.Zero);
        Batteries_V2.Init();
    }

    /// <summary>
    /// The statement behind a reader, for reading texts without making strings of them. By reflection, because the compiler
    /// takes the type of <c>Handle</c> for that of the newer assembly.
    /// </summary>
    internal static sqlite3_stmt StatementOf(SqliteDataReader reader) => (sqlite3_stmt)Handle.GetValue(reader)!;

    private static readonly PropertyInfo Handle = typeof(SqliteDataReader).GetProperty("Handle")!;
    private static int preferred;
}
