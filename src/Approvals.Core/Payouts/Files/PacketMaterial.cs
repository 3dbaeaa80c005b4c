using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Payouts.Packets;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Files;

/// <summary>Everything the files of a packet are made of; read from rows that do not change any more.</summary>
/// <param name="Packet">The packet.</param>
/// <param name="Lines">Its lines in order.</param>
/// <param name="Entitlements">What they pay, by root line, oldest first.</param>
/// <param name="Accounts">Accounts of the lines by id.</param>
/// <param name="Decisions">Decisions on the cases up to the day the packet was built.</param>
/// <param name="Basis">Basis documents.</param>
public sealed record PacketMaterial(
    PayoutPacket Packet,
    IReadOnlyList<PacketLine> Lines,
    ILookup<Guid, Entitlement> Entitlements,
    IReadOnlyDictionary<Guid, PayeeAccount> Accounts,
    IReadOnlyList<(string CaseNumber, Decision Decision)> Decisions,
    IReadOnlyList<BasisFile> Basis)
{
    /// <summary>Lines that were payable when the packet was built: those of the bank file.</summary>
    public IEnumerable<PacketLine> Payable => Lines.Where(line => line.Amount > 0 && line.BuiltStop is null);
}

/// <summary>A basis document with its file.</summary>
/// <param name="Name">File name, without path.</param>
/// <param name="CaseNumber">Case it was first named in.</param>
/// <param name="FileId">The stored file.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Sha256">Its hash.</param>
public sealed record BasisFile(string Name, string CaseNumber, Guid FileId, string ContentType, string Sha256);

/// <summary>Loads <see cref="PacketMaterial"/>. Scoped.</summary>
public sealed class PacketMaterials(ApprovalsDbContext db)
{
    /// <summary>The material of a packet.</summary>
    /// <exception cref="InvalidOperationException">A basis document has no PDF yet; try again later.</exception>
    public async Task<PacketMaterial> LoadAsync(Guid packetId, CancellationToken cancellationToken)
    {
        var packet = await db.Packets.AsNoTracking().SingleAsync(row => row.Id == packetId, cancellationToken);
        var lines = await db.PacketLines.AsNoTracking().Where(row => row.PacketId == packetId).OrderBy(row => row.Sequence)
            .ToListAsync(cancellationToken);
        var entitlements = await (
                from line in db.PacketLines
                join entitlement in db.Entitlements.AsNoTracking() on line.RootLineId equals entitlement.LineId
                where line.PacketId == packetId
                orderby entitlement.Number
                select entitlement)
            .ToListAsync(cancellationToken);
        var accounts = await (
                from line in db.PacketLines
                join account in db.PayeeAccounts.AsNoTracking() on line.AccountId equals account.Id
                where line.PacketId == packetId
                select account)
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        return new PacketMaterial(
            packet, lines, entitlements.ToLookup(row => row.LineId!.Value), accounts,
            await DecisionsAsync(entitlements, packet.CreatedAt, cancellationToken),
            await BasisAsync(entitlements, cancellationToken));
    }

    /// <summary>The basis documents of some entitlements, each once, in the order they are named.</summary>
    public async Task<IReadOnlyList<BasisFile>> BasisAsync(
        IReadOnlyList<Entitlement> entitlements, CancellationToken cancellationToken)
    {
        var files = new Dictionary<Guid, BasisFile>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);

        // Entitlements of one case name the same documents: each text is read once.
        foreach (var group in entitlements.GroupBy(one => (one.Basis, one.CaseNumber)))
        {
            foreach (var reference in PayoutJson.BasisOf(group.First()).Where(one => !files.ContainsKey(one.Id)))
                files[reference.Id] = await FileOfAsync(reference, group.Key.CaseNumber, names, cancellationToken);
        }

        return [.. files.Values];
    }

    private async Task<List<(string, Decision)>> DecisionsAsync(
        List<Entitlement> entitlements, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var cases = entitlements.GroupBy(one => one.CaseId).ToDictionary(group => group.Key, group => group.First().CaseNumber);
        var found = new List<(string, Decision)>();
        foreach (var ids in cases.Keys.Chunk(500))
        {
            var rows = await db.StandingDecisions().AsNoTracking().Where(row => ids.Contains(row.CaseId) && row.At <= until)
                .ToListAsync(cancellationToken);
            found.AddRange(rows.Select(row => (cases[row.CaseId], row)));
        }

        return [.. found.OrderBy(one => one.Item1, StringComparer.Ordinal).ThenBy(one => one.Item2.At).ThenBy(one => one.Item2.Id)];
    }

    /// <summary>The stored file of a basis reference with its name; null when there is none (yet).</summary>
    public async Task<(Guid FileId, string Name)?> FindAsync(BasisReference reference, CancellationToken cancellationToken)
    {
        var named = reference.Kind == BasisKind.Document
            ? await db.Documents.AsNoTracking().Where(row => row.Id == reference.Id)
                .Select(row => new { row.FileId, Name = row.Title + ".pdf" }).SingleOrDefaultAsync(cancellationToken)
            : await db.Attachments.AsNoTracking().Where(row => row.Id == reference.Id)
                .Select(row => new { FileId = (Guid?)row.FileId, Name = row.FileName }).SingleOrDefaultAsync(cancellationToken);
        return named?.FileId is { } fileId ? (fileId, named.Name) : null;
    }

    private async Task<BasisFile> FileOfAsync(
        BasisReference reference, string caseNumber, Dictionary<string, int> names, CancellationToken cancellationToken)
    {
        var (fileId, name) = await FindAsync(reference, cancellationToken)
            ?? throw new InvalidOperationException($"Basis {reference.Kind} {reference.Id} has no file (yet).");
        var file = await db.Files.AsNoTracking().SingleAsync(row => row.Id == fileId, cancellationToken);
        return new BasisFile(FileNames.Distinct(name, names), caseNumber, file.Id, file.ContentType, file.Sha256);
    }
}
