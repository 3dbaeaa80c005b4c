using Approvals.Core.Organisation;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Tests.Data;

/// <summary>In whatever order rows are added, changed and removed, a save writes them in one that the database's rules allow.</summary>
public sealed class RankedCommandsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Rows_come_after_those_they_point_to_and_go_before_them(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var (person, unit) = (new Person { Name = "甲" }, Unit("A"));
        var position = Position(person, unit);
        await kernel.CommitAsync((_, db) =>
        {
            db.Add(position);
            db.Add(unit);
            db.Add(person);
        });
        Assert.Equal((1, 1, 1), await CountAsync(kernel));

        await kernel.CommitAsync((_, db) =>
        {
            db.Remove(person);
            db.Remove(unit);
            db.Remove(position);
        });
        Assert.Equal((0, 0, 0), await CountAsync(kernel));
    }

    [Theory, OnEachDatabase]
    public async Task A_row_that_points_to_another_of_its_table_comes_after_it_and_goes_before_it(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var above = Unit("above");
        var middle = Unit("middle", above.Id);
        var below = Unit("below", middle.Id);
        await kernel.CommitAsync((_, db) => db.AddRange(below, above, middle));
        Assert.Equal(3, (await CountAsync(kernel)).Units);
        await kernel.CommitAsync((_, db) => db.RemoveRange(above, below, middle));
        Assert.Equal(0, (await CountAsync(kernel)).Units);
    }

    [Theory, OnEachDatabase]
    public async Task A_name_that_must_be_unique_is_given_up_before_another_row_takes_it(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var first = Unit("name");
        await kernel.CommitAsync((_, db) => db.Add(first));
        await kernel.CommitAsync((_, db) =>
        {
            db.Add(Unit("name"));
            db.OrgUnits.Single(one => one.Id == first.Id).Code = "other";
        });
        await kernel.CommitAsync((_, db) =>
        {
            db.Add(Unit("other"));
            db.Remove(db.OrgUnits.Single(one => one.Id == first.Id));
        });
        Assert.Equal(["name", "other"], await kernel.ReadAsync(db => db.OrgUnits.OrderBy(one => one.Code).Select(one => one.Code).ToListAsync(Cancel)));
    }

    private static OrgUnit Unit(string code, Guid? parent = null) =>
        new() { Code = code, Name = code, Kind = OrgUnitKind.Section, ParentId = parent };

    private static Position Position(Person person, OrgUnit unit) => new()
    {
        PersonId = person.Id, OrgUnitId = unit.Id, Kind = PositionKind.Member, Title = "科员", From = new DateOnly(2020, 1, 1),
    };

    private static Task<(int Units, int People, int Positions)> CountAsync(TestKernel kernel) => kernel.ReadAsync(async db =>
        (await db.OrgUnits.CountAsync(Cancel), await db.People.CountAsync(Cancel), await db.Positions.CountAsync(Cancel)));
}
