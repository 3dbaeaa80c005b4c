using System.Diagnostics;
using Npgsql;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>Databases of these tests on PostgreSQL.</summary>
internal static class Server
{
    /// <summary>The server of the test run.</summary>
    public static string Shared => Environment.GetEnvironmentVariable("APPROVALS_TEST_POSTGRES") ?? throw new InvalidOperationException(
        "APPROVALS_TEST_POSTGRES is not set. Run: export APPROVALS_TEST_POSTGRES=\"$(bash tests/postgres.sh start)\"");

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public static async Task<string> NewDatabaseAsync(string server)
    {
        var name = $"proof_{Guid.CreateVersion7():N}";
        await AdministerAsync(server, $"CREATE DATABASE \"{name}\"");
        return new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ToString();
    }

    public static async Task DropAsync(string connection)
    {
        var one = new NpgsqlConnectionStringBuilder(connection);
        var name = one.Database;
        one.Database = "postgres";
        await AdministerAsync(one.ToString(), $"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
    }

    /// <summary>Runs a program of PostgreSQL, such as pg_dump, against a database.</summary>
    public static async Task RunAsync(string program, string connection, params string[] arguments)
    {
        var one = new NpgsqlConnectionStringBuilder(connection);
        var folder = Directory.GetDirectories("/usr/lib/postgresql").OrderBy(path => path, StringComparer.Ordinal).Last();
        var start = new ProcessStartInfo(Path.Combine(folder, "bin", program))
        {
            ArgumentList = { "-h", one.Host!, "-p", $"{one.Port}", "-U", one.Username!, "-d", one.Database! },
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {said}");
    }

    /// <summary>Runs tests/postgres.sh for a server of a test's own.</summary>
    /// <returns>What it printed: the connection string.</returns>
    public static async Task<string> ScriptAsync(string act, string folder)
    {
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { Path.Combine(Place.Root, "tests", "postgres.sh"), act },
            RedirectStandardOutput = true,
            Environment = { ["APPROVALS_POSTGRES_DIR"] = folder, ["APPROVALS_POSTGRES_DURABLE"] = "1" },
        };
        using var process = Process.Start(start)!;
        var url = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return url.Trim();
    }

    private static async Task AdministerAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
