using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Mvc;

namespace Approvals.Web.Pages.Shared;

/// <summary>The numbers of open tasks beside 待办 and of unread messages at the bell; counted once a request, however often they are shown.</summary>
public sealed class OpenCountViewComponent(InboxQuery inbox, CurrentPerson person) : ViewComponent
{
    private const string Key = "inbox-counts";

    /// <summary>Writes nothing when there is nothing to do, or to read.</summary>
    /// <param name="messages">The messages instead of the tasks.</param>
    public async Task<IViewComponentResult> InvokeAsync(bool messages = false)
    {
        var counts = await OfAsync(HttpContext, inbox, person.RequiredId);
        return Content((messages ? counts.Messages : counts.ToDo) switch { 0 => "", >= InboxQuery.CountLimit => "99+", var count => count.ToString() });
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
