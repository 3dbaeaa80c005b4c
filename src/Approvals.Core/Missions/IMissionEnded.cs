namespace Approvals.Core.Missions;

/// <summary>Is told when a mission is ended.</summary>
public interface IMissionEnded
{
    /// <summary>Called within the unit of work that ends it, with its last day set.</summary>
    /// <param name="mission">As it is now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task EndedAsync(Mission mission, CancellationToken cancellationToken);
}
