using Microsoft.Extensions.Options;

namespace Approvals.Core.Notifications;

/// <summary>How messages are carried out (configuration section <c>Outbox</c>).</summary>
public sealed class OutboxOptions
{
    /// <summary>
    /// Seconds that a worker may take for one message; afterwards another may assume that it died, and carries the message out
    /// again. Fewer than the slowest receiver takes (a mail server has 20), and it is sent twice.
    /// </summary>
    public int LeaseSeconds { get; set; } = 300;

    /// <summary><see cref="LeaseSeconds"/> as a time.</summary>
    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);
}

/// <summary>Refuses a lease that has run out as it begins: every worker would carry out what another is carrying out.</summary>
internal sealed class OutboxOptionsCheck : IValidateOptions<OutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboxOptions options) => options.LeaseSeconds > 0
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail("Outbox:LeaseSeconds must be at least 1 second.");
}
