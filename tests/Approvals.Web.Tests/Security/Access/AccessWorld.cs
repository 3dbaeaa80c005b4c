using System.Net;
using Approvals.Core.Certificates;
using Approvals.Core.Inbox;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>
/// A case of <c>liuzhiqiang</c> under way, with files, a document, a signature and a task of <c>lili</c>; a draft of his; and the people who
/// stand for the columns of the matrix: as parts of that case it is their own, for the others it is another's.
/// </summary>
public sealed class AccessWorld : IAsyncLifetime
{
    /// <summary>Columns of the matrix and who stands for each; null is somebody who has not signed in.</summary>
    public static readonly IReadOnlyList<(string Column, string? User)> People =
    [
        ("public", null), ("applicant", "liuzhiqiang"), ("holder", "lili"), ("owning section", "wuhaifeng"), ("other applicant", "hezhe"),
        ("other section", "zhaotiezhu"), ("training", "zhangwei"), ("register, allowance", "huangting"), ("objections", "pengfei"),
        ("duty", "zouping"), ("command", "linxiuying"), ("insurance", "caoyu"), ("finance", "mengqiu"), ("process", "shenhong"),
        ("system", "xitong"), ("security", "anquan"), ("audit", "shenji"), ("service centre", "fangyuan"),
        ("commander", "luojianming"),
    ];

    private readonly Dictionary<string, string> ids = new()
    {
        ["documentName"] = "v1", ["field"] = "photo", ["process"] = "commander-appointment", ["parameter"] = "notice.working-days",
    };

    public TestApp App { get; } = new() { RunsJobs = false, Settings = new Dictionary<string, string?> { ["Demo:Register"] = "true" } };

    /// <summary>The value of a parameter of an address: of the case where it names one, else made up.</summary>
    public string ValueOf(string pattern, string parameter)
    {
        var of = pattern.Contains("cases/", StringComparison.Ordinal) && parameter is "id" or "caseId"
            ? pattern.EndsWith("/edit", StringComparison.Ordinal) || pattern.EndsWith("/draft", StringComparison.Ordinal)
                || pattern.EndsWith("/submit", StringComparison.Ordinal) || pattern.Contains("/attachments/{field", StringComparison.Ordinal)
                ? "draft" : "case"
            : pattern.Contains("tasks/", StringComparison.Ordinal) && parameter == "id" ? "task"
            : pattern.Contains("commanders/", StringComparison.Ordinal) && parameter == "id" ? "commander"
            : parameter is "definitionId" or "key" && (pattern.StartsWith("/processes/", StringComparison.Ordinal)
                || pattern.StartsWith("/api/v1/processes/", StringComparison.Ordinal)) ? "process"
            : pattern == "/admin/parameters/{key}" ? "parameter"
            : parameter;
        return ids.GetValueOrDefault(of, "0192f000-0000-7000-8000-000000000000");
    }

    public async ValueTask InitializeAsync()
    {
        using var applicant = await App.SignedInAsync("liuzhiqiang");
        using var representative = await App.SignedInAsync("chenguihua");
        var caseId = await Applications.SubmittedAsync(applicant);
        var page = await representative.GetAsync($"/tasks/{await Applications.OpenTaskAsync(App, caseId)}");
        var signed = await representative.PostAsync(
            Applications.Decision(page, "Approve").Set("data.recommendationOpinion", "推荐"), "file:stampedScan", "盖章.png", Applications.Picture());
        Assert.Equal(HttpStatusCode.Redirect, signed.Status);
        ids["case"] = caseId.ToString();
        ids["draft"] = (await Applications.DraftAsync(applicant)).Address["/cases/".Length..][..36];
        await App.DatabaseAsync(async db =>
        {
            ids["task"] = (await db.Tasks.SingleAsync(
                one => one.CaseId == caseId && one.State == TaskState.Open && one.StepName == "业务处室审查")).Id.ToString();
            var attachment = await db.Attachments.FirstAsync(one => one.CaseId == caseId);
            ids["attachmentId"] = attachment.Id.ToString();
            ids["decisionId"] = (await db.Decisions.FirstAsync(one => one.CaseId == caseId && one.SignatureFileId != null)).Id.ToString();
            ids["commander"] = (await db.Commanders.OrderBy(one => one.Id).FirstAsync()).Id.ToString();
            var document = new IssuedDocument
            {
                CaseId = caseId, IssueKey = "test", Template = "letter", Number = "1", Title = "通知书", Model = "{}", FileId = attachment.FileId,
            };
            db.Documents.Add(document);
            ids["documentId"] = document.Id.ToString();
            return await db.SaveChangesAsync();
        });
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
