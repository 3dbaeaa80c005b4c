using System.Linq.Expressions;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Audit;

/// <summary>
/// What the audit chain's entries are about, in the numbers and names that people know: the chain itself holds ids only. Scoped.
/// </summary>
public sealed class AuditSubjects(ApprovalsDbContext db)
{
    /// <summary>The ids of everything with this number, e.g. a case and its documents; empty when nothing has it.</summary>
    /// <param name="number">The whole number as it is printed: of a case, document, certificate, packet, event, draw, notice or claim.</param>
    public async Task<IReadOnlyList<string>> IdsOfAsync(string number, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        ids.AddRange(await db.Cases.Where(row => row.Number == number).Select(row => row.Id).ToListAsync(cancellationToken));
        ids.AddRange(await db.Documents.Where(row => row.Number == number).Select(row => row.Id).ToListAsync(cancellationToken));
        ids.AddRange(await db.Certificates.Where(row => row.Number == number).Select(row => row.Id).ToListAsync(cancellationToken));
        ids.AddRange(await db.Packets.Where(row => row.Number == number).Select(row => row.Id).ToListAsync(cancellationToken));
        ids.AddRange(await db.Events.Where(row => row.Number == number).Select(row => row.Id).ToListAsync(cancellationToken));
        ids.AddRange(await db.DrawRecords.Where(row => row.Number == number).Select(row => row.Id).ToListAsync(cancellationToken));
        ids.AddRange(await db.Notices.Where(row => row.Number == number).Select(row => row.Id).ToListAsync(cancellationToken));
        ids.AddRange(await db.InsuranceClaims.Where(row => row.Number == number).Select(row => row.Id).ToListAsync(cancellationToken));
        return [.. ids.Distinct().Select(id => id.ToString())];
    }

    /// <summary>Numbers and names by the subject's id as the entries hold it; what has none, or is gone, is absent.</summary>
    public async Task<IReadOnlyDictionary<string, string>> LabelsAsync(
        IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var kind in entries.GroupBy(entry => entry.SubjectKind))
        {
            var ids = kind.Select(entry => Guid.TryParse(entry.SubjectId, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)
                .Distinct().ToList();
            foreach (var (id, label) in await LabelsAsync(kind.Key, ids, cancellationToken))
                labels[id.ToString()] = label;
        }

        var keys = entries.Where(entry => entry.SubjectKind == "definition").Select(entry => entry.SubjectId).Distinct().ToList();
        if (keys.Count > 0)
        {
            foreach (var row in await db.Definitions.Where(row => keys.Contains(row.DefinitionId) && row.IsLatest)
                         .Select(row => new { row.DefinitionId, row.Name }).ToListAsync(cancellationToken))
            {
                labels[row.DefinitionId] = row.Name;
            }
        }

        return labels;
    }

    private async Task<IEnumerable<(Guid Id, string Label)>> LabelsAsync(
        string kind, List<Guid> ids, CancellationToken cancellationToken) => ids.Count == 0 ? [] : kind switch
        {
            "case" => await ReadAsync(db.Cases.Where(row => ids.Contains(row.Id)), row => new Label(row.Id, row.Number), cancellationToken),
            "packet" => await ReadAsync(db.Packets.Where(row => ids.Contains(row.Id)), row => new Label(row.Id, row.Number), cancellationToken),
            "document" => await ReadAsync(db.Documents.Where(row => ids.Contains(row.Id)), row => new Label(row.Id, row.Number), cancellationToken),
            "certificate" => await ReadAsync(db.Certificates.Where(row => ids.Contains(row.Id)), row => new Label(row.Id, row.Number), cancellationToken),
            "event" => await ReadAsync(db.Events.Where(row => ids.Contains(row.Id)), row => new Label(row.Id, row.Number), cancellationToken),
            "draw" => await ReadAsync(db.DrawRecords.Where(row => ids.Contains(row.Id)), row => new Label(row.Id, row.Number), cancellationToken),
            "notice" => await ReadAsync(db.Notices.Where(row => ids.Contains(row.Id)), row => new Label(row.Id, row.Number), cancellationToken),
            "insurance-claim" =>
                await ReadAsync(db.InsuranceClaims.Where(row => ids.Contains(row.Id)), row => new Label(row.Id, row.Number), cancellationToken),
            "training-session" =>
                await ReadAsync(db.TrainingSessions.Where(row => ids.Contains(row.Id)), row => new Label(row.Id, row.Title), cancellationToken),
            "person" => await ReadAsync(db.People.Where(row => ids.Contains(row.Id)), row => new Label(row.Id, row.Name), cancellationToken),
            "commander" => await ReadAsync(db.Commanders.Where(row => ids.Contains(row.Id)), row => new Label(row.Id, row.Name), cancellationToken),
            "payee" => await ReadAsync(db.Payees.Where(row => ids.Contains(row.Id)), row => new Label(row.Id, row.Name), cancellationToken),
            "account" => await ReadAsync(
                from account in db.Users
                join person in db.People on account.PersonId equals person.Id
                where ids.Contains(account.Id)
                select new { account.Id, person.Name },
                row => new Label(row.Id, row.Name),
                cancellationToken),
            _ => [],
        };

    private static async Task<IEnumerable<(Guid Id, string Label)>> ReadAsync<TRow>(
        IQueryable<TRow> rows, Expression<Func<TRow, Label>> label, CancellationToken cancellationToken) =>
        (await rows.Select(label).ToListAsync(cancellationToken)).Where(row => row.Text is not null).Select(row => (row.Id, row.Text!));

    private sealed record Label(Guid Id, string? Text);
}
