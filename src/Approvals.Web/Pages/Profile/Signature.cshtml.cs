using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Organisation;
using Approvals.Documents.Images;
using Approvals.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Pages.Profile;

/// <summary>手写签名: the stored picture, drawn here or uploaded. It alone signs nothing; signing asks for the password again.</summary>
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SignatureModel(
    ApprovalsDbContext db, CurrentPerson current, UnitOfWork unitOfWork, AuditTrail audit, FileStore files,
    IStringLocalizer<AccountTexts> texts) : PageModel
{
    private const string DataPrefix = "data:image/png;base64,";

    private static readonly PhotoInspector Inspector = new(new PhotoLimits { MaxBytes = 1024 * 1024, StoredSide = 800 });

    /// <summary>Uploaded picture.</summary>
    [BindProperty]
    public IFormFile? Upload { get; set; }

    /// <summary>Drawn picture as a data address, filled in by the script.</summary>
    [BindProperty]
    public string? Drawn { get; set; }

    /// <summary>Whether there is one already.</summary>
    public bool HasSignature { get; private set; }

    /// <summary>Shows the page.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken) => HasSignature = await FileIdAsync(cancellationToken) is not null;

    /// <summary>The own picture, and nobody else's.</summary>
    public async Task<IActionResult> OnGetPictureAsync(CancellationToken cancellationToken)
    {
        var id = await FileIdAsync(cancellationToken);
        var file = await db.Files.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, cancellationToken);
        return file is null ? NotFound() : File(await files.OpenAsync(file, cancellationToken), file.ContentType);
    }

    /// <summary>Stores an uploaded or a drawn picture.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var (field, content) = await ContentAsync(cancellationToken);
        if (content is null)
        {
            ModelState.AddModelError(nameof(Upload), texts["请选择图片，或在上方手写签名。"]);
        }
        else if (Inspector.InspectSignature(content) is PhotoVerdict.Refused refused)
        {
            ModelState.AddModelError(field, refused.Message);
        }
        else if (Inspector.InspectSignature(content) is PhotoVerdict.Accepted accepted)
        {
            await StoreAsync(accepted.Image, cancellationToken);
            TempData["Notice"] = texts["签名已保存。"].Value;
            return RedirectToPage();
        }

        HasSignature = await FileIdAsync(cancellationToken) is not null;
        return Page();
    }

    /// <summary>Forgets it; decisions signed with it keep their picture.</summary>
    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellationToken)
    {
        await ChangeAsync(_ => Task.FromResult<Guid?>(null), "person.signature-removed", cancellationToken);
        TempData["Notice"] = texts["签名已删除。"].Value;
        return RedirectToPage();
    }

    private async Task<(string Field, byte[]? Content)> ContentAsync(CancellationToken cancellationToken)
    {
        if (Upload is { Length: > 0 })
        {
            using var buffer = new MemoryStream();
            await Upload.CopyToAsync(buffer, cancellationToken);
            return (nameof(Upload), buffer.ToArray());
        }

        if (Drawn is not { Length: > 0 and < 1_400_000 } || !Drawn.StartsWith(DataPrefix, StringComparison.Ordinal))
        {
            return (nameof(Drawn), null);
        }

        var bytes = new byte[Drawn.Length];
        return (nameof(Drawn), Convert.TryFromBase64String(Drawn[DataPrefix.Length..], bytes, out var length) ? bytes[..length] : null);
    }

    private Task StoreAsync(byte[] image, CancellationToken cancellationToken) => ChangeAsync(
        async person =>
        {
            using var stream = new MemoryStream(image);
            return (await files.SaveAsync(stream, "image/png", person.Id, cancellationToken)).Id;
        },
        "person.signature-stored", cancellationToken);

    private Task ChangeAsync(Func<Person, Task<Guid?>> file, string action, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var person = await scope.Db.People.SingleAsync(one => one.Id == current.RequiredId, cancellationToken);
                person.SignatureFileId = await file(person);
                audit.Record(action, "person", person.Id.ToString(), new { fileId = person.SignatureFileId });
            },
            cancellationToken);

    private Task<Guid?> FileIdAsync(CancellationToken cancellationToken) =>
        db.People.Where(one => one.Id == current.RequiredId).Select(one => one.SignatureFileId).FirstOrDefaultAsync(cancellationToken);
}
