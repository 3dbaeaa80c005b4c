using System.Globalization;
using System.Net;
using Approvals.Web.Api;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Api;

public sealed class IdempotencyTests(ApiApp api) : IClassFixture<ApiApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IdempotencyStore Store => api.App.Services.GetRequiredService<IdempotencyStore>();

    [Fact]
    public async Task The_same_key_and_request_are_answered_alike_and_done_once()
    {
        using var applicant = await api.AsAsync("sunlimei");

        var first = await applicant.PostAsync("/cases", new { process = ApiApp.Process }, key: "a-1");
        var again = await applicant.PostAsync("/cases", new { process = ApiApp.Process }, key: "a-1");

        Assert.Equal((HttpStatusCode.Created, first.Id), (again.Status, again.Id));
        Assert.Equal(first.Message.Headers.Location, again.Message.Headers.Location);
        Assert.Equal("true", again.Message.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Single((await applicant.GetAsync("/cases")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused()
    {
        using var applicant = await api.AsAsync("guojianjun");
        using var other = await api.AsAsync("tangrong");
        await applicant.PostAsync("/cases", new { process = ApiApp.Process }, key: "b-1");

        var body = await applicant.PostAsync("/cases", new { process = ApiApp.Process, fields = new { post = "x" } }, key: "b-1");
        var person = await other.PostAsync("/cases", new { process = ApiApp.Process }, key: "b-1");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:approvals:idempotency-mismatch"), (body.Status, body["type"]));
        Assert.Equal(HttpStatusCode.Created, person.Status);
    }

    [Fact]
    public async Task A_refusal_frees_the_key_for_the_corrected_request()
    {
        using var applicant = await api.AsAsync("hezhe");

        var refused = await applicant.PostAsync("/cases", new { process = "wrong" }, key: "c-1");
        var corrected = await applicant.PostAsync("/cases", new { process = ApiApp.Process }, key: "c-1");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Created), (refused.Status, corrected.Status));
    }

    [Fact]
    public async Task A_file_sent_again_is_taken_once_though_its_boundary_differs()
    {
        var id = await api.DraftAsync();
        using var applicant = await api.AsAsync("liuzhiqiang");
        var address = $"/cases/{id}/attachments/otherFiles";

        var first = await applicant.UploadAsync(address, "x.png", Applications.Picture(), key: "d-1");
        var again = await applicant.UploadAsync(address, "x.png", Applications.Picture(), key: "d-1");

        Assert.Equal(first.Id, again.Id);
        Assert.Equal(1, await api.App.DatabaseAsync(db => db.Attachments.CountAsync(one => one.CaseId == id && one.FieldKey == "otherFiles", Stop)));
    }

    [Fact]
    public async Task A_decision_repeated_with_its_key_gets_its_answer_instead_of_409()
    {
        var (_, task) = await api.SubmittedAsync();
        using var representative = await api.AsAsync("chenguihua");
        var decision = ApiApp.Return((await representative.GetAsync($"/tasks/{task}"))["shownHash"]!);

        var first = await representative.PostAsync($"/tasks/{task}/decision", decision, key: "e-1");
        var again = await representative.PostAsync($"/tasks/{task}/decision", decision, key: "e-1");

        Assert.Equal((HttpStatusCode.OK, first["decisionId"]), (again.Status, again["decisionId"]));
    }

    [Fact]
    public async Task Of_racing_requests_with_one_key_one_gets_it()
    {
        var person = Guid.CreateVersion7();

        // Asked for before the race: it is the product's start, which the test's factory does not guard against two at once.
        var store = Store;
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => store.ReserveAsync(person, "race", "hash", Stop), Stop)));

        Assert.Single(all.OfType<Reservation.Mine>());
        Assert.Equal(19, all.OfType<Reservation.InProgress>().Count());
    }

    [Fact]
    public async Task A_key_whose_work_died_is_free_after_ten_minutes()
    {
        var person = Guid.CreateVersion7();
        await Store.ReserveAsync(person, "dead", "hash", Stop);

        api.App.Clock.Advance(TimeSpan.FromMinutes(9));
        var early = await Store.ReserveAsync(person, "dead", "hash", Stop);
        api.App.Clock.Advance(TimeSpan.FromMinutes(2));
        var late = await Store.ReserveAsync(person, "dead", "hash", Stop);

        Assert.IsType<Reservation.InProgress>(early);
        Assert.IsType<Reservation.Mine>(late);
    }

    [Fact]
    public async Task A_case_that_was_made_before_the_process_died_is_the_answer_to_the_repetition()
    {
        using var applicant = await api.AsAsync("tangrong");
        var before = (await applicant.GetAsync("/cases")).Body!["items"]!.AsArray().Count;

        var died = await WithoutAnAnswerAsync("case.", () => applicant.PostAsync("/cases", new { process = ApiApp.Process }, key: "g-1"));
        var again = await applicant.PostAsync("/cases", new { process = ApiApp.Process }, key: "g-1");

        Assert.Equal(HttpStatusCode.InternalServerError, died.Status);
        Assert.Equal((HttpStatusCode.Created, "draft"), (again.Status, again["status"]));
        Assert.EndsWith($"/cases/{again.Id}", again.Message.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(before + 1, (await applicant.GetAsync("/cases")).Body!["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_comment_written_before_the_process_died_is_not_written_again()
    {
        var (id, _) = await api.SubmittedAsync();
        using var applicant = await api.AsAsync("liuzhiqiang");
        var address = $"/cases/{id}/comments";

        var died = await WithoutAnAnswerAsync("case.commented", () => applicant.PostAsync(address, new { text = "请问进度" }, key: "h-1"));
        var again = await applicant.PostAsync(address, new { text = "请问进度" }, key: "h-1");

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.NoContent), (died.Status, again.Status));
        Assert.Single((await applicant.GetAsync(address)).Body!.AsArray());
    }

    [Fact]
    public async Task A_file_taken_before_the_process_died_is_not_taken_again()
    {
        var id = await api.DraftAsync();
        using var applicant = await api.AsAsync("liuzhiqiang");
        var address = $"/cases/{id}/attachments/otherFiles";

        var died = await WithoutAnAnswerAsync("case.file-added", () => applicant.UploadAsync(address, "y.png", Applications.Picture(), key: "i-1"));
        var again = await applicant.UploadAsync(address, "y.png", Applications.Picture(), key: "i-1");

        var file = await api.App.DatabaseAsync(db => db.Attachments.SingleAsync(one => one.CaseId == id && one.FieldKey == "otherFiles", Stop));
        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.Created, file.Id), (died.Status, again.Status, again.Id));
        Assert.EndsWith($"/{file.Id}", again.Message.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused()
    {
        using var applicant = await api.AsAsync("hezhe");

        var answer = await applicant.PostAsync("/cases", new { process = ApiApp.Process }, key: new string('k', 101));

        Assert.Equal((HttpStatusCode.BadRequest, "urn:approvals:idempotency-key"), (answer.Status, answer["type"]));
    }

    [Fact]
    public async Task No_password_reaches_the_record()
    {
        var (_, task) = await api.SubmittedAsync();
        using var representative = await api.AsAsync("chenguihua");
        var hash = (await representative.GetAsync($"/tasks/{task}"))["shownHash"]!;
        await representative.PostAsync($"/tasks/{task}/decision", ApiApp.Return(hash), key: "f-1");

        var otherSecret = await representative.PostAsync($"/tasks/{task}/decision", ApiApp.Return(hash, secret: "something else"), key: "f-1");

        Assert.Equal("true", otherSecret.Message.Headers.GetValues("Idempotency-Replayed").Single());
    }

    /// <summary>
    /// As if the process died after the commit and before its answer was kept: from then on, which the audit entry tells, no answer can
    /// be written. Afterwards the key is no longer held.
    /// </summary>
    private async Task<ApiAnswer> WithoutAnAnswerAsync(string audited, Func<Task<ApiAnswer>> act)
    {
        var kind = audited + "%";
        var before = await api.App.DatabaseAsync(db => db.AuditEntries.CountAsync(one => EF.Functions.Like(one.Action, kind), Stop));
        var trigger = string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TRIGGER dies BEFORE UPDATE ON IdempotencyRecords
            WHEN (SELECT COUNT(*) FROM AuditEntries WHERE Action LIKE '{kind}') > {before}
            BEGIN SELECT RAISE(ABORT, 'died'); END
            """);
        await api.App.DatabaseAsync(db => db.Database.ExecuteSqlRawAsync(trigger, Stop));
        try
        {
            return await act();
        }
        finally
        {
            await api.App.DatabaseAsync(db => db.Database.ExecuteSqlRawAsync("DROP TRIGGER dies", Stop));
            api.App.Clock.Advance(IdempotencyStore.HeldFor + TimeSpan.FromMinutes(1));
        }
    }
}
