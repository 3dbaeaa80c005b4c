namespace Approvals.Core.Notifications;

/// <summary>Carries out outbox messages of one kind.</summary>
public interface IOutboxHandler
{
    /// <summary>Kind of message, e.g. <c>mail</c>.</summary>
    string Kind { get; }

    /// <summary>
    /// Carries the message out, at least once: after a crash it is called again with the same <see cref="OutboxMessage.Key"/>, so the
    /// effect must be recognisable by it. Any exception means "try again later".
    /// </summary>
    Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken);
}
