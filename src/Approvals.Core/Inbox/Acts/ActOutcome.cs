using Approvals.Core.Forms;

namespace Approvals.Core.Inbox;

/// <summary>What became of an act that is no decision: 转办, 加签, 撤销加签, 催办.</summary>
public abstract record ActOutcome
{
    /// <summary>It is done.</summary>
    /// <param name="Names">Whom it concerns, in words.</param>
    public sealed record Done(string Names) : ActOutcome;

    /// <summary>There is no such task or case.</summary>
    public sealed record NotFound : ActOutcome;

    /// <summary>It is not theirs to do.</summary>
    public sealed record NotYours : ActOutcome;

    /// <summary>Somebody was first, or the step was withdrawn. Nothing was changed.</summary>
    /// <param name="By">Who decided; null when the task was closed without a decision.</param>
    /// <param name="At">When.</param>
    /// <param name="As">What, or why it was closed.</param>
    public sealed record AlreadyDecided(string? By, DateTimeOffset? At, string? As) : ActOutcome;

    /// <summary>The step or the state of the case does not allow it.</summary>
    /// <param name="Why">One Chinese sentence.</param>
    public sealed record NotAllowed(string Why) : ActOutcome;

    /// <summary>Done not long ago.</summary>
    /// <param name="Until">From when on it may be done again.</param>
    public sealed record TooSoon(DateTimeOffset Until) : ActOutcome;

    /// <summary>Something is missing or wrong.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ActOutcome
    {
        /// <summary>One error.</summary>
        public Invalid(string path, string label, string message)
            : this([new FieldError(path, label, message)])
        {
        }
    }
}
