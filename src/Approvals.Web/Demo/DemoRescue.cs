using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Hosting;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Demo;

/// <summary>
/// Enters a rescue of last year that is over, TFSJ-(last year)-0001, so that a claim for compensation can be tried at once. Development
/// only, once.
/// </summary>
internal sealed class DemoRescue(UnitOfWork unitOfWork, TimeProvider time) : IStartupTask
{
    /// <inheritdoc />
    public int Order => 320;

    /// <inheritdoc />
    public Task RunAsync(CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(scope => FillAsync(scope.Db, cancellationToken), cancellationToken);

    private async Task FillAsync(ApprovalsDbContext db, CancellationToken cancellationToken)
    {
        var year = time.Today().Year - 1;
        var number = $"TFSJ-{year}-0001";
        if (await db.Events.AnyAsync(row => row.Number == number, cancellationToken))
        {
            return;
        }

        var general = await PersonAsync(db, "zhouzhengguo", cancellationToken);
        var duty = await PersonAsync(db, "zouping", cancellationToken);
        var start = ChinaTime.Instant(new DateOnly(year, 12, 3), new TimeOnly(8, 40));
        db.Events.Add(new EmergencyEvent
        {
            Number = number,
            Name = "江州高速公路隧道塌方救援",
            Specialty = "tunnel",
            SpecialtyName = "建筑施工与隧道",
            Level = EventLevel.Larger,
            Region = "county",
            RegionName = "县域",
            Place = "江州高速公路青峰隧道出口",
            Description = "强降雨引发塌方，江州矿山救护大队参加救援。",
            StartedAt = start,
            GeneralCommanderId = general.Id,
            GeneralCommanderName = general.Name,
            Status = EventStatus.Closed,
            OpenedById = duty.Id,
            OpenedByName = duty.Name,
            OpenedAt = start,
            ClosedAt = start.AddDays(3),
            ClosedByName = general.Name,
        });
    }

    private static Task<Person> PersonAsync(ApprovalsDbContext db, string userName, CancellationToken cancellationToken) => (
            from account in db.Users
            join person in db.People on account.PersonId equals person.Id
            where account.UserName == userName
            select person)
        .SingleAsync(cancellationToken);
}
