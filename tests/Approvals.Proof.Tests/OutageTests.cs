using System.Net;
using Approvals.Proof.Tests.Infrastructure;

namespace Approvals.Proof.Tests;

/// <summary>The database is gone for a while, or the disk is full: the process lives on, nothing is half done, and work goes on afterwards.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task When_the_database_comes_back_the_same_process_goes_on()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"approvals-pg-{Guid.CreateVersion7():N}");
        var server = await Server.ScriptAsync("start", folder);
        try
        {
            var bureau = await Bureau.OpenAsync("PostgreSql", server, pays: Place.IsProving);
            await using var closing = bureau;
            await using var node = await bureau.Start().ReadyAsync();
            await bureau.InviteAsync("liuzhiqiang", "wangqiang");
            await using (var traffic = new Traffic(bureau))
            {
                traffic.GoTo(node);
                await traffic.MoreAsync(5);
                traffic.WithoutFaults(node);
                await Server.ScriptAsync("pause", folder);
                using var client = new HttpClient { BaseAddress = node.Address };
                Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);
                await Poll.PassAsync(Place.IsProving ? 60_000 : 2_000);
                await Server.ScriptAsync("resume", folder);
                Npgsql.NpgsqlConnection.ClearAllPools();
                await traffic.MoreAsync(5);
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
                await bureau.WholeAsync("the database was gone");
                await bureau.MoneyFlowsAsync();
                await bureau.ConfirmedIsStoredAsync(traffic);
            }

            await bureau.FinishOnAsync(node);
            TestContext.Current.SendDiagnosticMessage("{0}", await bureau.SubstanceAsync());
        }
        finally
        {
            await Server.ScriptAsync("stop", folder);
        }
    }
}
