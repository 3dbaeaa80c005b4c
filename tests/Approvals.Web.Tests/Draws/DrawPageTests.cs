using System.Net;
using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Draws;
using Approvals.Core.Processes;
using Approvals.Core.Timers;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Draws;

/// <summary>The page of a draw: who may see it, what it shows, and the refusal that is recorded there.</summary>
public sealed class DrawPageTests : IAsyncLifetime
{
    private readonly TestApp app = new() { RunsJobs = false };
    private Guid caseId;
    private Guid drawId;

    public async ValueTask InitializeAsync()
    {
        caseId = await DrawScene.StartAsync(app);
        drawId = await app.DatabaseAsync(db => db.DrawRequests.Select(one => one.Id).SingleAsync(TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Whoever_may_read_the_case_sees_the_draw_with_its_replay_and_nobody_else_does()
    {
        using var head = await app.SignedInAsync("wangqiang");
        var page = await head.GetAsync($"/draws/{drawId}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("CQ-2026-0001", page.Text, StringComparison.Ordinal);
        Assert.Equal(6, Count(page.Text, ">相符<"));
        Assert.Contains("任期已届满", WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        Assert.Contains($"/draws/{drawId}", (await head.GetAsync($"/cases/{caseId}")).Text, StringComparison.Ordinal);

        EnglishPages.Switch(head);
        var english = WebUtility.HtmlDecode((await head.GetAsync($"/draws/{drawId}")).Text);
        Assert.Contains("The term has ended", english, StringComparison.Ordinal);
        Assert.Contains("Register of technical commanders", english, StringComparison.Ordinal);

        using var outsider = await app.SignedInAsync("caoyu");
        Assert.Equal(HttpStatusCode.Forbidden, (await outsider.GetAsync($"/draws/{drawId}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await outsider.GetAsync($"/draws/{drawId}?handler=Record")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await head.GetAsync($"/draws/{Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task The_downloaded_record_replays_to_the_same_result()
    {
        using var head = await app.SignedInAsync("wangqiang");
        var record = await head.GetAsync($"/draws/{drawId}?handler=Record");
        var sheet = DrawSheet.Read(record.Text);
        var again = Draw.Run(
            Convert.FromHexString(sheet.Seed),
            sheet.Subjects.Where(one => one.Excluded is null).Select(one => new DrawCandidate(one.Id, one.Weight)).Reverse(), sheet.Count);
        Assert.Equal(sheet.Picks, again);
        var stored = await app.DatabaseAsync(db => db.DrawRecords.Select(one => one.Hash).SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(stored, DefinitionHash.Of(record.Text));
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_keeps_what_was_typed_and_is_recorded_once()
    {
        using var head = await app.SignedInAsync("wangqiang");
        var page = await head.GetAsync($"/draws/{drawId}");
        var refused = await head.PostAsync(page.Form("name=\"candidate\"").Set("reason", "  "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("请填写拒绝的原因。", WebUtility.HtmlDecode(refused.Text), StringComparison.Ordinal);

        var done = await head.PostAsync(page.Form("name=\"candidate\"").Set("reason", "出差在外"));
        Assert.Equal($"/draws/{drawId}", done.Location);
        Assert.Contains("出差在外", WebUtility.HtmlDecode((await head.GetAsync($"/draws/{drawId}")).Text), StringComparison.Ordinal);
        var twice = await head.PostAsync(page.Form("name=\"candidate\"").Set("reason", "再说一次"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.Status);

        using var applicant = await app.SignedInAsync("liuzhiqiang");
        var read = await applicant.GetAsync($"/draws/{drawId}");
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.DoesNotContain("name=\"candidate\"", read.Text, StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}

/// <summary>A process that draws two commanders, and a case that has come to its draw.</summary>
internal static class DrawScene
{
    public static async Task<Guid> StartAsync(TestApp app)
    {
        var started = await app.ServiceAsync<IServiceProvider, Guid>(services => services.GetRequiredService<UnitOfWork>().RunAsync(
            async unit =>
            {
                await StoreAsync(unit.Db, app);
                return await CaseAsync(services, unit.Db, app);
            },
            TestContext.Current.CancellationToken));
        await app.ServiceAsync<TimerSweep, int>(sweep => sweep.RunDueAsync(TestContext.Current.CancellationToken));
        return started;
    }

    private static async Task StoreAsync(ApprovalsDbContext db, TestApp app)
    {
        var files = await db.Definitions.Where(row => row.DefinitionId == "commander-appointment" && row.IsPublished).Select(row => row.Files)
            .SingleAsync(TestContext.Current.CancellationToken);
        var json = new JsonObject
        {
            ["id"] = "drawing-v1", ["definitionId"] = "drawing", ["name"] = "抽取演练", ["version"] = 1,
            ["customProperties"] = new JsonObject { ["approvals"] = new JsonObject { ["startForm"] = "application" } },
            ["root"] = new JsonObject
            {
                ["id"] = "Flowchart1", ["type"] = "Elsa.Flowchart", ["version"] = 1,
                ["activities"] = new JsonArray(
                    Activity("draw", "Approvals.Draw", ("count", "2"), ("scope", "all")), Activity("wait", "Approvals.WaitWorkingDays", ("days", "5"))),
                ["connections"] = new JsonArray(new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = "draw", ["port"] = "已抽出" }, ["target"] = new JsonObject { ["activity"] = "wait" },
                }),
            },
        }.ToJsonString();
        db.Definitions.Add(new DefinitionVersion
        {
            Id = "drawing-v1", DefinitionId = "drawing", Name = "抽取演练", Version = 1, IsLatest = true, IsPublished = true, Json = json,
            Files = files, Hash = DefinitionHash.Of(json, files), CreatedAt = app.Clock.GetUtcNow(),
        });
        for (var i = 0; i < 5; i++)
        {
            var appointment = NewCase($"指挥官{i}", Guid.NewGuid(), null, app);
            db.Cases.Add(appointment);
            db.Commanders.Add(new Commander
            {
                CaseId = appointment.Id, Name = $"指挥官{i}", IdentityNumber = $"11010119800101000{i}", Gender = "男", UnitName = $"救援{i}队",
                Specialty = "hazchem", SpecialtyName = "危险化学品", CertificateNumber = $"证{i}", BirthDate = new DateOnly(1980, 1, 1),
                TermStart = new DateOnly(2020, 1, 1), TermEnd = i == 0 ? new DateOnly(2025, 12, 31) : new DateOnly(2030, 12, 31),
                Status = CommanderStatus.Appointed,
            });
        }
    }

    private static async Task<Guid> CaseAsync(IServiceProvider services, ApprovalsDbContext db, TestApp app)
    {
        var applicant = await db.Users.Where(user => user.UserName == "liuzhiqiang").Select(user => user.PersonId).SingleAsync(TestContext.Current.CancellationToken);
        var section = await db.OrgUnits.Where(unit => unit.Code == "rescue").Select(unit => unit.Id).SingleAsync(TestContext.Current.CancellationToken);
        var row = NewCase("抽取指挥官", applicant, section, app);
        row.Number = "YL-2026-0001";
        row.Status = CaseStatus.Running;
        db.Cases.Add(row);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        row.InstanceId = (await services.GetRequiredService<WorkflowHost>()
            .StartAsync("drawing", row.Id, null, TestContext.Current.CancellationToken)).Id;
        return row.Id;
    }

    private static Case NewCase(string subject, Guid applicant, Guid? section, TestApp app) => new()
    {
        ProcessKey = "drawing", ProcessName = "抽取演练", DefinitionVersionId = "drawing-v1", SubjectName = subject, Data = "{}",
        Status = CaseStatus.Completed, ApplicantId = applicant, StarterId = applicant, OwnerSectionId = section,
        CreatedAt = app.Clock.GetUtcNow(), UpdatedAt = app.Clock.GetUtcNow(),
    };

    private static JsonObject Activity(string id, string type, params (string Name, string Value)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1, ["name"] = id };
        foreach (var (name, value) in inputs)
            activity[name] = new JsonObject { ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };
        return activity;
    }
}
