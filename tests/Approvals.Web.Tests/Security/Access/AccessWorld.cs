using Approvals.Core.Data;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>A thing of every kind, each somebody's own, and the people who stand for the columns of the matrix.</summary>
public sealed class AccessWorld : IAsyncLifetime
{
    /// <summary>Columns of the matrix and who stands for each; null is somebody who has not signed in.</summary>
    public static readonly IReadOnlyList<(string Column, string? User)> People =
    [
        ("public", null), ("applicant", "liuzhiqiang"), ("holder", "lili"), ("owning section", "wuhaifeng"), ("other applicant", "hezhe"),
        ("other section", "zhaotiezhu"), ("training", "zhangwei"), ("register, allowance", "huangting"), ("objections", "pengfei"),
        ("duty", "zouping"), ("command", "linxiuying"), ("insurance", "caoyu"), ("finance", "mengqiu"), ("process", "shenhong"),
        ("system", "xitong"), ("security", "anquan"), ("audit", "shenji"), ("service centre", "fangyuan"),
        ("commander", "luojianming"), ("other commander", "tanli"), ("unit", "chenguihua"), ("other unit", "majunjie"),
        ("rescue head", "wangqiang"), ("finance head", "jinmingzhu"), ("payee", "fangzhiyuan"),
    ];

    private readonly HeldCommits commits = new();

    public AccessWorld() => App = new TestApp
    {
        RunsJobs = false,
        Settings = new Dictionary<string, string?> { ["Demo:Register"] = "true", ["Serilog:MinimumLevel:Default"] = "Fatal" },
        Replace = services => services.ConfigureDbContext<ApprovalsDbContext>(options => options.AddInterceptors(commits)),
    };

    public TestApp App { get; }

    /// <summary>What there is to visit.</summary>
    public Things Things { get; } = new();

    public async ValueTask InitializeAsync()
    {
        using var desk = new Desk(App);
        await RescueThings.MakeMissionsAsync(desk, Things);
        await AppointmentThings.MakeAsync(desk, Things);
        await RescueThings.MakeOthersAsync(desk, Things);
        await OfficeThings.MakeMoneyAsync(desk, Things);
        await OfficeThings.MakeAsync(desk, Things);
        await CounterpartThings.MakeAsync(desk, Things);
    }

    /// <summary>From now on nothing that is done is kept.</summary>
    public void Hold() => commits.Holds = true;

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
