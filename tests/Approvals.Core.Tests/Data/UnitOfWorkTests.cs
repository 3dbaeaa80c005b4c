using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Training;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Data;

public sealed class UnitOfWorkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task ANestedCallJoinsAndAnAbortUndoesBoth(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var answer = await kernel.CommitAsync(async (scope, outer) =>
        {
            outer.Db.People.Add(new Person { Name = "外" });
            return await scope.GetRequiredService<UnitOfWork>().RunAsync(
                inner =>
                {
                    inner.Db.People.Add(new Person { Name = "内" });
                    inner.Abort();
                    return Task.FromResult("already decided");
                },
                Cancel);
        });
        Assert.Equal("already decided", answer);
        Assert.Equal(0, await kernel.ReadAsync(db => db.People.CountAsync(Cancel)));
    }

    [Theory, OnEachDatabase]
    public async Task AfterAFaultTheSameScopeStartsClean(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await kernel.InScopeAsync(async scope =>
        {
            var unitOfWork = scope.GetRequiredService<UnitOfWork>();
            await Assert.ThrowsAsync<InvalidDataException>(() => unitOfWork.RunAsync<int>(
                unit =>
                {
                    unit.Db.People.Add(new Person { Name = "失败" });
                    throw new InvalidDataException();
                },
                Cancel));
            return await unitOfWork.RunAsync(
                unit => Task.FromResult(unit.Db.People.Add(new Person { Name = "成功" })), Cancel);
        });
        Assert.Equal(["成功"], await kernel.ReadAsync(db => db.People.Select(row => row.Name).ToListAsync(Cancel)));
    }

    [Theory, OnEachDatabase]
    public async Task OfTwoWhoSaveTheSameRowTheSecondIsTold(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var session = new TrainingSession { Title = "第一期", Place = "甲", HeldOn = new DateOnly(2026, 5, 1) };
        await kernel.CommitAsync((_, db) => db.TrainingSessions.Add(session));
        var mine = await kernel.ReadAsync(db => db.TrainingSessions.AsNoTracking().SingleAsync(Cancel));
        await MoveAsync(kernel, await kernel.ReadAsync(db => db.TrainingSessions.AsNoTracking().SingleAsync(Cancel)), "乙");
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => MoveAsync(kernel, mine, "丙"));
        var stored = await kernel.ReadAsync(db => db.TrainingSessions.SingleAsync(Cancel));
        Assert.Equal(("乙", 1), (stored.Place, stored.RowVersion));
    }

    [Theory, OnEachDatabase]
    public async Task InstantsOfAnyOffsetAreOrderedAsInstants(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var china = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
        var later = new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
        await kernel.CommitAsync((_, db) =>
        {
            db.Notifications.Add(new Core.Notifications.Notification { Text = "后", At = later });
            db.Notifications.Add(new Core.Notifications.Notification { Text = "先", At = china });
            db.Notifications.Add(new Core.Notifications.Notification { Text = "末", At = DateTimeOffset.MaxValue });
        });
        var read = await kernel.ReadAsync(db => db.Notifications.Where(row => row.At >= china).OrderBy(row => row.At).ToListAsync(Cancel));
        Assert.Equal(["先", "后", "末"], read.Select(row => row.Text));
        Assert.Equal(china, read[0].At);
        Assert.Equal(DateTimeOffset.MaxValue, read[2].At);
    }

    [Theory, OnEachDatabase]
    public async Task ASecondRowWithTheSameUniqueKeyIsRefused(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await kernel.CommitAsync((_, db) => db.OrgUnits.Add(new OrgUnit { Code = "rescue", Name = "应急救援处" }));
        await Assert.ThrowsAsync<DbUpdateException>(
            () => kernel.CommitAsync((_, db) => db.OrgUnits.Add(new OrgUnit { Code = "rescue", Name = "另一处" })));
    }

    /// <summary>SQLite would run the insert only when the command's reader is disposed, and swallow what goes wrong there.</summary>
    [Theory, OnEachDatabase]
    public async Task ARowThatIsRefusedBehindAnUpdateFailsTheSaveAndTakesTheUpdateAlong(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var session = new TrainingSession { Title = "第一期", Place = "甲", HeldOn = new DateOnly(2026, 5, 1) };
        await kernel.CommitAsync((_, db) =>
        {
            db.OrgUnits.Add(new OrgUnit { Code = "rescue", Name = "应急救援处" });
            db.TrainingSessions.Add(session);
        });
        await Assert.ThrowsAsync<DbUpdateException>(() => kernel.CommitAsync((_, db) =>
        {
            db.Attach(session);
            session.Place = "乙";
            db.OrgUnits.AddRange(new OrgUnit { Code = "law", Name = "法规处" }, new OrgUnit { Code = "rescue", Name = "另一处" });
        }));
        Assert.Equal("甲", await kernel.ReadAsync(db => db.TrainingSessions.Select(row => row.Place).SingleAsync(Cancel)));
        Assert.Equal(["rescue"], await kernel.ReadAsync(db => db.OrgUnits.Select(row => row.Code).ToListAsync(Cancel)));
    }

    [Theory, OnEachDatabase]
    public async Task AHundredRowsOfOneSaveAreStoredAndChangedEachWithItsOwnValues(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await kernel.CommitAsync((_, db) => db.People.AddRange(Enumerable.Range(0, 100).Select(i => new Person { Name = $"{i:000}" })));
        await kernel.CommitAsync((_, db) =>
        {
            foreach (var person in db.People)
                person.Phone = $"139{person.Name}";
        });
        var stored = await kernel.ReadAsync(db => db.People.OrderBy(row => row.Name).ToListAsync(Cancel));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i:000}"), stored.Select(row => row.Name));
        Assert.All(stored, row => Assert.Equal($"139{row.Name}", row.Phone));
    }

    private static Task MoveAsync(TestKernel kernel, TrainingSession session, string place) => kernel.CommitAsync((_, db) =>
    {
        db.Attach(session);
        session.Place = place;
    });
}
