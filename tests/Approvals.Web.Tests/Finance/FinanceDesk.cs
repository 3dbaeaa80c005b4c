using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Payouts;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Finance;

/// <summary>Approved allowances in the demonstration bureau, and the two people of finance: 金明珠 and 孟秋.</summary>
internal sealed class FinanceDesk : IAsyncDisposable
{
    /// <summary>Identity numbers that pass the check; the first is 刘志强's.</summary>
    public static readonly (string Name, string Number)[] Payees =
    [
        ("刘志强", "500101198503071211"), ("孙丽梅", "500101198503071238"), ("郭建军", "500101198503071254"),
    ];

    /// <summary>Bank cards that pass the check.</summary>
    public static readonly string[] Cards = ["6222020000000000018", "6222020000000000026", "6222020000000000034", "6222020000000000042"];

    public TestApp App { get; } = new() { RunsJobs = false };

    /// <summary>Grants so much to each of the payees, approved by 吴海峰.</summary>
    public Task GrantAsync(string key, params decimal[] amounts) => GrantAsync(key, [], amounts);

    /// <summary>The same with what it rests on.</summary>
    public async Task GrantAsync(string key, IReadOnlyList<BasisReference> basis, params decimal[] amounts)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApprovalsDbContext>();
        var people = await db.People.Where(row => new[] { "张伟", "吴海峰", "刘志强" }.Contains(row.Name)).ToDictionaryAsync(row => row.Name);
        var row = new Case
        {
            Number = $"BZ-2026-{key}", ProcessKey = "allowance", ProcessName = "工作补助", DefinitionVersionId = "none", SubjectName = "补助",
            StarterId = people["张伟"].Id, ApplicantId = people["张伟"].Id, Status = CaseStatus.Completed, Data = "{}",
        };
        var outcome = await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunAsync(
            async unit =>
            {
                db.Cases.Add(row);
                return await scope.ServiceProvider.GetRequiredService<GrantEntitlements>().GrantAsync(
                    new GrantRequest(row.Id, new GrantApproval(people["张伟"].Id, people["吴海峰"].Id, null), [.. amounts.Select((amount, index) => new EntitlementGrant
                    {
                        Key = $"{key}:{index}",
                        Kind = EntitlementKind.Allowance,
                        Programme = "commander-allowance",
                        ProgrammeName = "技术指挥官现场工作补助",
                        Period = "2026-11",
                        Payee = new PayeeReference(PayeeKind.Person, Payees[index].Name, Payees[index].Number, index == 0 ? people["刘志强"].Id : null),
                        Amount = amount,
                        Basis = basis,
                        Working = [new WorkingLine("市内现场，2026-11-20", amount / 200m, "天", 200m, amount, "办法第二十条")],
                    })]),
                    default);
            },
            default);
        Assert.IsType<GrantOutcome.Granted>(outcome);
    }

    public Task<int> WorkAsync() => App.Services.GetRequiredService<OutboxWorker>().RunDueAsync(default);

    public Task<Guid> PayeeAsync(int index)
    {
        var number = Payees[index].Number;
        return App.DatabaseAsync(db => db.Payees.Where(row => row.IdentityNumber == number).Select(row => row.Id).SingleAsync());
    }

    /// <summary>孟秋 enters the account, 金明珠 verifies it.</summary>
    public async Task AccountAsync(Browser enters, Browser verifies, int index, string card)
    {
        var address = $"/finance/accounts/{await PayeeAsync(index)}";
        var page = await enters.GetAsync(address);
        var saved = await enters.PostAsync(page.Form("name=\"bankName\"").Set("number", card).Set("bankName", "江州银行营业部"));
        Assert.Equal(address, saved.Location);
        var confirmed = await verifies.PostAsync((await verifies.GetAsync(address)).Form("name=\"account\""));
        Assert.Equal(address, confirmed.Location);
    }

    /// <summary>Builds a packet of what waits and acknowledges it.</summary>
    public async Task<string> PacketAsync(Browser finance)
    {
        var built = await finance.PostAsync((await finance.GetAsync("/finance/new?programme=commander-allowance")).Form("action=\"/finance/new?programme"));
        var address = built.Location!;
        Assert.Contains("/finance/packets/", address);
        await WorkAsync();
        Assert.Equal(address, (await finance.PostAsync((await finance.GetAsync(address)).Form("handler=Acknowledge"))).Location);
        return address;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
