using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Mvc;

namespace Approvals.Web.Pages.Shared;

/// <summary>The number of open tasks beside 待办; counted once a request, however often it is shown.</summary>
public sealed class OpenCountViewComponent(InboxQuery inbox, CurrentPerson person) : ViewComponent
{
    private const string Key = "inbox-counts";

    /// <summary>Writes nothing when there is nothing to do.</summary>
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var counts = await OfAsync(HttpContext, inbox, person.RequiredId);
        return Content(counts.ToDo switch { 0 => "", < InboxQuery.CountLimit => counts.ToDo.ToString(), _ => "99+" });
    }

    /// <summary>The counts of this request, read at most once.</summary>
    internal static async Task<InboxCounts> OfAsync(HttpContext context, InboxQuery inbox, Guid personId)
    {
        if (context.Items[Key] is not InboxCounts counts)
        {
            counts = await inbox.CountAsync(personId, context.RequestAborted);
            context.Items[Key] = counts;
        }

        return counts;
    }
}
