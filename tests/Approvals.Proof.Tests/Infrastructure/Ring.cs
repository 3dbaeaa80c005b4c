using Approvals.Web.Jobs;
using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>Rings for messages as a process of the product does, from outside.</summary>
internal static class Ring
{
    /// <summary>Has some process on this bureau's PostgreSQL look at a message; returns when it has looked.</summary>
    public static async Task RingAsync(this Bureau bureau, Guid message, int seconds = 120)
    {
        var options = new PostgreSqlStorageOptions { PrepareSchemaIfNecessary = false };
        var storage = new PostgreSqlStorage(new NpgsqlConnectionFactory(bureau.Connection, options), options);
        var job = new BackgroundJobClient(storage)
            .Enqueue<OutboxJob>(one => one.RunAsync(new[] { message }, CancellationToken.None));
        var isSeen = await Poll.UntilAsync(() => Task.FromResult(StateOf(storage, job) == "Succeeded"), seconds);
        Assert.True(isSeen, $"Nobody came for the ring in {seconds} s: {StateOf(storage, job)}");
    }

    private static string? StateOf(JobStorage storage, string job)
    {
        using var connection = storage.GetConnection();
        return connection.GetStateData(job)?.Name;
    }
}
