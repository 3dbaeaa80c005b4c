using System.Globalization;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Packets;
using Approvals.Web.Pages.Inbox;
using Approvals.Web.Resources;
using Approvals.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Finance;

/// <summary>A packet: first the total, then the checks, then the lines; receipt, files, payment, the bank's result.</summary>
[Authorize(Policy = Policies.Finance)]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed partial class PacketModel(
    PacketQuery packets, LineQuery lines, PacketChecks checks, AcknowledgePacket acknowledge, MarkLines marks, ImportResult import,
    DownloadPacketFile download, TransferFileNow transfer, ExportLines export, SearchTerm searchTerm, CurrentPerson person,
    ApprovalsDbContext db, IStringLocalizer<FinanceTexts> texts) : PageModel
{
    /// <summary>The packet.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Only lines in this state.</summary>
    [BindProperty(SupportsGet = true)]
    public LineState? State { get; set; }

    /// <summary>Search term as <see cref="SearchTerm"/> writes it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Only these 序号, with commas.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Lines { get; set; }

    /// <summary>Only lines behind this 序号.</summary>
    [BindProperty(SupportsGet = true)]
    public int After { get; set; }

    /// <summary>Packet and its lines by state.</summary>
    public PacketSummary Summary { get; private set; } = null!;

    /// <summary>Total in capitals.</summary>
    public string Capitals => PacketPages.Capitals(Summary.Packet.Total);

    /// <summary>Checks.</summary>
    public IReadOnlyList<PacketCheck> Checks { get; private set; } = [];

    /// <summary>Files.</summary>
    public IReadOnlyList<PacketFile> Files { get; private set; } = [];

    /// <summary>Result files of the bank.</summary>
    public IReadOnlyList<BankResult> Results { get; private set; } = [];

    /// <summary>Lines of this page.</summary>
    public IReadOnlyList<PacketLine> Rows { get; private set; } = [];

    /// <summary>Count and sum of all lines the filter leaves.</summary>
    public (int Count, decimal Sum) Filtered { get; private set; }

    /// <summary>Name of who built it.</summary>
    public string? BuiltBy { get; private set; }

    /// <summary>Name of who acknowledged it.</summary>
    public string? AcknowledgedBy { get; private set; }

    /// <summary>Term as typed.</summary>
    public string? Term { get; private set; }

    /// <summary>Lines chosen before the page came back.</summary>
    public IReadOnlyCollection<Guid> Chosen { get; private set; } = [];

    /// <summary>Sum of the chosen lines, when it was asked for.</summary>
    public decimal? ChosenSum { get; private set; }

    /// <summary>Note as typed.</summary>
    public string? Note { get; private set; }

    /// <summary>What kept an act from being done.</summary>
    public IReadOnlyList<LineProblem> Problems { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last one.</summary>
    public int? Next => Rows.Count == LineQuery.PageSize ? Rows[^1].Sequence : null;

    /// <summary>Whether anything narrows the lines.</summary>
    public bool IsFiltered => State is not null || Term is not null || !string.IsNullOrEmpty(Lines);

    /// <summary>Shows the packet.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    /// <summary>Searches: the term travels in the body and only its safe form reaches the address.</summary>
    public IActionResult OnPostSearch(string? term) =>
        Redirect(Url.Page("/Finance/Packet", null, new { id = Id, q = searchTerm.Write(term), state = State }, null, null, "lines")!);

    /// <summary>A line to show the tag of a state.</summary>
    public static PacketLine Example(LineState state) => new() { PayeeName = "", IdentityNumber = "", Purpose = "", State = state };

    /// <summary>123 KB.</summary>
    public static string Kilobytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{(bytes + 1023) / 1024:N0} KB");

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await packets.FindAsync(Id, cancellationToken) is not { } summary)
            return false;
        Summary = summary;
        Checks = await checks.RunAsync(Id, cancellationToken);
        Files = await db.PacketFiles.AsNoTracking().Where(row => row.PacketId == Id).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        Results = await db.BankResults.AsNoTracking().Where(row => row.PacketId == Id).OrderByDescending(row => row.UploadedAt).Take(20)
            .ToListAsync(cancellationToken);
        BuiltBy = await NameAsync(summary.Packet.CreatedById, cancellationToken);
        AcknowledgedBy = await NameAsync(summary.Packet.AcknowledgedById, cancellationToken);
        var filter = Filter();
        Filtered = await lines.SumAsync(Id, filter, cancellationToken);
        Rows = await lines.PageAsync(Id, filter, After, LineQuery.PageSize, cancellationToken);
        return true;
    }

    private LineFilter Filter()
    {
        Term = searchTerm.Read(Q);
        return new LineFilter(
            State, Term, [.. (Lines ?? "").Split(',').Select(one => int.TryParse(one, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(one => one > 0).Take(200)]);
    }

    private async Task<string?> NameAsync(Guid? id, CancellationToken cancellationToken) => id is null ? null
        : await db.People.Where(row => row.Id == id).Select(row => row.Name).FirstOrDefaultAsync(cancellationToken);
}
