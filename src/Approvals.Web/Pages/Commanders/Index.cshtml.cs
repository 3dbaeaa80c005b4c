using System.Globalization;
using System.Text;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Web.Pages.Inbox;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Commanders;

/// <summary>技术指挥官信息库 — search, filters, twenty rows a page, export with masked numbers.</summary>
[Authorize]
public sealed class IndexModel(
    CommanderQuery commanders, SearchTerm searchTerm, UnitOfWork unitOfWork, AuditTrail audit, TimeProvider time) : PageModel
{
    private const int ExportLimit = 5000;

    /// <summary>Search term as <see cref="SearchTerm"/> writes it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Specialty code.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Specialty { get; set; }

    /// <summary>Where they stand.</summary>
    [BindProperty(SupportsGet = true)]
    public CommanderStatus? Status { get; set; }

    /// <summary>Where the page begins.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? After { get; set; }

    /// <summary>Term as typed.</summary>
    public string? Term { get; private set; }

    /// <summary>Rows.</summary>
    public IReadOnlyList<Commander> Rows { get; private set; } = [];

    /// <summary>Those of the rows whose certificate of appointment is void.</summary>
    public IReadOnlySet<Guid> Void { get; private set; } = new HashSet<Guid>();

    /// <summary>How many there are in all.</summary>
    public int Count { get; private set; }

    /// <summary>Specialties to filter by.</summary>
    public IReadOnlyList<(string Code, string Name)> Specialties { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last one.</summary>
    public Guid? Next => Rows.Count == CommanderQuery.PageSize ? Rows[^1].Id : null;

    /// <summary>Whether anything narrows the list.</summary>
    public bool IsFiltered => Term is not null || !string.IsNullOrEmpty(Specialty) || Status is not null;

    /// <summary>Shows the list.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await commanders.MayReadAsync(cancellationToken))
        {
            return Forbid();
        }

        var filter = Filter();
        Rows = await commanders.PageAsync(filter, After, CommanderQuery.PageSize, cancellationToken);
        Void = await commanders.VoidAsync(Rows, cancellationToken);
        Count = await commanders.CountAsync(filter, cancellationToken);
        Specialties = await commanders.SpecialtiesAsync(cancellationToken);
        return Page();
    }

    /// <summary>Searches: the term travels in the body and only its safe form reaches the address.</summary>
    public async Task<IActionResult> OnPostSearchAsync(string? term, CancellationToken cancellationToken) =>
        await commanders.MayReadAsync(cancellationToken)
            ? RedirectToPage(new { q = searchTerm.Write(term), specialty = Specialty, status = Status })
            : Forbid();

    /// <summary>The list as CSV for spreadsheets; names in full, numbers masked; who exported is audited.</summary>
    public async Task<IActionResult> OnPostExportAsync(CancellationToken cancellationToken)
    {
        if (!await commanders.MayReadAsync(cancellationToken))
        {
            return Forbid();
        }

        var rows = await commanders.PageAsync(Filter(), null, ExportLimit, cancellationToken);
        var withoutCertificate = await commanders.VoidAsync(rows, cancellationToken);
        await unitOfWork.RunAsync(
            _ =>
            {
                audit.Record("commander.exported", "register", "commanders", new { rows = rows.Count });
                return Task.CompletedTask;
            },
            cancellationToken);
        var text = new StringBuilder("姓名,性别,身份证号码,联系电话,单位,职务,职称,专业领域,聘任证书编号,任期开始,任期届满,状态\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', new[]
            {
                row.Name, row.Gender, Masking.IdentityNumber(row.IdentityNumber), Masking.Phone(row.Phone), row.UnitName, row.Post,
                row.ProfessionalTitle, row.SpecialtyName, row.CertificateNumber, Day(row.TermStart), Day(row.TermEnd),
                Word(row.Status) + (withoutCertificate.Contains(row.Id) ? "（聘任证书已作废）" : ""),
            }.Select(Cell)).Append("\r\n");
        }

        // The mark tells spreadsheets that the text is UTF-8.
        byte[] content = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
        return File(content, "text/csv; charset=utf-8", $"技术指挥官信息库-{Day(time.Today())}.csv");
    }

    /// <summary>The status in Chinese.</summary>
    public static string Word(CommanderStatus status) => status switch
    {
        CommanderStatus.Appointed => "在聘",
        CommanderStatus.Expired => "任期届满",
        _ => "已解聘",
    };

    private CommanderFilter Filter()
    {
        Term = searchTerm.Read(Q);
        return new CommanderFilter(Term, Specialty, Status);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A cell that begins like a formula would be run by a spreadsheet.
    private static string Cell(string? text)
    {
        var safe = text is { Length: > 0 } && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text ?? "";
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
