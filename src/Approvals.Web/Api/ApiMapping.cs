using Approvals.Core.Cases;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Regulations;

namespace Approvals.Web.Api;

/// <summary>What the use cases read, in the shape the API promises.</summary>
internal static class ApiMapping
{
    public static ApiCase CaseOf(CaseSheet sheet) => new(
        sheet.Row.Id, sheet.Row.Number, sheet.Row.ProcessKey, sheet.Row.SubjectName, sheet.Row.Status, sheet.Row.Outcome,
        sheet.Row.RowVersion, sheet.Data,
        [.. sheet.Waiting.Select(step => new ApiWaiting(step.StepName, step.People, step.Since, step.DueAt))],
        [.. sheet.Findings.Select(FindingOf)],
        [.. sheet.Files.Select(FileOf)],
        sheet.Documents,
        [.. sheet.History.Select(one => new ApiEvent(one.At, one.Kind, one.StepName, one.ActorName, one.Text, one.Detail))]);

    public static ApiTask TaskOf(TaskView view)
    {
        var rights = FormRights.For(view.Form.Form, view.Step.RightsKey);
        return new ApiTask(
            view.Task.Id, view.Case.Id, view.Step.StepName, view.Task.State, view.Access == TaskAccess.Decide, view.Options,
            view.Shown.Hash, FormMerge.Visible(view.Form.Form, view.Data, view.Step.RightsKey),
            [.. view.Findings.Select(FindingOf)],
            [.. view.Form.Files.Where(file => rights.MayRead(file.FieldKey)).Select(FileOf)]);
    }

    public static ApiTaskRow RowOf(InboxRow row) => new(
        row.Id, row.CaseId, row.CaseNumber, row.SubjectName, row.ProcessName, row.StepName, row.FromName, row.UnitName, row.At, row.DueAt,
        row.FailedFindings, row.OnBehalfOf);

    private static ApiFinding FindingOf(Finding one) =>
        new(one.Rule, one.Article, one.Title, one.Verdict, one.Value, one.Expected, one.Message);

    private static ApiFile FileOf(FieldFile file) => new(file.Id, file.FieldKey, file.FileName, file.ContentType, file.Size);
}
