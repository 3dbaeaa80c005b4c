using System.Text.Json.Nodes;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>A roster as chosen on the page.</summary>
/// <param name="Day">Day of the roster.</param>
/// <param name="Insured">Whom to insure.</param>
/// <param name="LeftOut">Whom not to, with the reason as typed.</param>
public sealed record PurchaseInput(DateOnly Day, IReadOnlySet<Guid> Insured, IReadOnlyDictionary<Guid, string?> LeftOut);

/// <summary>What became of a roster.</summary>
public abstract record PurchaseOutcome
{
    /// <summary>A purchase was opened.</summary>
    public sealed record Opened(Guid CaseId, string Number, int Persons) : PurchaseOutcome;

    /// <summary>Lines are wrong; nothing was stored. The empty id stands for the roster as a whole.</summary>
    public sealed record Invalid(IReadOnlyDictionary<Guid, string> Problems) : PurchaseOutcome;

    /// <summary>Only an insurance officer may.</summary>
    public sealed record NotAllowed : PurchaseOutcome;
}

/// <summary>
/// 发起投保 — opens a purchase for people of the roster. Purchases that appointments have opened for one of them and that nobody has
/// worked on are merged into it.
/// </summary>
public sealed class OpenPurchase(
    ApprovalsDbContext db, UnitOfWork unitOfWork, InsuranceRoster roster, OpenCase cases, WorkflowHost host, Numbering numbering,
    CurrentPerson person, AuditTrail audit, TimeProvider time, IServiceProvider services)
{
    /// <summary>The process.</summary>
    public const string Process = "accident-insurance";

    /// <summary>Longest reason in characters.</summary>
    public const int LongestReason = 200;

    /// <summary>Furthest day of a roster, in days from today.</summary>
    public const int FurthestDay = 366;

    /// <summary>Opens it.</summary>
    public async Task<PurchaseOutcome> OpenAsync(PurchaseInput input, CancellationToken cancellationToken)
    {
        if (!person.Is(Roles.InsuranceOfficer))
        {
            return new PurchaseOutcome.NotAllowed();
        }

        var today = time.Today();
        return input.Day < today || input.Day > today.AddDays(FurthestDay)
            ? new PurchaseOutcome.Invalid(new Dictionary<Guid, string>
            {
                [Guid.Empty] = $"名单日期应在今天至 {InsuranceWords.Day(today.AddDays(FurthestDay))} 之间",
            })
            : await unitOfWork.RunAsync(scope => OpenInsideAsync(scope, input, cancellationToken), cancellationToken);
    }

    private async Task<PurchaseOutcome> OpenInsideAsync(
        UnitOfWorkScope unit, PurchaseInput input, CancellationToken cancellationToken)
    {
        // Locks in their order: the instances of what will be merged, then the roster.
        var merged = (await roster.RunningAsync(cancellationToken)).Where(one => one.Value.MayJoin && input.Insured.Contains(one.Key))
            .Select(one => one.Value.CaseId).Distinct().Order().ToList();
        var instances = await db.Cases.AsNoTracking().Where(row => merged.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => row.InstanceId!.Value, cancellationToken);
        foreach (var one in merged)
        {
            await host.LockAsync(instances[one], cancellationToken);
        }

        // Race closed: two officers who insure one person at once, or an appointment that opens a purchase meanwhile. Rosters are
        // entered one after another, and the second sees whom the first insures.
        await numbering.NextAsync(PurchaseData.RosterLock, cancellationToken);
        var lines = await roster.OnAsync(input.Day, cancellationToken);
        var problems = ProblemsOf(input, lines, merged.ToHashSet());
        if (problems.Count > 0)
        {
            unit.Abort();
            return new PurchaseOutcome.Invalid(problems);
        }

        var insured = lines.Where(one => input.Insured.Contains(one.Commander.Id)).ToList();
        var joining = insured.Where(one => one.Purchase is not null).Select(one => one.Purchase!.CaseId).ToList();
        var left = lines.Where(one => one.Purchase is null && !input.Insured.Contains(one.Commander.Id))
            .Select(one => (one, input.LeftOut[one.Commander.Id]!.Trim())).ToList();
        var me = person.RequiredId;
        var opened = await cases.MakeAsync(
            new OpenCaseRequest(Process, PurchaseData.Subject(insured), me, me, []), cancellationToken);
        if (opened is null)
        {
            unit.Abort();
            return new PurchaseOutcome.Invalid(new Dictionary<Guid, string> { [Guid.Empty] = "投保流程没有已发布的版本，请联系流程管理员" });
        }

        var data = new JsonObject();
        var least = await roster.LeastAsync(input.Day, cancellationToken);
        PurchaseData.Enter(db, opened.Id, data, input.Day, least, insured, left);
        opened.Data = data.ToJsonString();
        audit.Record("insurance.purchase-opened", "case", opened.Id.ToString(), new
        {
            day = input.Day, insured = insured.Select(one => one.Commander.Id).ToArray(), leftOut = left.Count, merged = joining.ToArray(),
        });
        await cases.RunAsync(opened, cancellationToken);
        foreach (var one in joining)
        {
            await MergeAsync(one, instances[one], opened, cancellationToken);
        }

        return new PurchaseOutcome.Opened(opened.Id, opened.Number!, insured.Count);
    }

    /// <summary>Problems of the lines; the empty id for the roster as a whole.</summary>
    /// <param name="input">As chosen.</param>
    /// <param name="lines">The roster, read under the locks.</param>
    /// <param name="locked">Purchases that may be merged. Race closed: one on which somebody began to work before it was locked stays.</param>
    private static Dictionary<Guid, string> ProblemsOf(
        PurchaseInput input, IReadOnlyList<RosterPerson> lines, HashSet<Guid> locked)
    {
        var problems = new Dictionary<Guid, string>();
        foreach (var line in lines)
        {
            var id = line.Commander.Id;
            if (input.Insured.Contains(id))
            {
                if (line.Purchase is { } other && !(other.MayJoin && locked.Contains(other.CaseId)))
                {
                    problems[id] = $"已在 {other.Number} 中投保，不能重复投保";
                }
            }
            else if (line.Purchase is null)
            {
                var reason = input.LeftOut.GetValueOrDefault(id)?.Trim() ?? "";
                if (reason.Length == 0)
                {
                    problems[id] = "请勾选投保，或者写明本次不投保的原因";
                }
                else if (reason.Length > LongestReason)
                {
                    problems[id] = $"原因最多 {LongestReason} 个字，请精简";
                }
            }
        }

        var known = lines.Select(line => line.Commander.Id).ToHashSet();
        if (input.Insured.Count == 0)
        {
            problems[Guid.Empty] = "请至少勾选一人投保";
        }
        else if (!input.Insured.All(known.Contains))
        {
            problems[Guid.Empty] = "名单已有变化：有人已经有效投保或者不再在聘，请核对后重新提交";
        }

        return problems;
    }

    private async Task MergeAsync(Guid caseId, Guid instance, Case into, CancellationToken cancellationToken)
    {
        await host.CancelAsync(instance, $"并入 {into.Number}", cancellationToken);
        var scope = (await CaseScope.LoadAsync(services, caseId, cancellationToken))!;
        await new CloseCase(services).CloseAsync(scope, CaseStatus.Completed, $"并入 {into.Number} 一并投保", cancellationToken);
        scope.AddEvent("register", null, $"并入 {into.Number} 一并投保", null, new Signer(person.RequiredId, person.Name));
    }
}
