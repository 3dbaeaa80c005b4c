using Approvals.Core.Api;
using Approvals.Core.DryRuns;
using Approvals.Core.Inbox;
using Approvals.Core.Missions;
using Approvals.Core.Notifications;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Processes;
using Approvals.Core.Timers;
using Approvals.Core.Training;
using Approvals.Web.Tests.Finance;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>
/// What belongs to one person of the office — a notification, a session and a substitution of <c>liuzhiqiang</c>, an absence of
/// <c>luojianming</c> — and what a role looks after: a packet with its lines and bank file, a session of training, an incident, a timer …
/// </summary>
internal static class OfficeThings
{
    /// <summary>Makes the packet of the allowance: account, lines, the bank's answer.</summary>
    public static async Task MakeMoneyAsync(Desk desk, Things things)
    {
        var (cashier, head) = (await desk.AsAsync("mengqiu"), await desk.AsAsync("jinmingzhu"));
        var granted = await desk.App.DatabaseAsync(db => db.Entitlements.AsNoTracking().OrderBy(row => row.Number).FirstAsync());
        things["payee"] = granted.PayeeId;
        var address = $"/finance/accounts/{things["payee"]}";
        await cashier.PostAsync((await cashier.GetAsync(address)).Form("name=\"bankName\"").Set("number", FinanceDesk.Cards[0]).Set("bankName", "江州银行"));
        await head.PostAsync((await head.GetAsync(address)).Form("name=\"account\""));
        var packet = (await cashier.PostAsync((await cashier.GetAsync($"/finance/new?programme={granted.Programme}")).Form("action=\"/finance/new?programme"))).Location!;
        await desk.RunDueAsync();
        await cashier.PostAsync((await cashier.GetAsync(packet)).Form("handler=Acknowledge"));
        things["packet"] = packet["/finance/packets/".Length..];
        var line = await desk.App.DatabaseAsync(db => db.PacketLines.AsNoTracking().SingleAsync(row => row.PayeeId == granted.PayeeId));
        things["line"] = line.Id;
        things["account"] = line.AccountId!;
        using var transfer = await cashier.Client.PostAsync(
            $"{packet}?handler=Transfer", new FormUrlEncodedContent((await cashier.GetAsync(packet)).Form("handler=Transfer").Values));
        var sent = CsvText.Read(BankEncoding.Decode(await transfer.Content.ReadAsByteArrayAsync())!)[1].Cells;
        var answer = BankEncoding.Encode($"明细编号,户名,账号,金额,处理结果,失败原因\r\n{sent[1]},{sent[2]},{sent[3]},{line.Amount:0.00},成功,\r\n", "GB18030");
        var result = await cashier.PostAsync((await cashier.GetAsync(packet)).Form("handler=Result"), "result", "回盘.csv", answer);
        things["result"] = result.Location!["/finance/results/".Length..];
    }

    /// <summary>Makes the rest.</summary>
    public static async Task MakeAsync(Desk desk, Things things)
    {
        var now = desk.App.Clock.GetUtcNow();
        await desk.App.SignedInAsync("liuzhiqiang");
        await desk.App.DatabaseAsync(async db =>
        {
            var self = await db.Users.SingleAsync(row => row.UserName == "liuzhiqiang");
            var other = await db.Users.SingleAsync(row => row.UserName == "sunlimei");
            var instance = Guid.Parse((string)things["instance"]);
            var notification = new Notification { PersonId = self.PersonId, Text = "申请已退回", Link = "/inbox", At = now };
            var substitution = new Substitution
            {
                PrincipalId = self.PersonId, SubstituteId = other.PersonId, From = new DateOnly(2026, 11, 20), Until = new DateOnly(2026, 12, 20),
            };
            var commander = Guid.Parse((string)things["commander"]);
            var absence = new CommanderAbsence
            {
                CommanderId = commander, From = new DateOnly(2026, 12, 1), Reason = "外出", SetById = self.PersonId, SetByName = "罗建明", SetAt = now,
            };
            var session = new TrainingSession { Title = "第一期", HeldOn = new DateOnly(2026, 12, 10), Place = "江州", Capacity = 20 };
            var caseId = Guid.Parse((string)things["case"]);
            var enrolment = new TrainingEnrolment
            {
                CaseId = caseId, InstanceId = instance, BookmarkId = Guid.NewGuid(), CandidateName = "刘志强", Sitting = 1, MaxSittings = 2, PassMark = 60,
                SessionId = session.Id, Status = TrainingStatus.Enrolled,
            };
            var tanli = await db.Commanders.SingleAsync(row => row.Name == "谭力");
            var payee = new Payee { Kind = PayeeKind.Person, Name = tanli.Name, IdentityNumber = tanli.IdentityNumber, PersonId = tanli.PersonId };
            var incident = new WorkflowIncidentRow
            {
                Id = Guid.CreateVersion7(), InstanceId = instance, ActivityId = "check", NodeId = "check", Message = "没有找到参数", At = now,
            };
            var message = new OutboxMessage { Key = "walk", Kind = "mail", Payload = "{}", CreatedAt = now, DueAt = now.AddDays(9) };
            var timer = new TimerRow { Key = "walk", Kind = "walk", Payload = "{}", DueAt = now.AddDays(9) };
            var token = new ApiToken { PersonId = other.PersonId, Name = "档案系统", TokenHash = "walk", CreatedAt = now, ExpiresAt = now.AddDays(30) };
            db.AddRange(payee, notification, substitution, absence, session, enrolment, incident, message, timer, token);
            await db.SaveChangesAsync();
            (things["notification"], things["substitution"], things["absence"]) = (notification.Id, substitution.Id, absence.Id);
            (things["session"], things["enrolment"]) = (session.Id, enrolment.Id);
            (things["incident"], things["message"], things["timer"], things["token"]) = (incident.Id, message.Id, timer.Id, token.Id);
            things["sign-in"] = (await db.Sessions.Where(row => row.AccountId == self.Id).OrderBy(row => row.Id).FirstAsync()).Id;
            things["person"] = other.PersonId;
            things["person", Things.Systems] = (await db.Users.SingleAsync(row => row.UserName == "xitong")).PersonId;
            things["person", Things.Securitys] = (await db.Users.SingleAsync(row => row.UserName == "anquan")).PersonId;
            things["post"] = (await db.Positions.FirstAsync(row => row.PersonId == other.PersonId)).Id;
            things["unit"] = (await db.OrgUnits.FirstAsync(row => row.Code == "jz-gas")).Id;
            things["step"] = (await db.StepRuns.FirstAsync(row => row.CaseId == caseId)).Id;
            things["version"] = (await db.Definitions.FirstAsync(row => row.DefinitionId == "commander-appointment")).Id;
            return true;
        });
        var shelf = desk.App.Services.GetRequiredService<DryRunShelf>();
        var owner = await desk.App.DatabaseAsync(db => db.Users.Where(row => row.UserName == "shenhong").Select(row => row.PersonId).SingleAsync());
        things["run"] = (await shelf.AddAsync("commander-appointment", (string)things["version"], owner, new DryRunAnswers(), default)).Id;
    }
}
