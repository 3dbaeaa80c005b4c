using System.Globalization;
using System.Text.Json;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Draws;

/// <summary>抽取 — fixes the candidates, opens the secret number, draws, and keeps the record. In one transaction, after the commitment's.</summary>
public sealed class PerformDraw(
    ApprovalsDbContext db, DrawUrn urn, DrawSecret secret, WorkflowHost host, Numbering numbering, AuditTrail audit, TimeProvider time,
    IServiceProvider services) : ITimerHandler
{
    /// <summary>Kind of its timers.</summary>
    public const string TimerKind = "draw";

    /// <summary>What its timers carry.</summary>
    /// <param name="DrawId">Which draw.</param>
    public sealed record Payload(Guid DrawId);

    /// <inheritdoc />
    public string Kind => TimerKind;

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        var id = JsonSerializer.Deserialize<Payload>(row.Payload, JsonSerializerOptions.Web)!.DrawId;
        var found = await db.DrawRequests.AsNoTracking().SingleAsync(one => one.Id == id, cancellationToken);
        await host.LockAsync(found.InstanceId, cancellationToken);

        // Race closed: a withdrawal of the step, or a second ring. Only the update that still finds the commitment draws.
        var claimed = await db.DrawRequests.Where(one => one.Id == id && one.Status == DrawStatus.Committed).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Status, DrawStatus.Drawn).SetProperty(one => one.RowVersion, one => one.RowVersion + 1),
            cancellationToken);
        if (claimed == 0)
        {
            return;
        }

        var scope = (await CaseScope.LoadAsync(services, found.CaseId, cancellationToken))!;
        var sheet = await DrawAsync(found, scope, cancellationToken);
        var text = CanonicalJson.Serialize(sheet);
        var record = new DrawRecord
        {
            Id = found.Id,
            CaseId = found.CaseId,
            Number = sheet.Number,
            Source = sheet.Order.Source,
            Sheet = text,
            Hash = DefinitionHash.Of(text),
            DrawnAt = DateTimeOffset.FromUnixTimeMilliseconds(sheet.DrawnAt),
        };
        db.DrawRecords.Add(record);
        audit.Record("draw.drawn", "draw", record.Id.ToString(), new { number = record.Number, hash = record.Hash, commitment = found.Commitment });
        Tell(found, scope, sheet);
        await db.SaveChangesAsync(cancellationToken);

        // Gone means that the step was withdrawn meanwhile: the record stays, nobody is left to tell.
        await host.ResumeAsync(found.BookmarkId, record.Id.ToString(), cancellationToken);
    }

    private async Task<DrawSheet> DrawAsync(DrawRequest request, CaseScope scope, CancellationToken cancellationToken)
    {
        var order = DrawOrder.Read(request.Order);
        var today = time.Today();
        var filled = await urn.FillAsync(request, order, scope.Row, today, cancellationToken);
        var needed = Math.Max(0, order.Count - filled.Kept.Count);

        // The newest entry of the chain, whatever it is about; the commitment stands before it.
        var head = await db.AuditHeads.AsNoTracking().SingleAsync(cancellationToken);
        var nonce = secret.NonceOf(request.Id, request.Commitment!);
        var seed = DrawSeed.Of(nonce, request.Id, head.Sequence, head.Hash);
        var picks = Draw.Run(
            seed, filled.Subjects.Where(one => one.Excluded is null).Select(one => new DrawCandidate(one.Id, one.Weight)), needed);
        var number = await numbering.NextAsync($"draw:{today.Year}", cancellationToken);
        return new DrawSheet
        {
            Algorithm = Draw.Algorithm,
            DrawId = request.Id,
            Number = string.Create(CultureInfo.InvariantCulture, $"CQ-{today.Year}-{number:0000}"),
            CaseId = request.CaseId,
            Order = order,
            Count = needed,
            Ground = request.Ground.ToString(),
            GroundText = request.GroundText ?? "",
            FormerId = request.FormerId,
            Commitment = request.Commitment!,
            Nonce = Convert.ToHexStringLower(nonce),
            AuditSequence = head.Sequence,
            AuditHash = head.Hash,
            Seed = Convert.ToHexStringLower(seed),
            Subjects = filled.Subjects,
            Kept = filled.Kept,
            Picks = picks,
            DrawnAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
    }

    private static void Tell(DrawRequest request, CaseScope scope, DrawSheet sheet)
    {
        var chosen = sheet.Chosen().ToList();
        var names = string.Join("、", chosen.Select(one => one.Name));
        if (sheet.Order.ResultField is { } field)
        {
            var data = scope.Data.DeepClone().AsObject();
            data[field] = names;
            scope.SetData(data);
        }

        var inUrn = sheet.Subjects.Count(one => one.Excluded is null);
        scope.AddEvent(
            "draw", request.StepName,
            $"随机抽取（{sheet.Number}）：{inUrn} 名候选人中抽出 {sheet.Picks.Count} 名"
                + (sheet.Picks.Count < sheet.Count ? $"，不足 {sheet.Count} 名" : ""),
            names.Length == 0 ? null : $"结果：{names}");
    }
}
