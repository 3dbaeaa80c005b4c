namespace Approvals.Core.DryRuns;

/// <summary>A throw-away copy of the product: its own services over an empty database and data folder. Disposing it deletes both.</summary>
public abstract class DryRunSandbox : IAsyncDisposable
{
    /// <summary>The product's services, on the sandbox's database, folder and clock.</summary>
    public abstract IServiceProvider Services { get; }

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}

/// <summary>Makes sandboxes; the host knows the database they use.</summary>
public interface IDryRunSandboxes
{
    /// <summary>Makes one that runs on a clock.</summary>
    Task<DryRunSandbox> OpenAsync(VirtualClock clock, CancellationToken cancellationToken);
}
