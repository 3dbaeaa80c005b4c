using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Allowances;
using Approvals.Core.Inbox;
using Approvals.Core.Missions;
using Approvals.Core.Payouts;
using Approvals.Core.Payouts.Packets;
using Approvals.Documents.Images;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>
/// What costs money, over HTTP: events are opened, commanders appointed, sent and called back, their days claimed and approved, and what is
/// owed (to them, and to whomever the cases of <see cref="Bureau.Process"/> owe a fee) goes into packets that finance receives and pays. One
/// look at the records says what is next, so that an answer that a killed process never gave leads neither to a halt nor to a repetition.
/// </summary>
internal sealed class RescueTraffic(Bureau bureau, bool begins, Action<string> isAtFault, CancellationToken stop) : IDisposable
{
    /// <summary>Whoever decides something here by the API.</summary>
    public static readonly string[] Deciders =
        ["zhouzhengguo", "luojianming", "tanli", "fangzhiyuan", "wangqiang", "jinmingzhu", "wuhaifeng"];

    private static readonly string[] Processes = ["commander-mission", "allowance"];
    private static readonly string[] Cards =
        ["6222020000000000018", "6222020000000000026", "6222020000000000034", "6222020000000000042"];

    /// <summary>So many make a packet.</summary>
    private const int Fees = 5;

    private static readonly byte[] Drawn = SamplePictures.Signature("签名");

    private readonly Dictionary<string, Visitor> visitors = [];
    private readonly HashSet<Guid> claimed = [];
    private int opened;

    /// <summary>Whether something of a database that is gone lies behind it; other faults are the product's or the test's.</summary>
    public static bool IsOfTheDatabase(Exception? fault) =>
        fault is DbException or TimeoutException or IOException || (fault is not null && IsOfTheDatabase(fault.InnerException));

    /// <summary>Does the next thing there is to do.</summary>
    public async Task GoOnAsync(Uri address)
    {
        if (!(await DecideAsync(address) || await AccountsAsync(address) || await PayAsync(address) || await BuildAsync(address)
            || (begins && (await ClaimAsync(address) || await SendAsync(address)))))
            await Poll.PassAsync(100);
    }

    public void Dispose()
    {
        foreach (var visitor in visitors.Values)
            visitor.Dispose();
    }

    /// <summary>Decides one task of a mission or a claim as its assignee.</summary>
    private async Task<bool> DecideAsync(Uri address)
    {
        var task = await bureau.DatabaseAsync(db => (
                from row in db.Tasks.AsNoTracking()
                join of in db.Cases on row.CaseId equals of.Id
                join account in db.Users on row.AssigneeId equals account.PersonId
                join step in db.StepRuns on row.StepRunId equals step.Id
                where row.State == TaskState.Open && Processes.Contains(of.ProcessKey) && Deciders.Contains(account.UserName)
                orderby row.Id
                select new { row.Id, account.UserName, step.ActivityId })
            .FirstOrDefaultAsync(stop));
        if (task is null)
            return false;
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bureau.Tokens[task.UserName!]);
        using var shown = await client.GetAsync($"/api/v1/tasks/{task.Id}", stop);
        if (await TextAsync(shown) is not { } text || JsonNode.Parse(text) is not { } view || (string?)view["shownHash"] is not { Length: > 0 } hash)
            return false;
        var isFilledIn = view["kinds"]!.AsArray().Any(kind => (string?)kind == "submit");
        var body = new JsonObject
        {
            ["kind"] = isFilledIn ? "submit" : "approve", ["opinion"] = "同意", ["shownHash"] = hash, ["fields"] = FieldsOf(task.ActivityId),
        };
        if ((bool)view["requiresSignature"]!)
            (body["signature"], body["secret"]) = (Signature(task.UserName!), Visitor.Password);
        using var answer = await client.PostAsJsonAsync($"/api/v1/tasks/{task.Id}/decision", body, stop);
        return await TextAsync(answer) is not null || Unexpected(answer, await answer.Content.ReadAsStringAsync(stop));
    }

    private static JsonObject FieldsOf(string step) => step switch
    {
        "terminate" => new JsonObject { ["terminationReason"] = "over" },
        "report" => new JsonObject { ["reportText"] = "到场后组织侦检，制定并实施带压堵漏方案，泄漏点封堵完成，监测合格。" },
        "evaluate" => new JsonObject { ["evaluationGrade"] = "qualified", ["evaluationText"] = "处置科学、指挥有力。" },
        _ => [],
    };

    private static JsonObject Signature(string userName) => userName is "zhouzhengguo" or "wangqiang" or "wuhaifeng"
        ? new JsonObject { ["method"] = "stored" }
        : new JsonObject { ["method"] = "drawn", ["drawing"] = Convert.ToBase64String(Drawn) };

    /// <summary>Opens an event, or appoints a commander of its roster.</summary>
    private async Task<bool> SendAsync(Uri address)
    {
        var (isSomebodyOut, waiting) = await bureau.DatabaseAsync(async db => (
            await db.Missions.AnyAsync(row => row.Status == MissionStatus.Proposed || row.Status == MissionStatus.Appointed
                || row.Status == MissionStatus.Active, stop),
            await db.Events.Where(row => row.Status == EventStatus.Open && !db.Missions.Any(one => one.EventId == row.Id))
                .Select(row => (Guid?)row.Id).FirstOrDefaultAsync(stop)));
        if (isSomebodyOut)
            return false;
        if (waiting is not { } eventId)
        {
            var general = await bureau.DatabaseAsync(db => db.Users.Where(one => one.UserName == "zhouzhengguo").Select(one => one.PersonId).SingleAsync(stop));
            return await PostAsync(address, "zouping", "/events/new", "name=\"Input.Name\"", form => form
                .Set("Input.Name", "江州港区泄漏事故").Set("Input.Specialty", "hazchem").Set("Input.Level", "Larger").Set("Input.Region", "county")
                .Set("Input.Place", "江州港区三号泊位").Set("Input.GeneralCommanderId", general.ToString()));
        }

        var commanders = await bureau.DatabaseAsync(db => db.Commanders.Where(row => db.InsurancePolicies.Any(one => one.CommanderId == row.Id))
            .OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(stop));
        var commander = commanders[opened++ % commanders.Count];
        return await PostAsync(address, "zhouzhengguo", $"/events/{eventId}", $"value=\"{commander}\"", form => form);
    }

    /// <summary>Claims half a day for a mission that has ended: of three commanders six claims find a free half, the rest are refused.</summary>
    private async Task<bool> ClaimAsync(Uri address)
    {
        var ended = await bureau.DatabaseAsync(db => db.Missions.AsNoTracking()
            .Where(row => row.Status == MissionStatus.Ended || row.Status == MissionStatus.Evaluated).OrderBy(row => row.Id).ToListAsync(stop));
        if (ended.FirstOrDefault(row => !claimed.Contains(row.Id)) is not { } mission)
            return false;
        var day = $"d:{mission.Id}:{mission.FirstDay!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        await PostAsync(address, "huangting", $"/allowances/new/{mission.EventId}", "handler=Submit",
            form => form.Set(day, "Half").Set($"n:{mission.Id}", "半天").To($"/allowances/new/{mission.EventId}?handler=Submit"));
        return claimed.Add(mission.Id);
    }

    /// <summary>Enters an account for a payee that has none, or has the other one of finance verify it.</summary>
    private async Task<bool> AccountsAsync(Uri address)
    {
        var (payees, accounts) = await bureau.DatabaseAsync(async db => (
            await db.Payees.AsNoTracking().OrderBy(row => row.Id).Select(row => row.Id).ToListAsync(stop),
            await db.PayeeAccounts.AsNoTracking().Where(row => row.ReplacedAt == null).ToListAsync(stop)));
        if (payees.FirstOrDefault(id => accounts.All(one => one.PayeeId != id)) is var bare && bare != default)
        {
            return await PostAsync(address, "mengqiu", $"/finance/accounts/{bare}", "name=\"bankName\"",
                form => form.Set("number", Cards[payees.IndexOf(bare) % Cards.Length]).Set("bankName", "江州银行营业部"));
        }

        return accounts.FirstOrDefault(one => one.VerifiedAt is null) is { } entered
            && await PostAsync(address, "jinmingzhu", $"/finance/accounts/{entered.PayeeId}", "name=\"account\"", form => form);
    }

    /// <summary>Receives a packet whose files are there, then pays it: the transfer file first, so that lines stand at the bank.</summary>
    private async Task<bool> PayAsync(Uri address)
    {
        var packet = await bureau.DatabaseAsync(db => db.Packets.AsNoTracking().Where(row => row.Stage == PacketStage.Ready)
            .Where(row => row.AcknowledgedAt == null || db.PacketLines.Any(one => one.PacketId == row.Id && one.State == LineState.Pending))
            .OrderBy(row => row.Id).FirstOrDefaultAsync(stop));
        if (packet is null)
            return false;
        var page = $"/finance/packets/{packet.Id}";
        if (packet.AcknowledgedAt is null)
            return await PostAsync(address, "mengqiu", page, "handler=Acknowledge", form => form);
        return await PostAsync(address, "mengqiu", page, "handler=Transfer", form => form)
            && await PostAsync(address, "mengqiu", page, "handler=PayAll", form => form);
    }

    /// <summary>Builds a packet of the commanders' days, or of fees when there are some, unless one waits for its files or its payment.</summary>
    private async Task<bool> BuildAsync(Uri address)
    {
        var programme = await bureau.DatabaseAsync(async db =>
            await db.PacketLines.AnyAsync(row => row.State == LineState.Pending, stop) ? null
                : await db.Entitlements.Where(row => row.LineId == null).GroupBy(row => row.Programme)
                    .Where(group => group.Key == SubmitAllowance.Programme || group.Count() >= Fees).Select(group => group.Key).OrderBy(key => key)
                    .FirstOrDefaultAsync(stop));
        return programme is not null && await PostAsync(
            address, "mengqiu", $"/finance/new?programme={Uri.EscapeDataString(programme)}", "action=\"/finance/new?programme", form => form);
    }

    /// <summary>Opens a page, fills in a form of it and sends it.</summary>
    /// <returns>Whether it was taken.</returns>
    private async Task<bool> PostAsync(Uri address, string userName, string path, string marker, Func<HtmlForm, HtmlForm> fillIn)
    {
        if (!visitors.TryGetValue(userName, out var visitor))
            visitors[userName] = visitor = new Visitor(userName);
        using var browser = await visitor.BrowserAsync(address);
        var page = await browser.GetAsync(path);
        if (page.Status != HttpStatusCode.OK)
            return Unexpected(page.Message, page.Text);
        var answer = await browser.PostAsync(fillIn(page.Form(marker)));
        return answer.Status is HttpStatusCode.Redirect or HttpStatusCode.OK || Unexpected(answer.Message, answer.Text);
    }

    private async Task<string?> TextAsync(HttpResponseMessage answer) =>
        answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(stop) : null;

    private bool Unexpected(HttpResponseMessage answer, string text)
    {
        if ((int)answer.StatusCode >= 500)
            isAtFault($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri!.AbsolutePath}: {(int)answer.StatusCode} {text}");
        return false;
    }
}
