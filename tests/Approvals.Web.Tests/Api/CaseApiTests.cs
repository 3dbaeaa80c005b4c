using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Api;

public sealed class CaseApiTests(ApiApp api) : IClassFixture<ApiApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_case_is_drafted_completed_and_submitted_with_a_token()
    {
        using var applicant = await api.AsAsync("liuzhiqiang");

        var started = await applicant.PostAsync("/cases", new { process = ApiApp.Process, fields = new { post = "副队长" } });
        var id = started.Id;
        var saved = await applicant.SendAsync(HttpMethod.Put, $"/cases/{id}/draft", new { fields = ApiApp.Fields(), rowVersion = int.Parse(started["rowVersion"]!) });
        await applicant.UploadAsync($"/cases/{id}/attachments/photo", "p.png", Applications.Picture());
        var submitted = await applicant.PostAsync($"/cases/{id}/submit");
        var read = await applicant.GetAsync($"/cases/{id}");

        Assert.Equal((HttpStatusCode.Created, "draft"), (started.Status, started["status"]));
        Assert.Equal($"/api/v1/cases/{id}", started.Message.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.Equal(HttpStatusCode.OK, submitted.Status);
        Assert.Equal((submitted["number"], "running", "false"), (read["number"], read["status"], read["isMasked"]));
        Assert.Equal("单位推荐", read.Body!["steps"]![0]!["name"]!.ToString());
        Assert.Equal("陈桂花", read.Body["steps"]![0]!["people"]![0]!.ToString());
        Assert.Equal(ApiApp.IdentityNumber, read.Body["fields"]!["identityNumber"]!.ToString());
        Assert.NotEmpty(read.Body["history"]!.AsArray());
    }

    [Fact]
    public async Task Submitting_twice_gives_the_same_number()
    {
        var (id, _) = await api.SubmittedAsync("sunlimei");
        using var applicant = await api.AsAsync("sunlimei");

        var number = (await applicant.GetAsync($"/cases/{id}"))["number"];

        Assert.Equal(number, (await applicant.PostAsync($"/cases/{id}/submit"))["number"]);
    }

    [Fact]
    public async Task Messages_of_fields_are_English_for_who_asks_for_it()
    {
        using var applicant = await api.AsAsync("tangrong");
        var request = new { process = ApiApp.Process, fields = new { identityNumber = "123" }, submit = true };

        applicant.Client.DefaultRequestHeaders.Add("Accept-Language", "en");
        var english = await applicant.PostAsync("/cases", request);

        Assert.Equal("An identity number has 18 characters, this one 3; please check", english.Error("fields.identityNumber"));
    }

    [Fact]
    public async Task What_cannot_be_submitted_at_once_is_told_field_by_field_and_leaves_nothing_behind()
    {
        using var applicant = await api.AsAsync("tangrong");

        var answer = await applicant.PostAsync("/cases", new { process = ApiApp.Process, fields = new { identityNumber = "110101198003071030" }, submit = true });

        Assert.Equal((HttpStatusCode.BadRequest, "urn:approvals:validation"), (answer.Status, answer["type"]));
        Assert.NotNull(answer.Error("fields.identityNumber"));
        Assert.NotNull(answer.Error("fields.photo"));
        Assert.Empty((await applicant.GetAsync("/cases")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_field_the_form_does_not_know_and_a_property_the_api_does_not_know_are_refused_by_name()
    {
        using var applicant = await api.AsAsync("hezhe");

        var field = await applicant.PostAsync("/cases", new { process = ApiApp.Process, fields = new { identityNo = "1", waiverReason = "x" } });
        var property = await applicant.PostAsync("/cases", new { process = ApiApp.Process, data = new { } });
        var missing = await applicant.PostAsync("/cases", new { submit = true });

        Assert.Equal(HttpStatusCode.BadRequest, field.Status);
        Assert.NotNull(field.Error("fields.identityNo"));
        Assert.NotNull(field.Error("fields.waiverReason"));
        Assert.Equal((HttpStatusCode.BadRequest, "urn:approvals:malformed"), (property.Status, property["type"]));
        Assert.NotNull(property.Error("data"));
        Assert.Equal(HttpStatusCode.BadRequest, missing.Status);
    }

    [Fact]
    public async Task A_draft_saved_elsewhere_is_not_overwritten_and_a_submitted_case_is_no_draft()
    {
        var id = await api.DraftAsync("guojianjun");
        using var applicant = await api.AsAsync("guojianjun");

        var stale = await applicant.SendAsync(HttpMethod.Put, $"/cases/{id}/draft", new { fields = new { post = "x" }, rowVersion = -1 });
        await applicant.PostAsync($"/cases/{id}/submit");
        var late = await applicant.SendAsync(HttpMethod.Put, $"/cases/{id}/draft", new { fields = new { post = "x" } });

        Assert.Equal((HttpStatusCode.Conflict, "urn:approvals:draft-changed"), (stale.Status, stale["type"]));
        Assert.Equal((HttpStatusCode.Conflict, "urn:approvals:not-a-draft"), (late.Status, late["type"]));
    }

    [Fact]
    public async Task The_applicant_withdraws_before_the_first_decision_and_not_after()
    {
        var (id, _) = await api.SubmittedAsync();
        var (other, task) = await api.SubmittedAsync();
        using var applicant = await api.AsAsync("liuzhiqiang");
        using var representative = await api.AsAsync("chenguihua");
        await representative.PostAsync($"/tasks/{task}/decision", ApiApp.Return((await representative.GetAsync($"/tasks/{task}"))["shownHash"]!));

        var withdrawn = await applicant.PostAsync($"/cases/{id}/withdraw", new { reason = "填错了" });
        var late = await applicant.PostAsync($"/cases/{other}/withdraw");

        Assert.Equal((HttpStatusCode.OK, "withdrawn"), (withdrawn.Status, withdrawn["status"]));
        Assert.Equal((HttpStatusCode.Conflict, "urn:approvals:too-late"), (late.Status, late["type"]));
        var again = await applicant.PostAsync($"/cases/{id}/submit");
        Assert.Equal((HttpStatusCode.OK, "withdrawn"), (again.Status, again["status"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await representative.PostAsync($"/cases/{id}/withdraw")).Status);
    }

    [Fact]
    public async Task Somebody_elses_case_is_forbidden_and_none_is_not_found()
    {
        var id = await api.DraftAsync();
        using var stranger = await api.AsAsync("xiongwei");

        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/cases/{id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.SendAsync(HttpMethod.Put, $"/cases/{id}/draft", new { fields = new { post = "x" } })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.UploadAsync($"/cases/{id}/attachments/photo", "p.png", Applications.Picture())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/cases/{Guid.NewGuid()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync("/cases", new { process = "no-such-process" })).Status);
    }

    [Fact]
    public async Task Lists_carry_no_identity_number_and_a_reader_without_a_part_gets_it_masked()
    {
        var (id, _) = await api.SubmittedAsync();
        using var applicant = await api.AsAsync("liuzhiqiang");
        using var representative = await api.AsAsync("chenguihua");
        using var handler = await api.AsAsync("zhangwei");

        var read = await handler.GetAsync($"/cases/{id}");

        Assert.DoesNotContain(ApiApp.IdentityNumber, (await applicant.GetAsync("/cases?mine=true")).Body!.ToJsonString());
        Assert.DoesNotContain(ApiApp.IdentityNumber, (await representative.GetAsync("/tasks")).Body!.ToJsonString());
        Assert.Equal((HttpStatusCode.OK, "true"), (read.Status, read["isMasked"]));
        Assert.Equal("110***********" + ApiApp.IdentityNumber[^4..], read.Body!["fields"]!["identityNumber"]!.ToString());
        Assert.Equal("138****0001", read.Body["fields"]!["phone"]!.ToString());
        Assert.Equal("***", (string?)read.Body["fields"]!["birthDate"]);
    }

    [Fact]
    public async Task The_list_is_paged_by_where_the_last_page_ended()
    {
        using var applicant = await api.AsAsync("luwenbo");
        for (var count = 0; count < 23; count++)
        {
            await applicant.PostAsync("/cases", new { process = ApiApp.Process });
        }

        var first = await applicant.GetAsync("/cases");
        var second = await applicant.GetAsync($"/cases?after={first["next"]}");

        Assert.Equal((20, 3), (first.Body!["items"]!.AsArray().Count, second.Body!["items"]!.AsArray().Count));
        Assert.Null(second["next"]);
    }

    [Fact]
    public async Task A_program_named_jpg_is_415_and_a_photo_too_large_413()
    {
        var id = await api.DraftAsync();
        using var applicant = await api.AsAsync("liuzhiqiang");

        var program = await applicant.UploadAsync($"/cases/{id}/attachments/healthCertificate", "体检.jpg", [.. "MZ"u8, .. new byte[600]]);
        var large = await applicant.UploadAsync($"/cases/{id}/attachments/photo", "p.jpg", new byte[(5 * 1024 * 1024) + 1]);
        var text = await applicant.PostAsync($"/cases/{id}/attachments/photo", new { file = "x" });

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "urn:approvals:unsupported-media"), (program.Status, program["type"]));
        Assert.Contains("文件内容是程序", program["detail"]);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "urn:approvals:too-large"), (large.Status, large["type"]));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.Status);
        Assert.Equal(1, await api.App.DatabaseAsync(db => db.Attachments.CountAsync(one => one.CaseId == id && one.RemovedAt == null, Stop)));
    }

    [Fact]
    public async Task A_file_is_read_back_under_its_SHA_256_and_taken_out()
    {
        var id = await api.DraftAsync();
        using var applicant = await api.AsAsync("liuzhiqiang");
        var picture = Applications.Picture();
        var href = (await applicant.UploadAsync($"/cases/{id}/attachments/healthCertificate", "体检.png", picture))["href"]!;

        using var read = await applicant.Client.GetAsync(href, Stop);
        using var conditional = new HttpRequestMessage(HttpMethod.Get, href);
        conditional.Headers.IfNoneMatch.Add(read.Headers.ETag!);
        using var unchanged = await applicant.Client.SendAsync(conditional, Stop);
        using var removed = await applicant.Client.DeleteAsync(href, Stop);

        Assert.Equal(new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(picture))}\""), read.Headers.ETag);
        Assert.Equal(picture, await read.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal("no-store, private", read.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }
}
