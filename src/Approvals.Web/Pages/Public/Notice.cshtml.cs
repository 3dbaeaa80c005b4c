using Approvals.Core.Files;
using Approvals.Core.Notices;
using Approvals.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Approvals.Web.Pages.Public;

/// <summary>A public notice and the form for an objection to it. For anyone.</summary>
[AllowAnonymous]
[EnableRateLimiting(RequestLimits.PublicPolicy)]
public sealed class NoticeModel(NoticeQuery notices, FileObjection filing, TimeProvider time) : PageModel
{
    /// <summary>The notice.</summary>
    public PublicNotice Notice { get; private set; } = null!;

    /// <summary>Working days left after today.</summary>
    public int DaysLeft { get; private set; }

    /// <summary>Whether an objection would be accepted now.</summary>
    public bool CanObject => NoticeDecisions.CanObject(Notice.Status, Notice.EndsOn, time.GetUtcNow());

    /// <summary>Whether the words and the PDF may be shown.</summary>
    public bool IsInForce => NoticeDecisions.IsInForce(Notice.Status);

    /// <summary>Who objects.</summary>
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>Phone or mail.</summary>
    [BindProperty]
    public string? Contact { get; set; }

    /// <summary>What is objected.</summary>
    [BindProperty(Name = "Content")]
    public string? Facts { get; set; }

    /// <summary>Evidence.</summary>
    [BindProperty]
    public IFormFile? Evidence { get; set; }

    /// <summary>A field people do not see; what fills it in is a program.</summary>
    [BindProperty]
    public string? Website { get; set; }

    /// <summary>Problems by field.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; private set; } = new Dictionary<string, string>();

    /// <summary>Problem of a field; null when there is none.</summary>
    public string? ProblemOf(string field) => Problems.GetValueOrDefault(field);

    /// <summary>Shows the notice.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    /// <summary>Files an objection.</summary>
    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        if (!string.IsNullOrEmpty(Website))
        {
            // A program is not told what gave it away.
            return RedirectToPage(new { id });
        }

        Evidence? evidence = null;
        await using var stream = Evidence?.OpenReadStream();
        if (stream is not null)
        {
            switch (FileIntake.JudgeAttachment(stream))
            {
                case FileVerdict.Accepted accepted:
                    evidence = new Evidence(accepted.Content, accepted.ContentType, Evidence!.FileName);
                    break;
                case FileVerdict.Refused refused:
                    var problems = new Dictionary<string, string>(new ObjectionInput(Name, Contact, Facts).Problems())
                    {
                        [nameof(Evidence)] = refused.Message,
                    };
                    return Wrong(problems);
            }
        }

        return await filing.FileAsync(id, new ObjectionInput(Name, Contact, Facts), evidence, cancellationToken) switch
        {
            FilingOutcome.Accepted accepted => Redirect($"/public/objections/{accepted.Receipt}?filed=1"),
            FilingOutcome.Invalid invalid => Wrong(invalid.Problems),
            FilingOutcome.Closed => await ClosedAsync(id, cancellationToken),
            _ => NotFound(),
        };
    }

    private PageResult Wrong(IReadOnlyDictionary<string, string> problems)
    {
        Problems = problems;
        var page = Page();
        page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    private async Task<IActionResult> ClosedAsync(Guid id, CancellationToken cancellationToken)
    {
        await LoadAsync(id, cancellationToken);
        var page = Wrong(new Dictionary<string, string> { [""] = "公示已结束，异议未能提交。您可以电话或书面向我局反映。" });
        page.StatusCode = StatusCodes.Status409Conflict;
        return page;
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await notices.FindAsync(id, cancellationToken) is not { } found)
        {
            return false;
        }

        Notice = found;
        DaysLeft = await notices.DaysLeftAsync(found, cancellationToken);
        return true;
    }
}
