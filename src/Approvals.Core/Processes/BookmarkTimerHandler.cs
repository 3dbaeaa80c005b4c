using Approvals.Core.Timers;

namespace Approvals.Core.Processes;

/// <summary>Resumes the bookmark of a timer that is due. A bookmark that is gone was resumed or withdrawn meanwhile: nothing to do.</summary>
public sealed class BookmarkTimerHandler(WorkflowHost host) : ITimerHandler
{
    /// <inheritdoc />
    public string Kind => WorkflowHost.BookmarkTimer;

    /// <inheritdoc />
    public bool SharesTransaction => true;

    /// <inheritdoc />
    public async Task FireAsync(TimerRow row, CancellationToken cancellationToken)
    {
        if (row.BookmarkId is { } bookmark)
            await host.ResumeAsync(bookmark, null, cancellationToken);
    }
}
