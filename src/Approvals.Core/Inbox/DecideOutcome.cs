using System.Text.Json.Nodes;
using Approvals.Core.Forms;

namespace Approvals.Core.Inbox;

/// <summary>What somebody decides on a task.</summary>
public sealed record DecideRequest
{
    /// <summary>The task.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>Approve, reject, return, submit or abstain.</summary>
    public required DecisionKind Kind { get; init; }

    /// <summary>Opinion; needed for a refusal and a return. At most 2,000 characters.</summary>
    public string? Opinion { get; init; }

    /// <summary>退回: activity id of the target, one of the step's return targets.</summary>
    public string? ReturnTo { get; init; }

    /// <summary>Fields that the step may edit: key → value; null when none were shown. <c>waiverReason</c> waives findings.</summary>
    public JsonObject? Fields { get; init; }

    /// <summary>Hash of what was shown, from the page or the API.</summary>
    public required string ShownHash { get; init; }

    /// <summary>How it is signed.</summary>
    public SignatureMethod Method { get; init; }

    /// <summary>Picture of a drawn signature as PNG, at most 200 KB; only with <see cref="SignatureMethod.Drawn"/>.</summary>
    public byte[]? Drawing { get; init; }

    /// <summary>Password or one-time code.</summary>
    public string? Secret { get; init; }

    /// <summary>The signer was asked for the secret just now, for several decisions: a one-time code proves itself once only.</summary>
    internal bool IsConfirmed { get; init; }
}

/// <summary>What became of a decision.</summary>
public abstract record DecideOutcome
{
    /// <summary>It stands.</summary>
    public sealed record Decided(Guid DecisionId, Guid CaseId) : DecideOutcome;

    /// <summary>There is no such task.</summary>
    public sealed record NotFound : DecideOutcome;

    /// <summary>The task is somebody else's.</summary>
    /// <param name="Why">One Chinese sentence for a substitute who may not act here; null for a stranger.</param>
    public sealed record NotYours(string? Why = null) : DecideOutcome;

    /// <summary>Somebody was first, or the step was withdrawn. Nothing was changed.</summary>
    /// <param name="By">Who decided; null when the task was closed without a decision.</param>
    /// <param name="At">When.</param>
    /// <param name="As">What, or why it was closed.</param>
    public sealed record AlreadyDecided(string? By, DateTimeOffset? At, string? As) : DecideOutcome;

    /// <summary>What was shown is no longer what is stored: the signer must look again.</summary>
    public sealed record ContentChanged : DecideOutcome;

    /// <summary>Something is missing or wrong; paths are form fields, or opinion, returnTo, signature, secret, kind.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : DecideOutcome;

    /// <summary>The account was locked by wrong passwords.</summary>
    public sealed record LockedOut : DecideOutcome;
}
