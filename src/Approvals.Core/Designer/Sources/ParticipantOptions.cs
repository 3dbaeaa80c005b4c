using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Designer.Sources;

/// <summary>办理人 — everybody a step can name relative to its case, decision 6: posts, roles, deciders of other steps, people that a form names.</summary>
public sealed class ParticipantOptions(ApprovalsDbContext db, ProcessForms forms, TimeProvider clock) : IOptionSource
{
    private static readonly string[] Administrators = [Roles.SystemAdministrator, Roles.SecurityAdministrator, Roles.Auditor];

    private static readonly string[] Relative =
    [
        "applicant", "starter", "rep@unit", "head@unit", "handler@owner", "head@owner", "leader@owner", "handler@concerned",
        "head@concerned", "leader@concerned",
    ];

    /// <inheritdoc />
    public string Name => OptionSources.Participants;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var sections = await db.OrgUnits.AsNoTracking()
            .Where(unit => unit.Kind == OrgUnitKind.Section || unit.Kind == OrgUnitKind.ServiceCentre || unit.Kind == OrgUnitKind.Bureau)
            .OrderBy(unit => unit.SortOrder).ThenBy(unit => unit.Code).ToListAsync(cancellationToken);
        return
        [
            .. Relative.Select(spec => new InputOption(spec, ParticipantWords.Of(ParticipantSpec.TryParse(spec)!))),
            .. sections.Where(unit => unit.ClosedOn is null || unit.ClosedOn > today).SelectMany(PostsOf),
            .. Roles.All.Except(Administrators).Select(role => new InputOption($"role:{role}", $"角色：{RoleNames.Of(role)}")),
            .. DecidersIn(request.Process),
            .. (await forms.OfAsync(request.Process, cancellationToken)).SelectMany(form => form.Fields)
                .Where(field => field.Type == FieldType.Person).DistinctBy(field => field.Key)
                .Select(field => new InputOption($"field:{field.Key}", $"“{field.Label}”一栏的人员")),
        ];
    }

    /// <inheritdoc />
    public async Task<string> DescribeAsync(string value, CancellationToken cancellationToken)
    {
        if (ParticipantSpec.TryParse(value) is not { } spec)
            return $"{value}（无法识别）";
        if (spec.Kind == ParticipantKind.Person)
        {
            var id = Guid.Parse(spec.Argument);
            var name = await db.People.Where(person => person.Id == id).Select(person => person.Name).FirstOrDefaultAsync(cancellationToken);
            return name is null ? "指定人员（已不存在）" : $"指定人员：{name}";
        }

        return ParticipantWords.Of(spec);
    }

    private static IEnumerable<InputOption> PostsOf(OrgUnit unit)
    {
        foreach (var post in unit.Kind == OrgUnitKind.Bureau ? [PositionKind.Leader] : new[] { PositionKind.Handler, PositionKind.Head })
            yield return new InputOption($"{ParticipantWords.PostWord(post)}@section:{unit.Code}", $"{unit.Name}{PostNames.Of(post, unit)}");
    }

    private static IEnumerable<InputOption> DecidersIn(DesignedProcess? process) => process is null
        ? []
        : process.Activities()
            .Where(activity => DesignedProcess.Text(activity["type"]) is { } type && StepActivity.Types.Contains(type))
            .Select(activity => new InputOption(
                $"decider@{DesignedProcess.Text(activity["id"])}", $"“{DesignedProcess.NameOf(activity)}”环节的办理人"));
}
