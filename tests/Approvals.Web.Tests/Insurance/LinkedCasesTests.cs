using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Insurance;

/// <summary>Lists of other things name a case to everybody who may read the list, and lead to it only whoever may open it.</summary>
public sealed class LinkedCasesTests : IAsyncDisposable
{
    private readonly TestApp app = new() { RunsJobs = false, Settings = new Dictionary<string, string?> { ["Demo:Register"] = "true" } };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("caoyu", false)]
    [InlineData("shenji", true)]
    public async Task Policies_and_the_register_link_to_the_appointment_only_for_its_readers(string reader, bool mayOpen)
    {
        var (commander, caseId, number) = await app.DatabaseAsync(async db =>
        {
            var row = await db.InsurancePolicies.Select(policy => new { policy.CommanderId, policy.CaseId })
                .FirstAsync(TestContext.Current.CancellationToken);
            return (row.CommanderId, row.CaseId, (await db.Cases.FindAsync([row.CaseId], TestContext.Current.CancellationToken))!.Number!);
        });
        using var browser = await app.SignedInAsync(reader);

        Assert.Equal(mayOpen, (await browser.GetAsync($"/cases/{caseId}")).Text.Contains(number, StringComparison.Ordinal));
        foreach (var address in new[] { "/insurance/policies", $"/commanders/{commander}" })
        {
            var page = await browser.GetAsync(address);
            Assert.Contains(number, page.Text, StringComparison.Ordinal);
            Assert.Equal(mayOpen, page.Text.Contains($"href=\"/cases/{caseId}\"", StringComparison.Ordinal));
        }
    }
}
