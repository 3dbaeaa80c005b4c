using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Workflows;

namespace Approvals.Core.Inbox;

/// <summary>Records an applicant's submission as a finished step with its decision, so that it can be returned to and proven.</summary>
public sealed class RecordSubmission(ApprovalsDbContext db, FormCatalogue forms, FormRows rows, TimeProvider clock)
{
    /// <summary>Adds the step run, the task and the decision of a submission that has just been checked.</summary>
    public async Task RecordAsync(ActivityContext context, CaseScope scope, string formKey, string rightsKey, Signer applicant)
    {
        var now = clock.GetUtcNow();
        var row = scope.Row;
        var options = new StepOptions("提交", null, false, false, false, false, null, [], false);
        var step = new StepRun
        {
            CaseId = row.Id,
            InstanceId = context.InstanceId,

            // It never waited; the run stands in, because a bookmark belongs to one step only.
            BookmarkId = context.RunId,
            ActivityId = context.ActivityId,
            StepName = context.Node.DisplayText,
            Kind = StepKind.Form,
            Mode = StepMode.Any,
            FormKey = formKey,
            RightsKey = rightsKey,
            Options = options.ToJson(),
            Round = 1,
            Status = StepStatus.Done,
            Outcome = StepActivity.Submitted,
            Resolution = "{\"people\":[],\"unresolved\":[]}",
            OpenedAt = now,
            ClosedAt = now,
        };
        var task = new InboxTask
        {
            StepRunId = step.Id,
            CaseId = row.Id,
            AssigneeId = applicant.Id,
            State = TaskState.Done,
            SubjectName = row.SubjectName,
            CaseNumber = row.Number ?? "",
            ProcessKey = row.ProcessKey,
            ProcessName = row.ProcessName,
            StepName = step.StepName,
            UnitId = row.UnitId,
            ArrivedAt = now,
            SortDue = DateTimeOffset.MaxValue.ToUniversalTime(),
            OpenedAt = now,
            ClosedAt = now,
            DecidedById = applicant.Id,
            DecidedAs = "提交",
        };
        var form = await forms.GetAsync(row.DefinitionVersionId, formKey, context.CancellationToken);
        var files = (await rows.FilesAsync(db, row.Id, context.CancellationToken))
            .Select(file => new ShownFile(file.FieldKey, file.FileName, file.Sha256));
        var signed = ShownContent.Of(row.Number ?? "", step, form, scope.Data, files, [])
            .With(DecisionKind.Submit, null, null, [], applicant.Id, now);
        var decision = new Decision
        {
            TaskId = task.Id,
            StepRunId = step.Id,
            CaseId = row.Id,
            StepName = step.StepName,
            DeciderId = applicant.Id,
            SignatureLine = applicant.Line,
            Kind = DecisionKind.Submit,
            Method = SignatureMethod.None,
            HashAlgorithm = ShownContent.Algorithm,
            ShownHash = signed.Hash,
            Shown = signed.Json,
            At = now,
        };
        db.StepRuns.Add(step);
        db.Tasks.Add(task);
        db.Decisions.Add(decision);
        scope.AddEvent("submitted", step.StepName, "提交申请", null, applicant, decision.Id);
    }
}
