using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.DryRuns;

/// <summary>Reads out of the sandbox what happened. Scoped to it.</summary>
internal sealed class ReadDryRun(ApprovalsDbContext db, DefinitionCatalogue catalogue, WorkingCalendarStore calendars)
{
    /// <summary>What the engine does with itself and nobody wants to read.</summary>
    private static readonly HashSet<string> Inner = ["Elsa.Workflow", "Elsa.Flowchart"];

    private readonly Dictionary<string, CompiledWorkflow> _workflows = [];

    /// <summary>Fills in everything but the documents.</summary>
    public async Task<DryRunReport> ReadAsync(DryRunReport report, CancellationToken cancellationToken)
    {
        var instances = await db.Instances.AsNoTracking().OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        foreach (var instance in instances)
            _workflows[instance.DefinitionId] = (await catalogue.GetAsync(instance.DefinitionVersionId, cancellationToken)).Workflow;
        var calendar = await calendars.LoadAsync(cancellationToken);
        var journal = await JournalAsync(instances, cancellationToken);
        return report with
        {
            Cases = await CasesAsync(cancellationToken),
            Processes = _workflows.ToDictionary(one => one.Key, one => one.Value.Definition.Name),
            Path = PathOf(journal),
            Steps = await StepsAsync(calendar, cancellationToken),
            Timers = await TimersAsync(report.BeganAt, calendar, cancellationToken),
            Findings = await db.Findings.AsNoTracking().Where(row => row.IsCurrent).OrderBy(row => row.Id)
                .Select(row => new DryRunFinding(row.Title, row.Article, row.Verdict, row.Value, row.Expected, row.Message))
                .ToListAsync(cancellationToken),
            Notifications = await NotificationsAsync(cancellationToken),
            History = await (
                from line in db.CaseEvents.AsNoTracking()
                join row in db.Cases on line.CaseId equals row.Id
                orderby line.At, line.Id
                select new DryRunEvent(line.At, row.Number ?? "", line.ActorName, line.StepName, line.Text, line.Detail))
                .ToListAsync(cancellationToken),
            Incidents = await IncidentsAsync(instances, cancellationToken),
            Marks = await MarksAsync(report.Process, journal, cancellationToken),
        };
    }

    private async Task<List<(string Process, JournalLine Row)>> JournalAsync(
        List<WorkflowInstanceRow> instances, CancellationToken cancellationToken)
    {
        var processes = instances.ToDictionary(row => row.Id, row => row.DefinitionId);
        var order = instances.Select((row, index) => (row.Id, index)).ToDictionary(one => one.Id, one => one.index);
        var rows = await db.Journal.AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. rows.SelectMany(row => row.Read()).OrderBy(row => row.At).ThenBy(row => order[row.InstanceId]).ThenBy(row => row.Sequence)
                .Select(row => (processes[row.InstanceId], row)),
        ];
    }

    private List<DryRunMove> PathOf(List<(string Process, JournalLine Row)> journal)
    {
        var reached = new Dictionary<(Guid, string), HashSet<Guid>>();
        var path = new List<DryRunMove>();
        foreach (var (process, row) in journal.Where(line => !Inner.Contains(line.Row.ActivityType)))
        {
            var runs = reached.TryGetValue((row.InstanceId, row.NodeId), out var known) ? known : reached[(row.InstanceId, row.NodeId)] = [];
            runs.Add(row.RunId);
            if (row.Event == JournalEvents.Started)
                continue;
            var outcomes = row.Payload?["outcomes"] as JsonArray;
            path.Add(new DryRunMove(
                row.At, process, row.ActivityId, NameOf(process, row.ActivityId), row.Event,
                [.. (outcomes ?? []).Select(one => one!.GetValue<string>())], runs.Count, row.Message));
        }

        return path;
    }

    private string NameOf(string process, string activity) =>
        _workflows.GetValueOrDefault(process)?.FindActivity(activity)?.DisplayText ?? activity;

    private Task<List<DryRunCase>> CasesAsync(CancellationToken cancellationToken) => db.Cases.AsNoTracking()
        .Where(row => row.ProcessKey != Specimens.Process).OrderBy(row => row.Id)
        .Select(row => new DryRunCase(
            row.Number ?? "", row.ProcessKey, row.ProcessName, row.SubjectName, row.Status, row.Outcome, row.CurrentSteps))
        .ToListAsync(cancellationToken);

    private async Task<List<DryRunStep>> StepsAsync(WorkingCalendar calendar, CancellationToken cancellationToken)
    {
        var runs = await (
            from step in db.StepRuns.AsNoTracking()
            join instance in db.Instances on step.InstanceId equals instance.Id
            orderby step.OpenedAt, step.Id
            select new { Step = step, instance.DefinitionId }).ToListAsync(cancellationToken);
        var decisions = (await (
                from decision in db.Decisions.AsNoTracking()
                join task in db.Tasks on decision.TaskId equals task.Id into tasks
                from task in tasks.DefaultIfEmpty()
                orderby decision.Id
                select new { decision.StepRunId, decision.At, decision.SignatureLine, decision.Kind, decision.ReturnToName, decision.Opinion, Word = task == null ? null : task.DecidedAs })
            .ToListAsync(cancellationToken)).ToLookup(one => one.StepRunId);
        var names = await db.People.AsNoTracking().ToDictionaryAsync(one => one.Id, one => one.Name, cancellationToken);
        return runs.ConvertAll(run =>
        {
            var step = run.Step;
            var resolution = JsonSerializer.Deserialize<ParticipantResolution>(step.Resolution, JsonSerializerOptions.Web)!;
            return new DryRunStep(
                run.DefinitionId, step.ActivityId, step.StepName, step.Round, step.Kind, step.Mode, step.Status, step.Outcome,
                step.OpenedAt, step.DueAt,
                step.DueAt is { } due ? calendar.WorkingDaysBetween(ChinaTime.DateOf(step.OpenedAt), ChinaTime.DateOf(due)) : null,
                [.. resolution.People.Select(one => new DryRunPerson(names.GetValueOrDefault(one.PersonId, one.Name), one.Why))],
                [.. resolution.Unresolved.Select(one => new DryRunPerson(one.Spec, one.Why))],
                [
                    .. decisions[step.Id].Select(one => new DryRunDecision(
                        one.At, one.SignatureLine,
                        one.Kind == DecisionKind.Return && one.ReturnToName is not null ? $"退回到“{one.ReturnToName}”"
                            : one.Word ?? (one.Kind == DecisionKind.Submit ? "提交" : one.Kind.ToString()),
                        one.Opinion)),
                ]);
        });
    }

    private async Task<List<DryRunTimer>> TimersAsync(DateTimeOffset began, WorkingCalendar calendar, CancellationToken cancellationToken)
    {
        var timers = await db.Timers.AsNoTracking().OrderBy(row => row.DueAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var steps = await db.StepRuns.AsNoTracking().ToDictionaryAsync(row => row.BookmarkId, row => row.StepName, cancellationToken);
        var waiting = await db.Bookmarks.AsNoTracking().Join(db.Instances, mark => mark.InstanceId, row => row.Id, (mark, row) => new { mark, row.DefinitionId })
            .ToDictionaryAsync(one => one.mark.Id, one => (one.DefinitionId, one.mark.ActivityId), cancellationToken);
        var first = ChinaTime.DateOf(began);
        return timers.ConvertAll(row => new DryRunTimer(
            row.Kind, row.DueAt, calendar.WorkingDaysBetween(first, ChinaTime.DateOf(row.DueAt)), row.FiredAt, row.CancelledAt,
            row.BookmarkId is not { } mark ? null
                : steps.TryGetValue(mark, out var step) ? step
                : waiting.TryGetValue(mark, out var place) ? NameOf(place.DefinitionId, place.ActivityId)
                : null));
    }

    private async Task<List<DryRunNotification>> NotificationsAsync(CancellationToken cancellationToken)
    {
        var mails = (await db.Outbox.AsNoTracking().Where(row => row.Kind == "mail").Select(row => row.Key).ToListAsync(cancellationToken)).ToHashSet();
        var told = await (
            from line in db.Notifications.AsNoTracking()
            join person in db.People on line.PersonId equals person.Id
            orderby line.At, line.Id
            select new { line.Id, line.At, person.Name, line.Text }).ToListAsync(cancellationToken);
        return told.ConvertAll(line => new DryRunNotification(line.At, line.Name, line.Text, mails.Contains($"mail:{line.Id:N}")));
    }

    private async Task<List<DryRunIncident>> IncidentsAsync(List<WorkflowInstanceRow> instances, CancellationToken cancellationToken)
    {
        var processes = instances.ToDictionary(row => row.Id, row => row.DefinitionId);
        var rows = await db.Incidents.AsNoTracking().Where(row => row.ResolvedAt == null).OrderBy(row => row.At).ToListAsync(cancellationToken);
        return rows.ConvertAll(row => new DryRunIncident(
            processes[row.InstanceId], row.ActivityId, NameOf(processes[row.InstanceId], row.ActivityId), row.Message, row.Expression));
    }

    private async Task<List<DryRunMark>> MarksAsync(
        string process, List<(string Process, JournalLine Row)> journal, CancellationToken cancellationToken)
    {
        var marks = journal.Where(line => line.Process == process).Select(line => new DryRunMark(line.Row.NodeId, line.Row.Event)).ToList();
        marks.AddRange(await db.Bookmarks.AsNoTracking()
            .Where(row => db.Instances.Any(one => one.Id == row.InstanceId && one.DefinitionId == process))
            .Select(row => new DryRunMark(row.NodeId, "Waiting")).ToListAsync(cancellationToken));
        marks.AddRange(await db.Incidents.AsNoTracking()
            .Where(row => row.ResolvedAt == null && db.Instances.Any(one => one.Id == row.InstanceId && one.DefinitionId == process))
            .Select(row => new DryRunMark(row.NodeId, "Faulted")).ToListAsync(cancellationToken));
        return marks;
    }
}
