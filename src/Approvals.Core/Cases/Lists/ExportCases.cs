using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Documents.Sheets;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Cases;

/// <summary>A list of cases as a workbook.</summary>
/// <param name="FileName">Name to save it under.</param>
/// <param name="Content">The workbook; null when there are more rows than <see cref="ExportCases.Most"/>.</param>
public sealed record CaseWorkbook(string FileName, byte[]? Content)
{
    /// <summary>Type of the content.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

/// <summary>导出业务件 — the list as it is filtered, as .xlsx; no form data, only what the list and its cases' heads show. Audited.</summary>
public sealed class ExportCases(ApprovalsDbContext db, UnitOfWork unitOfWork, CaseList list, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Most rows of one workbook.</summary>
    public const int Most = 10_000;

    private static readonly SheetColumn[] Columns =
    [
        new("业务编号", SheetColumnKind.Text, 18), new("姓名（事项）", SheetColumnKind.Text, 16), new("流程", SheetColumnKind.Text, 24),
        new("单位", SheetColumnKind.Text, 26), new("承办处室", SheetColumnKind.Text, 18), new("状态", SheetColumnKind.Text, 10),
        new("当前环节", SheetColumnKind.Text, 26), new("当前办理人", SheetColumnKind.Text, 20), new("提交日期", SheetColumnKind.Date, 12),
        new("结束日期", SheetColumnKind.Date, 12), new("历时（天）", SheetColumnKind.Number, 10), new("结果", SheetColumnKind.Text, 30),
    ];

    /// <summary>Makes the workbook of everything the signed-in person may read and the filter leaves.</summary>
    public async Task<CaseWorkbook> MakeAsync(CaseFilter filter, CancellationToken cancellationToken)
    {
        var name = $"业务件-{clock.Today():yyyyMMdd}.xlsx";
        var cases = filter.Narrow(await list.ReadableAsync(cancellationToken));
        var rows = await (
            from one in cases
            join unit in db.OrgUnits on one.UnitId equals unit.Id into units
            from unit in units.DefaultIfEmpty()
            join section in db.OrgUnits on one.OwnerSectionId equals section.Id into sections
            from section in sections.DefaultIfEmpty()
            orderby one.Id descending
            select new { Case = one, Unit = unit.Name, Section = section.Name }).Take(Most + 1).ToListAsync(cancellationToken);
        if (rows.Count > Most)
            return new CaseWorkbook(name, null);
        var holders = (await (
            from one in cases
            join task in db.Tasks on one.Id equals task.CaseId
            join who in db.People on task.AssigneeId equals who.Id
            where task.State == TaskState.Open
            orderby task.Id
            select new { one.Id, who.Name }).ToListAsync(cancellationToken)).ToLookup(row => row.Id, row => row.Name);
        await unitOfWork.RunAsync(
            _ =>
            {
                audit.Record("cases.exported", "cases", "list", new
                {
                    rows = rows.Count, process = filter.ProcessKey, status = filter.Status?.ToString(), section = filter.SectionId, from = filter.From,
                    until = filter.Until, isSearched = filter.Search is not null,
                });
                return Task.CompletedTask;
            },
            cancellationToken);
        return new CaseWorkbook(name, Workbook.Write(new Sheet(
            "业务件", Columns, rows.Select(row => RowOf(row.Case, row.Unit, row.Section, holders[row.Case.Id])))));
    }

    private object?[] RowOf(Case row, string? unit, string? section, IEnumerable<string> holders)
    {
        var (submitted, closed) = (DayOf(row.SubmittedAt), DayOf(row.ClosedAt));
        return
        [
            row.Number, row.SubjectName, row.ProcessName, unit, section, StatusWord(row.Status), row.CurrentSteps,
            string.Join("、", holders.Distinct()), submitted, closed,
            submitted is { } day ? (closed ?? clock.Today()).DayNumber - day.DayNumber : null, row.Outcome,
        ];
    }

    private static DateOnly? DayOf(DateTimeOffset? at) => at is { } instant ? ChinaTime.DateOf(instant) : null;

    private static string StatusWord(CaseStatus status) => status switch
    {
        CaseStatus.Running => "办理中",
        CaseStatus.Completed => "已办结",
        CaseStatus.Rejected => "未通过",
        CaseStatus.Withdrawn => "已撤回",
        _ => "草稿",
    };
}
