using System.Text.Json;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Packets;
using Approvals.Documents;
using Approvals.Documents.Fonts;
using Approvals.Documents.Images;
using Approvals.Documents.Pages;
using Approvals.Documents.Rendering;
using Approvals.Documents.Templates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Payouts.Files;

/// <summary>
/// 生成批次文件 — makes the files of a packet after the commit, one after another, and says how far it is. A file that is there is not
/// made again, so a job that was killed goes on where it stopped.
/// </summary>
public sealed class RenderPacket(
    ApprovalsDbContext db, PacketMaterials materials, PacketFiles files, PacketPagesJob pages, AccountVault vault, Notifier notifier,
    UnitOfWork unitOfWork, IOptions<BankOptions> bank, TimeProvider time) : IOutboxHandler
{
    /// <summary>Kind of its messages.</summary>
    public const string MessageKind = "render-packet";

    /// <summary>What its messages carry.</summary>
    /// <param name="PacketId">Which packet.</param>
    public sealed record Payload(Guid PacketId);

    /// <inheritdoc />
    public string Kind => MessageKind;

    /// <inheritdoc />
    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var id = JsonSerializer.Deserialize<Payload>(message.Payload, JsonSerializerOptions.Web)!.PacketId;
        if (await db.Packets.AnyAsync(row => row.Id == id && row.Stage == PacketStage.Ready, cancellationToken))
            return;
        var material = await materials.LoadAsync(id, cancellationToken);
        await files.ReportAsync(id, PacketStage.Tables, 0, cancellationToken);
        var numbers = material.Accounts.Values.ToDictionary(one => one.Id, one => vault.Open(one.Id, one.SealedNumber));
        var workbook = await files.EnsureAsync(
            material.Packet, PacketFileKind.Workbook,
            () => Task.FromResult(PacketSheets.Write(material, account => numbers[account.Id])), cancellationToken);
        var transfer = await files.EnsureAsync(
            material.Packet, PacketFileKind.BankFile,
            () => Task.FromResult(TransferFile.Write(
                material.Packet.Number, material.Payable.Select(line => new TransferLine(line, numbers[line.AccountId!.Value])),
                bank.Value.TransferFile)),
            cancellationToken);
        await files.ReportAsync(id, PacketStage.Pages, 0, cancellationToken);
        var basis = await BasisAsync(material, cancellationToken);
        var portfolio = await files.EnsureAsync(
            material.Packet, PacketFileKind.Portfolio,
            () => pages.MakeAsync(material, basis, [workbook, transfer], cancellationToken), cancellationToken);
        await files.ReportAsync(id, PacketStage.Bundling, material.Lines.Count, cancellationToken);
        List<PacketEntry> all = [portfolio, workbook, transfer, .. basis.Select(one => one.Entry)];
        var manifest = await files.EnsureAsync(
            material.Packet, PacketFileKind.Manifest, () => Task.FromResult(PacketBundle.Manifest(all)), cancellationToken);
        await files.EnsureAsync(
            material.Packet, PacketFileKind.Archive,
            () => Task.FromResult(PacketBundle.Archive([.. all, manifest], material.Packet.CreatedAt)), cancellationToken);
        await FinishAsync(material, cancellationToken);
    }

    private async Task<IReadOnlyList<(BasisFile File, PacketEntry Entry)>> BasisAsync(
        PacketMaterial material, CancellationToken cancellationToken)
    {
        var found = new List<(BasisFile, PacketEntry)>();
        foreach (var file in material.Basis)
        {
            var content = await files.Sealed.PlainAsync(file.FileId, cancellationToken);
            found.Add((file, new PacketEntry("依据/" + file.Name, file.ContentType, content, file.Sha256)));
        }

        return found;
    }

    private Task FinishAsync(PacketMaterial material, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var now = time.GetUtcNow();

            // Race closed: of two workers on one packet the first to find it unfinished tells finance, the other changes nothing.
            var finished = await db.Packets.Where(row => row.Id == material.Packet.Id && row.Stage != PacketStage.Ready)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Stage, PacketStage.Ready)
                        .SetProperty(row => row.RenderedLines, material.Lines.Count)
                        .SetProperty(row => row.ReadyAt, now),
                    cancellationToken);
            if (finished == 0)
                return;
            var people = await db.RoleAssignments.AsNoTracking().Where(row => row.Role == Roles.Finance)
                .Select(row => row.PersonId).Distinct().ToListAsync(cancellationToken);
            foreach (var person in people)
            {
                notifier.Tell(
                    person, $"{LineWords.Of(material.Packet.Kind)} {material.Packet.Number} 已生成，请签收",
                    $"/finance/packets/{material.Packet.Id}", "拨付批次待签收");
            }
        },
        cancellationToken);
}

/// <summary>Makes the PDF of a packet: its pages, the basis documents behind them, the other files embedded. Scoped.</summary>
public sealed class PacketPagesJob(
    ApprovalsDbContext db, PacketFiles files, FontLibrary fonts, IOptions<BureauOptions> bureau)
{
    /// <summary>Pages laid out between two reports of progress.</summary>
    private const int PagesPerReport = 10;

    /// <summary>Basis documents beyond so many bytes are embedded only, not appended as pages.</summary>
    private const long MostAppended = 64L * 1024 * 1024;

    /// <summary>The portfolio.</summary>
    public async Task<byte[]> MakeAsync(
        PacketMaterial material, IReadOnlyList<(BasisFile File, PacketEntry Entry)> basis, IReadOnlyList<PacketEntry> tables,
        CancellationToken cancellationToken)
    {
        var packet = material.Packet;
        var info = new DocumentInfo($"{LineWords.Of(packet.Kind)} {packet.Number}", bureau.Value.Name, packet.CreatedAt);
        var document = new PacketDocument(fonts, info, packet.Number).AddCover(PacketPages.CoverOf(material, bureau.Value.Name));
        await AddTableAsync(document, material, cancellationToken);
        document.AddApprovals("审批页", await ApprovalsAsync(material, cancellationToken));
        var (pictures, appended) = Sort(basis);
        document.AddBasis("依据文件清单", [.. basis.Select(one => new PacketBasis(
            one.File.Name, one.File.CaseNumber,
            pictures.Contains(one.Entry) || appended.Contains(one.Entry) ? "附后" : "内嵌附件", one.File.Sha256))]);
        foreach (var picture in pictures)
            document.AddPicture(picture.Name, picture.Content);
        var own = new SkiaPdfRenderer().Render(document.Build());
        var merged = Documents.Portfolio.PdfMerge.Append(own, [.. appended.Select(one => one.Content)]);
        List<PacketEntry> embedded = [.. tables, .. basis.Select(one => one.Entry)];
        var manifest = new PacketEntry("文件清单.txt", "text/plain", PacketBundle.Manifest(embedded), "");
        return Documents.Portfolio.PdfPortfolio.Embed(
            merged,
            [.. embedded.Append(manifest).Select(one => new Documents.Portfolio.EmbeddedFile(Path.GetFileName(one.Name), one.ContentType, one.Content))],
            packet.CreatedAt);
    }

    private async Task AddTableAsync(PacketDocument document, PacketMaterial material, CancellationToken cancellationToken)
    {
        var pages = PacketPages.TablePages(material);
        for (var page = 1; page <= pages; page++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (rows, sums) = PacketPages.TablePageOf(material, page, pages);
            document.AddLines($"{material.Packet.ProgrammeName}拨付明细表", rows, sums, page, pages);
            if (page % PagesPerReport == 0)
            {
                await files.ReportAsync(
                    material.Packet.Id, PacketStage.Pages, page * PacketDocument.LinesPerPage, cancellationToken);
            }
        }
    }

    private async Task<IReadOnlyList<PacketApproval>> ApprovalsAsync(PacketMaterial material, CancellationToken cancellationToken)
    {
        var pictures = new Dictionary<Guid, byte[]>();
        foreach (var id in material.Decisions.Select(one => one.Decision.SignatureFileId).OfType<Guid>().Distinct())
        {
            if (await db.Files.AnyAsync(row => row.Id == id, cancellationToken))
                pictures[id] = await files.Sealed.PlainAsync(id, cancellationToken);
        }

        return
        [
            .. material.Decisions.Select(one => PacketPages.ApprovalOf(
                one.CaseNumber, one.Decision,
                one.Decision.SignatureFileId is { } id ? pictures.GetValueOrDefault(id) : null)),
        ];
    }

    /// <summary>
    /// Pictures that can be drawn become pages of ours, PDFs that can be copied follow as pages, everything else is embedded only: a bad
    /// file of one payee keeps no other from being paid.
    /// </summary>
    private static (List<PacketEntry> Pictures, List<PacketEntry> Appended) Sort(
        IReadOnlyList<(BasisFile File, PacketEntry Entry)> basis)
    {
        var (pictures, appended, bytes) = (new List<PacketEntry>(), new List<PacketEntry>(), 0L);
        foreach (var (file, entry) in basis)
        {
            if (bytes + entry.Content.Length > MostAppended)
                continue;
            if (file.ContentType is "image/jpeg" or "image/png" or "image/webp" && DrawablePicture.Refuse(entry.Content) is null)
                pictures.Add(entry);
            else if (file.ContentType == "application/pdf" && Documents.Portfolio.PdfMerge.CanAppend(entry.Content))
                appended.Add(entry);
            else
                continue;
            bytes += entry.Content.Length;
        }

        return (pictures, appended);
    }
}
