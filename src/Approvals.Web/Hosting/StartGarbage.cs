namespace Approvals.Web.Hosting;

/// <summary>
/// Gives back to the machine what only the start needed, 20 MB: models under construction, migrations, packages of processes. The collector would
/// keep those pages until the next full collection, which an idle server does not come to for hours. Once for the process, because the
/// heap is the process's; it pauses it for some 50 ms.
/// </summary>
internal sealed class StartGarbage(TimeProvider time) : BackgroundService
{
    /// <summary>By then the jobs of the start have run, too.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(10);

    private static int taken;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Later, time);
        if (await timer.WaitForNextTickAsync(stoppingToken) && Interlocked.Exchange(ref taken, 1) == 0)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
