using System.Text.Json;
using Approvals.Core.Api;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Api;

/// <summary>An answer as it is kept.</summary>
/// <param name="Status">Status code.</param>
/// <param name="ContentType">Content type.</param>
/// <param name="Location">Where a new resource is.</param>
/// <param name="Body">Body.</param>
internal sealed record StoredAnswer(int Status, string? ContentType, string? Location, string Body);

/// <summary>What a key stands for when a request comes with it.</summary>
internal abstract record Reservation
{
    /// <summary>Free until now; the request goes on under it.</summary>
    public sealed record Mine(Guid Id) : Reservation;

    /// <summary>The same request was answered before.</summary>
    public sealed record Answered(StoredAnswer Answer) : Reservation;

    /// <summary>Another request has it.</summary>
    public sealed record UsedOtherwise : Reservation;

    /// <summary>The same request is being worked on.</summary>
    public sealed record InProgress : Reservation;
}

/// <summary>Keeps keys and answers, each step in a transaction and scope of its own, apart from the request's work.</summary>
internal sealed class IdempotencyStore(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>How long an answer is given again.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>How long a reservation without an answer holds: longer than any request takes.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(10);

    /// <summary>Reserves the key, or says what it stands for.</summary>
    public async Task<Reservation> ReserveAsync(Guid personId, string key, string hash, CancellationToken stop)
    {
        try
        {
            return await RunAsync(db => ReserveAsync(db, personId, key, hash, stop), stop);
        }
        catch (DbUpdateException)
        {
            // Race closed: the same key twice at once. The unique index let the other one in; this one reads what it reserved.
            return await RunAsync(db => ReserveAsync(db, personId, key, hash, stop), stop);
        }
    }

    /// <summary>Keeps the answer.</summary>
    public Task StoreAsync(Guid reservation, StoredAnswer answer) =>
        RunAsync(db => WriteAsync(db, reservation, answer), CancellationToken.None);

    /// <summary>Writes the answer in the transaction at hand.</summary>
    public static Task<int> WriteAsync(ApprovalsDbContext db, Guid reservation, StoredAnswer answer) =>
        db.IdempotencyRecords.Where(one => one.Id == reservation).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Status, answer.Status)
                .SetProperty(one => one.Body, JsonSerializer.Serialize(answer, JsonSerializerOptions.Web)));

    /// <summary>Frees the key again: nothing was changed under it.</summary>
    public Task ReleaseAsync(Guid reservation) => RunAsync(
        db => db.IdempotencyRecords.Where(one => one.Id == reservation && one.Status == 0).ExecuteDeleteAsync(), CancellationToken.None);

    private async Task<Reservation> ReserveAsync(ApprovalsDbContext db, Guid personId, string key, string hash, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (answeredBefore, reservedBefore) = (now - KeptFor, now - HeldFor);
        await db.IdempotencyRecords
            .Where(one => one.At < answeredBefore || (one.Status == 0 && one.At < reservedBefore))
            .ExecuteDeleteAsync(stop);
        var before = await db.IdempotencyRecords.AsNoTracking().FirstOrDefaultAsync(one => one.PersonId == personId && one.Key == key, stop);
        if (before is not null)
        {
            return before.RequestHash != hash ? new Reservation.UsedOtherwise()
                : before.Status == 0 ? new Reservation.InProgress()
                : new Reservation.Answered(JsonSerializer.Deserialize<StoredAnswer>(before.Body!, JsonSerializerOptions.Web)!);
        }

        var mine = new IdempotencyRecord { PersonId = personId, Key = key, RequestHash = hash, At = now };
        db.IdempotencyRecords.Add(mine);
        return new Reservation.Mine(mine.Id);
    }

    private async Task<T> RunAsync<T>(Func<ApprovalsDbContext, Task<T>> work, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UnitOfWork>().RunAsync(inner => work(inner.Db), stop);
    }
}
