using System.Globalization;
using Approvals.Core.Calendar;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Web.Pages.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages.Inbox;

/// <summary>待办 / 已办 / 我发起 / 抄送 with filters that stand in the address, twenty rows a page.</summary>
[Authorize]
public sealed class IndexModel(
    InboxQuery inbox, ApproveMany batch, SentBack sentBack, CurrentPerson person, WorkingCalendarStore calendars, SearchTerm searchTerm, TimeProvider time)
    : PageModel
{
    private static readonly Dictionary<string, InboxTab> Tabs = new(StringComparer.Ordinal)
    {
        ["todo"] = InboxTab.ToDo, ["done"] = InboxTab.Done, ["started"] = InboxTab.Started, ["copied"] = InboxTab.Copied,
    };

    private WorkingCalendar? calendar;

    /// <summary>Which list: todo, done, started, copied.</summary>
    [BindProperty(SupportsGet = true, Name = "tab")]
    public string? TabName { get; set; }

    /// <summary>Process key.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Process { get; set; }

    /// <summary>Unit id.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Unit { get; set; }

    /// <summary>Only the last so many days.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Days { get; set; }

    /// <summary>Search term as <see cref="SearchTerm"/> writes it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>Where the page begins.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>Term as the person typed it.</summary>
    public string? Term { get; private set; }

    /// <summary>The list.</summary>
    public InboxTab Tab { get; private set; }

    /// <summary>Its rows.</summary>
    public InboxPage Rows { get; private set; } = new([], null);

    /// <summary>Which of the rows were sent back to the reader, by whom and why.</summary>
    public IReadOnlyDictionary<Guid, SentBackTask> SentBackBy { get; private set; } = new Dictionary<Guid, SentBackTask>();

    /// <summary>Numbers of the tabs.</summary>
    public InboxCounts Counts { get; private set; } = new(0, 0, 0, 0, 0);

    /// <summary>Processes to filter by.</summary>
    public IReadOnlyList<ProcessOfFilter> Processes { get; private set; } = [];

    /// <summary>Whether some process has a step at which several may be approved at once.</summary>
    public bool OffersBatch { get; private set; }

    /// <summary>Units to filter by.</summary>
    public IReadOnlyList<(Guid Id, string Name)> Units { get; private set; } = [];

    /// <summary>Whether anything narrows the list.</summary>
    public bool IsFiltered => Process is not null || Unit is not null || Days is not null || Term is not null;

    /// <summary>Shows a list.</summary>
    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = person.RequiredId;
        Tab = Tabs.GetValueOrDefault(TabName ?? "todo", InboxTab.ToDo);
        Term = searchTerm.Read(Q);
        Process = string.IsNullOrWhiteSpace(Process) ? null : Process;
        var since = Days is > 0 and <= 3660 ? time.GetUtcNow().AddDays(-Days.Value) : (DateTimeOffset?)null;
        var filter = new InboxFilter(Process, Unit, since, Term);
        var after = CursorText.Read(After);
        Rows = Tab switch
        {
            InboxTab.Done => await inbox.DoneAsync(me, filter, after, cancellationToken),
            InboxTab.Started => await inbox.StartedAsync(me, filter, after, cancellationToken),
            InboxTab.Copied => await inbox.CopiedAsync(me, filter, after, cancellationToken),
            _ => await inbox.ToDoAsync(me, filter, after, cancellationToken),
        };
        if (Tab == InboxTab.ToDo)
        {
            var tasks = Rows.Rows.Select(row => row.Id).ToList();
            SentBackBy = (await sentBack.OfTasksAsync(tasks, cancellationToken)).ToDictionary(one => one.TaskId);
        }

        Counts = await OpenCountViewComponent.OfAsync(HttpContext, inbox, me);
        calendar = await calendars.LoadAsync(cancellationToken);
        Processes = await inbox.ProcessesAsync(cancellationToken);
        OffersBatch = Tab == InboxTab.ToDo && Rows.Rows.Count > 1
            && await batch.IsDesignedAsync(Processes.Select(one => one.VersionId), cancellationToken);
        Units = Tab == InboxTab.ToDo ? await inbox.UnitsAsync(me, cancellationToken) : [];
    }

    /// <summary>Searches: the term travels in the body and only its safe form reaches the address.</summary>
    public IActionResult OnPostSearch(string? term) =>
        RedirectToPage(new { tab = TabName, process = Process, unit = Unit, days = Days, q = searchTerm.Write(term) });

    /// <summary>Working time left in words; null without a deadline.</summary>
    public TimeLeft? LeftOf(InboxRow row) => row.DueAt is { } due ? TimeLeft.Of(time.GetUtcNow(), due, calendar!) : null;

    /// <summary>When it arrived: the time today, the date otherwise.</summary>
    public string WhenOf(DateTimeOffset at)
    {
        var local = ChinaTime.ToLocal(at);
        var format = ChinaTime.DateOf(at) == time.Today() ? "HH:mm" : "yyyy-MM-dd";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Where a row leads.</summary>
    public string LinkOf(InboxRow row) => Tab switch
    {
        InboxTab.ToDo => $"/tasks/{row.Id}",
        InboxTab.Started when row.Status == Core.Cases.CaseStatus.Draft => $"/cases/{row.CaseId}/edit",
        _ => $"/cases/{row.CaseId}",
    };

    /// <summary>Cursor of the next page.</summary>
    public string? Next => Rows.Next is { } next ? CursorText.Write(next) : null;
}
