namespace Approvals.Core.Hosting;

/// <summary>Work done once at start-up, after the migrations and before the first request; must be safe to repeat.</summary>
public interface IStartupTask
{
    /// <summary>Lower runs first: 100 reference data, 200 process import, 300 demonstration data, 400 catching up.</summary>
    int Order { get; }

    /// <summary>Does the work in its own transactions.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
