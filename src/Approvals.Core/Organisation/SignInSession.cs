namespace Approvals.Core.Organisation;

/// <summary>One sign-in that is under way (登录会话): what the person sees under "where I am signed in" and can end.</summary>
public sealed class SignInSession
{
    /// <summary>Version-7 UUID; the cookie names it.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>The account.</summary>
    public Guid AccountId { get; init; }

    /// <summary>Browser and system in words, e.g. <c>Chrome · Windows</c>; no address and no exact version.</summary>
    public required string Device { get; init; }

    /// <summary>When it began; a session ends <see cref="SessionLimits.Longest"/> later whatever happens.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When it was ended by signing out, by its person or by an administrator; null while it is good.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>How long a sign-in lasts (docs/security.md says why).</summary>
public static class SessionLimits
{
    /// <summary>Without use.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    /// <summary>In all: nobody stays signed in overnight.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>How soon an end takes effect on other servers; on the same one it does at once.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);

    /// <summary>How long a password handed out by an administrator opens the page to change it.</summary>
    public static readonly TimeSpan InitialPassword = TimeSpan.FromDays(7);
}
