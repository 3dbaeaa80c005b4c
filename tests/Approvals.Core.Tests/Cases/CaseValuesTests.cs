using Approvals.Core.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Tests.Cases;

/// <summary>Expressions of a process see the data of their case.</summary>
public sealed class CaseValuesTests
{
    [Theory, OnEachDatabase]
    public async Task Conditions_and_templates_read_the_form(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, new TestProcess("seen")
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("decide", "Elsa.FlowDecision", "判断", new
            {
                condition = new Script("data.reason === '需要' && caseNumber === 'CS-2026-0001' && today === '2026-03-02' && subjectName.length > 0"),
            })
            .Add("yes", "Approvals.CloseCase", "办结", new { outcome = new Script("data.name + '：' + processName") })
            .Add("no", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "看不到数据" })
            .Connect("start", "apply").Connect("apply", "decide").Connect("decide", "yes", "True").Connect("decide", "no", "False"));

        var row = await world.CaseAsync(await world.SubmittedAsync("seen"));

        Assert.Equal((CaseStatus.Completed, "申请人甲：测试流程"), (row.Status, row.Outcome));
    }

    [Theory, OnEachDatabase]
    public async Task A_script_that_writes_into_the_data_changes_its_copy_only(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, new TestProcess("copy")
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("close", "Approvals.CloseCase", "办结", new { outcome = new Script("data.name = '别人'; data.name") })
            .Connect("start", "apply").Connect("apply", "close"));

        var row = await world.CaseAsync(await world.SubmittedAsync("copy"));

        Assert.Equal("别人", row.Outcome);
        Assert.Equal("申请人甲", (string?)System.Text.Json.Nodes.JsonNode.Parse(row.Data)!["name"]);
        Assert.Empty(await world.Kernel.ReadAsync(db => db.Incidents.ToListAsync()));
    }
}
