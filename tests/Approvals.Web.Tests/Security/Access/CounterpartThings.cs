using Approvals.Core.Certificates;
using Approvals.Core.Inbox;
using Approvals.Core.Insurance;
using Approvals.Core.Missions;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>
/// The counterpart of each thing that is somebody's own: draft, notification, session and substitution of <c>hezhe</c>, absence
/// and claim of <c>tanli</c>; and what some acts need: somebody asked in beside the two vetters, a certificate of
/// <c>luojianming</c>.
/// </summary>
internal static class CounterpartThings
{
    /// <summary>Makes them.</summary>
    public static async Task MakeAsync(Desk desk, Things things)
    {
        var draft = await Applications.DraftAsync(await desk.AsAsync("hezhe"));
        things["draft", Things.Another] = Guid.Parse(draft.Address["/cases/".Length..][..36]);
        var now = desk.App.Clock.GetUtcNow();
        await desk.App.DatabaseAsync(async db =>
        {
            var other = await db.Users.SingleAsync(row => row.UserName == "hezhe");
            var substitute = await db.Users.SingleAsync(row => row.UserName == "sunlimei");
            var notification = new Notification { PersonId = other.PersonId, Text = "申请已退回", Link = "/inbox", At = now };
            var substitution = new Substitution
            {
                PrincipalId = other.PersonId, SubstituteId = substitute.PersonId,
                From = new DateOnly(2026, 11, 20), Until = new DateOnly(2026, 12, 20),
            };
            var commander = await db.Commanders.SingleAsync(row => row.Name == "谭力");
            var absence = new CommanderAbsence
            {
                CommanderId = commander.Id, From = new DateOnly(2026, 12, 1), Reason = "外出",
                SetById = other.PersonId, SetByName = "谭力", SetAt = now,
            };
            var first = await db.InsuranceClaims.AsNoTracking().SingleAsync();
            var claim = new InsuranceClaim
            {
                Number = first.Number + "b", Injury = "扭伤", AccidentOn = first.AccidentOn, ClaimedSum = 500,
                CommanderId = commander.Id,
                PolicyId = (await db.InsurancePolicies.FirstAsync(row => row.CommanderId == commander.Id)).Id,
                RecordedById = first.RecordedById, RecordedAt = now,
            };
            var stored = await db.Files.FirstAsync();
            var file = new InsuranceClaimFile { ClaimId = claim.Id, FileId = stored.Id, FileName = "诊断书.png" };
            var id = Guid.Parse((string)things["commander"]);
            var appointed = await db.Commanders.SingleAsync(row => row.Id == id);
            var certificate = new Certificate
            {
                CaseId = appointed.CaseId, DocumentId = Guid.Parse((string)things["document"]),
                Kind = CertificateKind.Appointment,
                Number = "walk commander", Subject = "聘任", CheckCode = CheckCode.New(), HolderName = appointed.Name,
                ValidFrom = new DateOnly(2026, 3, 1),
            };
            db.AddRange(notification, substitution, absence, claim, file, certificate);
            await db.SaveChangesAsync();
            (things["notification", Things.Another], things["substitution", Things.Another]) = (notification.Id, substitution.Id);
            (things["absence", Things.Another], things["certificate"]) = (absence.Id, certificate.Id);
            (things["claim", Things.Another], things["claim file", Things.Another]) = (claim.Id, file.Id);
            things["sign-in", Things.Another] =
                (await db.Sessions.Where(row => row.AccountId == other.Id).OrderBy(row => row.Id).FirstAsync()).Id;
            var line = Guid.Parse((string)things["entitlement"]);
            if (PayoutJson.BasisOf(await db.Entitlements.SingleAsync(row => row.Id == line)) is [var basis, ..])
                things["basis"] = basis.Id;
            return true;
        });
        await AskInAsync(desk, things, null);
        await AskInAsync(desk, things, Things.Another);
    }

    /// <summary>Somebody who is to sign after the vetter, and whose turn has not come.</summary>
    private static Task AskInAsync(Desk desk, Things things, string? whose) => desk.App.DatabaseAsync(async db =>
    {
        var id = Guid.Parse((string)things["task", whose]);
        var task = await db.Tasks.AsNoTracking().SingleAsync(one => one.Id == id);
        var asked = new InboxTask
        {
            StepRunId = task.StepRunId, CaseId = task.CaseId, State = TaskState.Queued, SubjectName = task.SubjectName,
            AssigneeId = (await db.Users.SingleAsync(row => row.UserName == "yangfan")).PersonId,
            CaseNumber = task.CaseNumber, ProcessKey = task.ProcessKey, ProcessName = task.ProcessName, StepName = task.StepName,
            FromName = task.FromName, ArrivedAt = task.ArrivedAt, SortDue = task.SortDue,
            AddedForTaskId = task.Id, AddedById = task.AssigneeId, AddedPlace = AddedPlace.After,
        };
        db.Tasks.Add(asked);
        await db.SaveChangesAsync();
        things["added", whose] = asked.Id;
        return true;
    });
}
