using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.DryRuns;

/// <summary>Hands in the application that a dry run begins with, as its applicant would at the page; or starts a process without one.</summary>
internal sealed class BeginDryRun(DryRunStage stage)
{
    /// <summary>Begins with the process.</summary>
    /// <returns>Null when it runs; otherwise what keeps it from beginning, in Chinese.</returns>
    public async Task<string?> BeginAsync(string process, CancellationToken cancellationToken)
    {
        if (await ApplicantAsync(cancellationToken) is not { } applicant)
            return "没有可用的申请人。请在脚本的 applicant 中写明由谁申请。";
        return await stage.AsAsync(
            applicant,
            async services =>
            {
                var definition = await services.GetRequiredService<DefinitionCatalogue>().FindPublishedAsync(process, cancellationToken);
                return definition switch
                {
                    null => $"流程“{process}”没有可以运行的版本。",
                    { Workflow.CanStart: false } => $"流程定义有误，不能运行：{string.Join("；", Errors(definition))}",
                    { Row.IsStartable: true, Settings.StartForm: not null } =>
                        await ApplyAsync(services, definition, cancellationToken),
                    _ => await StartAsync(services, definition, applicant, cancellationToken),
                };
            },
            cancellationToken);
    }

    private static IEnumerable<string> Errors(LoadedDefinition definition) =>
        definition.Workflow.Problems.Where(one => one.Severity == ProblemSeverity.Error).Select(one => one.Message).Distinct();

    /// <summary>The applicant of the script, or one made up in a unit that somebody represents.</summary>
    private async Task<Guid?> ApplicantAsync(CancellationToken cancellationToken)
    {
        if (stage.Answers.Applicant is { } named)
        {
            if (await stage.FindPersonAsync(named, cancellationToken) is not { } known)
                return null;
            (stage.ApplicantName, stage.ApplicantUnit) = await stage.ReadAsync(
                async db => (
                    await db.People.Where(one => one.Id == known).Select(one => one.Name).SingleAsync(cancellationToken),
                    await db.Positions.Where(one => one.PersonId == known).OrderBy(one => one.From).ThenBy(one => one.Id)
                        .Select(one => (Guid?)one.OrgUnitId).FirstOrDefaultAsync(cancellationToken)),
                cancellationToken);
            return known;
        }

        return await stage.AsAsync(null, services => MakeApplicantAsync(services, cancellationToken), cancellationToken);
    }

    private async Task<Guid?> MakeApplicantAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<ApprovalsDbContext>();
        var today = ChinaTime.DateOf(stage.Now);
        var held = db.Positions.HeldOn(today);
        var wanted = stage.Answers.Unit;
        var unit = await db.OrgUnits.AsNoTracking()
            .Where(one => one.ClosedOn == null)
            .Where(one => wanted == null ? one.Kind == OrgUnitKind.Employer : one.Code == wanted || one.Name == wanted)
            .OrderByDescending(one => held.Any(post => post.OrgUnitId == one.Id && post.Kind == PositionKind.Representative))
            .ThenBy(one => one.SortOrder).ThenBy(one => one.Name)
            .FirstOrDefaultAsync(cancellationToken);
        if (unit is null && wanted is not null)
            stage.Note($"脚本中的单位“{wanted}”不存在。");
        var person = new Person { Name = "张三", Number = "试运行" };
        db.People.Add(person);
        if (unit is not null)
        {
            db.Positions.Add(new Position
            {
                PersonId = person.Id, OrgUnitId = unit.Id, Kind = PositionKind.Member, Title = "样例申请人", From = today.AddYears(-1),
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        (stage.ApplicantName, stage.ApplicantUnit) = (person.Name, unit?.Id);
        return person.Id;
    }

    private async Task<string?> ApplyAsync(IServiceProvider services, LoadedDefinition definition, CancellationToken cancellationToken)
    {
        var draft = await services.GetRequiredService<StartCase>().DraftAsync(definition.Row.DefinitionId, cancellationToken);
        var form = await FormAsync(services, definition, draft!.Value, cancellationToken);
        foreach (var field in FormRights.For(form.Form, form.Context.RightsKey).Editable.Where(field => field.IsFile))
        {
            var count = stage.Answers.Files.TryGetValue(field.Key, out var given)
                ? given
                : SampleForm.Files(field, form.Context, onlyRequired: false);
            for (; count > 0; count--)
                await SampleFiles.AttachAsync(services, stage, new AttachPlace(draft.Value), field, cancellationToken);
        }

        form = await FormAsync(services, definition, draft.Value, cancellationToken);
        var db = services.GetRequiredService<ApprovalsDbContext>();
        var known = JsonNode.Parse(await db.Cases.Where(row => row.Id == draft).Select(row => row.Data).SingleAsync(cancellationToken))!;
        var fields = stage.Answers.Fields.DeepClone().AsObject();
        foreach (var unknown in FormMerge.NotEditable(form.Form, fields, form.Context.RightsKey))
            stage.Note($"申请表没有可填写的字段“{unknown}”，脚本中的值未使用。");
        var merged = FormMerge.Apply(form.Form, known.AsObject(), fields, form.Context);
        foreach (var (key, value) in stage.Sample.Fill(form, merged, onlyRequired: false))
            fields[key] = value?.DeepClone();
        return await services.GetRequiredService<SubmitCase>().SubmitAsync(draft.Value, fields, cancellationToken) switch
        {
            SubmitOutcome.Submitted => null,
            SubmitOutcome.Invalid invalid => $"申请表不能提交：{string.Join("；", invalid.Errors.Select(one => one.Message))}",
            SubmitOutcome.NotStartable fault => fault.Message,
            _ => "申请不能提交。",
        };
    }

    private static Task<LoadedForm> FormAsync(
        IServiceProvider services, LoadedDefinition definition, Guid caseId, CancellationToken cancellationToken) =>
        services.GetRequiredService<FormContextLoader>().LoadAsync(
            definition.Row.Id, definition.Settings.StartForm!, StepRights.OfStart(definition), caseId, cancellationToken);

    /// <summary>A process that no applicant starts gets a case with the script's data, and the script's inputs.</summary>
    private Task<string?> StartAsync(
        IServiceProvider services, LoadedDefinition definition, Guid applicant, CancellationToken cancellationToken) =>
        services.GetRequiredService<UnitOfWork>().RunAsync<string?>(
            async scope =>
            {
                var section = await services.GetRequiredService<StartCase>().SectionAsync(definition.Settings, cancellationToken);
                var now = stage.Now;
                var data = stage.Answers.Fields.DeepClone().AsObject();
                data.TryAdd(definition.Settings.SubjectField, JsonValue.Create(stage.ApplicantName));
                var row = new Case
                {
                    ProcessKey = definition.Row.DefinitionId,
                    ProcessName = definition.Row.Name,
                    DefinitionVersionId = definition.Row.Id,
                    SubjectName = stage.ApplicantName,
                    StarterId = applicant,
                    ApplicantId = applicant,
                    UnitId = stage.ApplicantUnit,
                    OwnerSectionId = section,
                    Status = CaseStatus.Running,
                    Number = await CaseNumber.NextAsync(
                        services.GetRequiredService<Numbering>(), definition, services.GetRequiredService<TimeProvider>(), cancellationToken),
                    Data = data.ToJsonString(),
                    CreatedAt = now,
                    UpdatedAt = now,
                    SubmittedAt = now,
                };
                scope.Db.Cases.Add(row);
                await scope.Db.SaveChangesAsync(cancellationToken);
                await Specimens.AddMissionAsync(scope.Db, row, cancellationToken);
                var inputs = new Dictionary<string, object?>(Inputs.Of(row));
                foreach (var (name, value) in stage.Answers.Inputs)
                    inputs[name] = value?.DeepClone();
                var instance = await services.GetRequiredService<WorkflowHost>()
                    .StartAsync(definition.Row.DefinitionId, row.Id, inputs, cancellationToken);
                row.InstanceId = instance.Id;
                return null;
            },
            cancellationToken);
}
