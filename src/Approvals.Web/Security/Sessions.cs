using System.Collections.Concurrent;
using System.Security.Claims;
using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Security;

/// <summary>Sessions that ended on this server, so that they end here at once and not at the next look into the database.</summary>
public sealed class EndedSessions
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _ended = new();

    /// <summary>Remembers it until its cookie could no longer be valid anyway.</summary>
    public void Add(Guid id, DateTimeOffset now)
    {
        foreach (var (old, at) in _ended)
        {
            if (now - at > SessionLimits.Longest)
                _ended.TryRemove(old, out _);
        }

        _ended[id] = now;
    }

    /// <summary>Whether it ended here.</summary>
    public bool Contains(Guid id) => _ended.ContainsKey(id);
}

/// <summary>
/// 登录会话 — a row for each sign-in. The cookie carries its id; a cookie that was copied opens nothing once its session has ended.
/// </summary>
public sealed class Sessions(ApprovalsDbContext db, UnitOfWork unitOfWork, AuditTrail audit, EndedSessions ended, TimeProvider clock)
{
    /// <summary>Name of the claim.</summary>
    public const string Claim = "session_id";

    /// <summary>The session of a signed-in person; null for an API token.</summary>
    public static Guid? Of(ClaimsPrincipal? user) => Guid.TryParse(user?.FindFirstValue(Claim), out var id) ? id : null;

    /// <summary>Begins one.</summary>
    public async Task<Guid> BeginAsync(Guid accountId, string? userAgent)
    {
        var now = clock.GetUtcNow();
        var session = new SignInSession { AccountId = accountId, Device = DeviceName.Of(userAgent), StartedAt = now, LastSeenAt = now };
        await unitOfWork.RunAsync(
            scope =>
            {
                scope.Db.Sessions.Add(session);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return session.Id;
    }

    /// <summary>Whether it may go on; notes that it was used.</summary>
    public async Task<bool> GoesOnAsync(Guid id)
    {
        var now = clock.GetUtcNow();
        var oldest = now - SessionLimits.Longest;

        // Race closed: ended elsewhere just now. The update finds the row only while it is good.
        return await db.Sessions.Where(one => one.Id == id && one.EndedAt == null && one.StartedAt > oldest)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.LastSeenAt, now)) == 1;
    }

    /// <summary>The sessions of an account that may still be good, newest use first.</summary>
    public Task<List<SignInSession>> OpenAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (oldest, idle) = (now - SessionLimits.Longest, now - SessionLimits.Idle);
        return db.Sessions.AsNoTracking()
            .Where(one => one.AccountId == accountId && one.EndedAt == null && one.StartedAt > oldest && one.LastSeenAt > idle)
            .OrderByDescending(one => one.LastSeenAt).ToListAsync(cancellationToken);
    }

    /// <summary>Ends one session, or all of an account but one.</summary>
    /// <param name="accountId">Whose; a session of somebody else is left alone.</param>
    /// <param name="which">The one to end; null for all.</param>
    /// <param name="except">The one that stays.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many ended.</returns>
    public Task<int> EndAsync(Guid accountId, Guid? which, Guid? except, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope =>
        {
            var now = clock.GetUtcNow();
            var rows = await scope.Db.Sessions
                .Where(one => one.AccountId == accountId && one.EndedAt == null && (which == null || one.Id == which) && one.Id != except)
                .ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                row.EndedAt = now;
                ended.Add(row.Id, now);
            }

            if (rows.Count > 0)
                audit.Record("account.sessions-ended", "account", accountId.ToString(), new { count = rows.Count });
            return rows.Count;
        },
        cancellationToken);
}
