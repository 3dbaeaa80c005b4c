using System.Data.Common;
using Npgsql;

namespace Approvals.Benchmarks.Durable;

/// <summary>
/// A database that outlives the kernel which fills it, because the product is then started on it. Its owner drops the original.
/// </summary>
internal sealed class KeptDatabase(BenchDatabase original) : BenchDatabase
{
    public override string Provider => original.Provider;

    public override string ConnectionString => original.ConnectionString;

    public override Task<string> DurabilityAsync() => original.DurabilityAsync();

    public override Task<BenchDatabase> CopyAsync() => original.CopyAsync();

    public override DbConnection Connect() => original.Connect();

    public override Task DropAsync()
    {
        NpgsqlConnection.ClearAllPools();
        return Task.CompletedTask;
    }
}
