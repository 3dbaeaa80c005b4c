using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Approvals.Web.Hosting;

/// <summary>
/// Whether a fault lies with the database or the disk — gone, locked, full — so that it is nobody's mistake, passes when the house has
/// mended it, and the answer is 503 instead of 500.
/// </summary>
internal static class StorageFault
{
    /// <summary>Seconds after which a program may ask again.</summary>
    public const string RetryAfter = "30";

    // SQLITE_BUSY, LOCKED, IOERR, FULL, CANTOPEN.
    private static readonly int[] Sqlite = [5, 6, 10, 13, 14];

    // Time-out, no room for a table, no room for the log, deadlock, no connection.
    private static readonly int[] SqlServer = [-2, 1105, 9002, 1205, 53, 233, 10053, 10054, 10060];

    // ENOSPC, EDQUOT and ERROR_DISK_FULL.
    private static readonly int[] NoRoom = [28, 122, unchecked((int)0x80070070)];

    /// <summary>Looks at the fault and at what caused it.</summary>
    public static bool IsBehind(Exception? fault) => fault is not null && (Is(fault) || IsBehind(fault.InnerException));

    private static bool Is(Exception fault) => fault switch
    {
        SqliteException sqlite => Sqlite.Contains(sqlite.SqliteErrorCode),
        SqlException server => SqlServer.Contains(server.Number),
        DbException other => other.IsTransient,
        IOException disk => NoRoom.Contains(disk.HResult),
        _ => false,
    };
}
