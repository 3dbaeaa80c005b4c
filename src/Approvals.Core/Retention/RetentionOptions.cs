using Microsoft.Extensions.Options;

namespace Approvals.Core.Retention;

/// <summary>How long working rows outlive their work (configuration section <c>Retention</c>).</summary>
public sealed class RetentionOptions
{
    /// <summary>Fewest days: an outbox message may be tried for hours, and an administrator looks back at what was sent this week.</summary>
    public const int Fewest = 7;

    /// <summary>Days that a timer is kept after it fired or was cancelled, and a message after it was sent; 0 keeps them for ever.</summary>
    public int FinishedDays { get; set; } = 90;
}

/// <summary>Refuses a number of days that would take away what is still looked at.</summary>
internal sealed class RetentionOptionsCheck : IValidateOptions<RetentionOptions>
{
    public ValidateOptionsResult Validate(string? name, RetentionOptions options) =>
        options.FinishedDays is 0 or (>= RetentionOptions.Fewest and <= 36_500)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Retention:FinishedDays must be 0 (keep for ever) or {RetentionOptions.Fewest} to 36500 days.");
}
