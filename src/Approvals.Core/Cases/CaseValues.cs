using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Cases;

/// <summary>
/// What expressions of a process see of its case: <c>data.amount</c>, <c>caseNumber</c>, <c>today</c>. Values are copies; an
/// expression changes nothing. The case is the one the instance was started for, whatever its correlation id.
/// </summary>
public sealed class CaseValues : IExpressionContributor
{
    /// <summary>Name of the form data.</summary>
    public const string Data = "data";

    /// <summary>The other values: name, type in TypeScript, and what it is in Chinese.</summary>
    public static readonly IReadOnlyList<(string Name, string Type, string Description)> Others =
    [
        ("caseId", "string", "业务件的内部编号"),
        ("caseNumber", "string", "业务编号，如 JZPR-2026-0001"),
        ("processName", "string", "流程名称"),
        ("subjectName", "string", "业务件对象，通常为申请人姓名"),
        ("today", "string", "今天（北京时间），如 2026-11-23"),
    ];

    /// <inheritdoc />
    public void Contribute(ExpressionContext context, IDictionary<string, object?> values)
    {
        values["today"] = context.Clock.Today().ToString("O", CultureInfo.InvariantCulture);
        var db = context.Services.GetService<ApprovalsDbContext>();
        if (db?.Instances.Find(context.InstanceId)?.CaseId is not { } caseId)
            return;
        Add(Data, row => JsonNode.Parse(row.Data));
        Add("caseId", row => row.Id.ToString());
        Add("caseNumber", row => row.Number);
        Add("processName", row => row.ProcessName);
        Add("subjectName", row => row.SubjectName);

        void Add(string name, Func<Case, object?> read) => values[name] = (Func<object?>)(() => Find() is { } row ? read(row) : null);

        // The step that evaluates has its case in memory already; otherwise this is one read by key.
        Case? Find() => db.Cases.Find(caseId);
    }
}
