namespace Approvals.Core.Tests.Cases;

/// <summary>Small processes that the kernel's tests run.</summary>
internal static class Processes
{
    /// <summary>申请 → 处长 → 局长 → 办结; each may refuse or return.</summary>
    public static TestProcess TwoSigners(string afterReturn = "rerun") => new TestProcess("two-signers")
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, deadlineDays = 3 })
        .Add("leader", "Approvals.ApprovalStep", "局长审批", new { who = new[] { "leader@owner" }, afterReturn })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
        .Add("refuse-head", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "处长不同意" })
        .Add("refuse-leader", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "局长不同意" })
        .Connect("start", "apply").Connect("apply", "head").Connect("head", "leader", "同意").Connect("leader", "close", "同意")
        .Connect("head", "refuse-head", "不同意").Connect("leader", "refuse-leader", "不同意");

    /// <summary>申请 → 处长 ∥ 评议（会签） → 汇合 → 局长 → 办结; a refusal of any ends it at once.</summary>
    public static TestProcess Fork() => new TestProcess("fork")
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("fork", "Elsa.FlowFork", "并行", new { branches = new[] { "甲", "乙" } })
        .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" } })
        .Add("voters", "Approvals.ApprovalStep", "评议", new { who = new[] { "head@section:committee" }, mode = "All" })
        .Add("join", "Elsa.FlowJoin", "汇合", new { mode = "WaitAll" })
        .Add("any", "Elsa.FlowJoin", "任一不同意", new { mode = "WaitAny" })
        .Add("leader", "Approvals.ApprovalStep", "局长审批", new { who = new[] { "leader@owner" } })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
        .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "审查未通过" })
        .Add("refuse-leader", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "局长不同意" })
        .Connect("start", "apply").Connect("apply", "fork").Connect("fork", "head", "甲").Connect("fork", "voters", "乙")
        .Connect("head", "join", "同意").Connect("voters", "join", "同意").Connect("head", "any", "不同意")
        .Connect("voters", "any", "不同意").Connect("any", "refuse").Connect("join", "leader").Connect("leader", "close", "同意")
        .Connect("leader", "refuse-leader", "不同意");

    /// <summary>One step whose people nobody is.</summary>
    public static TestProcess Nobody() => new TestProcess("nobody")
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("head", "Approvals.ApprovalStep", "财务审批", new { who = new[] { "role:finance" } })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
        .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "不同意" })
        .Connect("start", "apply").Connect("apply", "head").Connect("head", "close", "同意").Connect("head", "refuse", "不同意");

    /// <summary>A step that the deadline approves, and one after it.</summary>
    public static TestProcess Lenient() => new TestProcess("lenient")
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, deadlineDays = 2, onDeadline = "approve" })
        .Add("leader", "Approvals.ApprovalStep", "局领导审批", new { who = new[] { "leader@owner" } })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
        .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "不同意" })
        .Connect("start", "apply").Connect("apply", "head").Connect("head", "leader", "同意").Connect("head", "refuse", "不同意")
        .Connect("leader", "close", "同意").Connect("leader", "refuse", "不同意");

    /// <summary>A step that the deadline refuses.</summary>
    public static TestProcess Deadline() => new TestProcess("deadline")
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, deadlineDays = 2, onDeadline = "reject" })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
        .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "到期未办" })
        .Connect("start", "apply").Connect("apply", "head").Connect("head", "close", "同意").Connect("head", "refuse", "不同意");
}
