using Approvals.Core.DryRuns;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Approvals.Web.DryRuns;

/// <summary>
/// Studio goes from its run button to the viewer of the instance it has started. A dry run leaves no instance behind; its result is shown
/// instead.
/// </summary>
internal sealed class DryRunViewer(DryRunShelf shelf) : IAsyncPageFilter
{
    /// <summary>Page of a dry run's result.</summary>
    public static string AddressOf(DryRunTicket ticket) => $"/processes/{Uri.EscapeDataString(ticket.Process)}/dry-run/{ticket.Id}";

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if ((context.RouteData.Values["path"] as string)?.Split('/') is ["instances", var id, "view"]
            && Guid.TryParse(id, out var runId)
            && await shelf.FindAsync(runId, context.HttpContext.RequestAborted) is { } ticket)
        {
            context.Result = new RedirectResult(AddressOf(ticket));
            return;
        }

        await next();
    }
}
