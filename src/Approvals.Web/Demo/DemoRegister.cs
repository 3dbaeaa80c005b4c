using System.Text.Json.Nodes;
using Approvals.Core.Allowances;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Hosting;
using Approvals.Core.Insurance;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Demo;

/// <summary>A commander of the demonstration, appointed on paper before the product came.</summary>
internal sealed record DemoCommander(
    string UserName, string IdentityNumber, string Specialty, string SpecialtyName, string Place, double Latitude, double Longitude, bool IsInsured);

/// <summary>
/// Enters four commanders whose appointments were done on paper, and the allowance rates, so that an event can be walked through at
/// once. Development only, once.
/// </summary>
internal sealed class DemoRegister(UnitOfWork unitOfWork, TimeProvider time) : IStartupTask
{
    private static readonly IReadOnlyList<DemoCommander> Commanders =
    [
        new("luojianming", "500101197904123014", "hazchem", "危险化学品", "江州化工园区", 29.621, 106.602, true),
        new("tanli", "50010119820927515X", "hazchem", "危险化学品", "江州港区", 29.702, 106.655, true),
        new("fangzhiyuan", "500224198606162247", "coal-mine", "煤矿", "江州矿区", 29.455, 106.311, true),
        new("qiulan", "500101197508191031", "gas", "城镇燃气", "江州城区", 29.566, 106.551, false),
    ];

    /// <inheritdoc />
    public int Order => 310;

    /// <inheritdoc />
    public Task RunAsync(CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(scope => FillAsync(scope.Db, cancellationToken), cancellationToken);

    private async Task FillAsync(ApprovalsDbContext db, CancellationToken cancellationToken)
    {
        var version = await db.Definitions.Where(row => row.DefinitionId == "commander-appointment" && row.IsPublished)
            .Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        if (version is null || await db.AllowanceRateTables.AnyAsync(cancellationToken))
        {
            return;
        }

        AddRates(db);
        var section = await db.OrgUnits.Where(unit => unit.Code == "rescue").Select(unit => unit.Id).SingleAsync(cancellationToken);
        var year = time.Today().Year - 1;
        foreach (var (one, number) in Commanders.Select((one, index) => (one, index + 1)))
        {
            var found = await (
                    from account in db.Users
                    join person in db.People on account.PersonId equals person.Id
                    join post in db.Positions on person.Id equals post.PersonId
                    join unit in db.OrgUnits on post.OrgUnitId equals unit.Id
                    where account.UserName == one.UserName
                    select new { person.Id, person.Name, post.Title, UnitId = unit.Id, UnitName = unit.Name })
                .SingleAsync(cancellationToken);
            var origin = Origin(found.Id, found.Name, found.UnitId, section, version, year, number);
            var commander = new Commander
            {
                CaseId = origin.Id,
                PersonId = found.Id,
                Name = found.Name,
                IdentityNumber = one.IdentityNumber,
                BirthDate = DateOnly.ParseExact(one.IdentityNumber[6..14], "yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture),
                Gender = (one.IdentityNumber[16] - '0') % 2 == 1 ? "男" : "女",
                UnitName = found.UnitName,
                Post = found.Title,
                Specialty = one.Specialty,
                SpecialtyName = one.SpecialtyName,
                CertificateNumber = $"江应急聘〔{year}〕第{number:0000}号",
                TermStart = new DateOnly(year, 3, 1),
                TermEnd = new DateOnly(year + 5, 3, 1).AddDays(-1),
                BasePlace = one.Place,
                Latitude = one.Latitude,
                Longitude = one.Longitude,
            };
            db.Cases.Add(origin);
            db.Commanders.Add(commander);
            if (one.IsInsured)
            {
                var policy = Policy(origin.Id, commander.Id, number);
                db.InsurancePolicies.Add(policy);
                if (number == 1)
                {
                    await AddClaimAsync(db, policy, cancellationToken);
                }
            }
        }
    }

    /// <summary>A claim that waits for the insurer, recorded by the insurance officer.</summary>
    private async Task AddClaimAsync(ApprovalsDbContext db, InsurancePolicy policy, CancellationToken cancellationToken)
    {
        var officer = await db.RoleAssignments.Where(row => row.Role == Roles.InsuranceOfficer).Select(row => row.PersonId)
            .FirstAsync(cancellationToken);
        var year = time.Today().Year;
        db.NumberSeries.Add(new NumberSeries { Key = $"insurance-claim:{year}", Last = 1 });
        db.InsuranceClaims.Add(new InsuranceClaim
        {
            Number = $"BXLP-{year}-0001",
            PolicyId = policy.Id,
            CommanderId = policy.CommanderId,
            AccidentOn = time.Today().AddDays(-20),
            Injury = "现场勘查时滑倒，右手腕挫伤，门诊治疗两次（示例）。",
            ClaimedSum = 1_286.40m,
            RecordedById = officer,
            RecordedAt = time.GetUtcNow(),
        });
    }

    private InsurancePolicy Policy(Guid caseId, Guid commanderId, int number) => new()
    {
        CaseId = caseId,
        CommanderId = commanderId,
        Insurer = "江州财产保险股份有限公司",
        PolicyNumber = $"PJZ{time.Today().Year}{number:00000}",
        SumInsured = 1_000_000,
        ValidFrom = time.Today().AddMonths(-6),
        ValidUntil = time.Today().AddMonths(6),
    };

    private Case Origin(Guid personId, string name, Guid unitId, Guid sectionId, string version, int year, int number)
    {
        var then = ChinaTime.Instant(new DateOnly(year, 3, 1), new TimeOnly(9, 0));
        return new Case
        {
            Number = $"JZPR-{year}-{number:0000}",
            ProcessKey = "commander-appointment",
            ProcessName = "技术指挥官聘任",
            DefinitionVersionId = version,
            SubjectName = name,
            StarterId = personId,
            ApplicantId = personId,
            UnitId = unitId,
            OwnerSectionId = sectionId,
            Status = CaseStatus.Completed,
            Outcome = "系统启用前聘任，历史数据导入",
            Data = new JsonObject { ["name"] = name }.ToJsonString(),
            CreatedAt = then,
            UpdatedAt = then,
            SubmittedAt = then,
            ClosedAt = then,
        };
    }

    private void AddRates(ApprovalsDbContext db)
    {
        var table = new AllowanceRateTable
        {
            Version = 1, Reason = "江州市应急管理局关于现场工作补助标准的通知（示例）", SetByName = "演示数据", SetAt = time.GetUtcNow(),
        };
        db.AllowanceRateTables.Add(table);
        var start = new DateOnly(time.Today().Year, 1, 1);
        foreach (var (level, daily) in new[]
        {
            (EventLevel.Ordinary, 200m), (EventLevel.Larger, 300m), (EventLevel.Serious, 400m), (EventLevel.Extraordinary, 500m),
        })
        {
            foreach (var (region, more) in new[] { ("urban", 0m), ("county", 50m), ("remote", 100m), ("outside", 150m) })
            {
                db.AllowanceRates.Add(new AllowanceRate
                {
                    TableId = table.Id, Level = level, Region = region, From = start, Daily = daily + more,
                });
            }
        }
    }
}
