using System.Net;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Cases;

public sealed class DraftPageTests(DraftPageTests.Running running) : IClassFixture<DraftPageTests.Running>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_renamed_to_jpg_is_refused_and_nothing_typed_is_lost()
    {
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        var draft = await Applications.DraftAsync(applicant);

        var answer = await applicant.PostAsync(
            Applications.Filled(draft).Set("act", "submit"), "file:photo", "photo.jpg", [.. "MZ"u8, .. new byte[600]]);

        var text = WebUtility.HtmlDecode(answer.Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("文件内容是程序，不能上传", text);
        Assert.Contains("value=\"13800000001\"", text);
        Assert.Contains("value=\"救援队副队长\"", text);
        Assert.Equal(0, await running.App.DatabaseAsync(db => db.Attachments.CountAsync(one => one.FieldKey == "photo" && one.FileName == "photo.jpg", Stop)));
    }

    [Fact]
    public async Task A_refused_file_is_named_and_its_field_only_once()
    {
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        var draft = await Applications.DraftAsync(applicant);

        var answer = await applicant.PostAsync(
            Applications.Filled(draft).Set("act", "save"), "file:healthCertificate", "bad.exe", [.. "MZ"u8, .. new byte[600]]);

        var text = WebUtility.HtmlDecode(answer.Text);
        Assert.Contains("体检证明</a>：“bad.exe”：文件内容是程序，不能上传", text);
        Assert.DoesNotContain("体检证明：", text);
    }

    [Fact]
    public async Task A_long_text_is_counted_and_never_cut()
    {
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        var draft = await Applications.DraftAsync(applicant);
        Assert.DoesNotMatch("<textarea[^>]*maxlength", draft.Text);
        Assert.Matches("<textarea[^>]*data-most=", draft.Text);

        var answer = await applicant.PostAsync(Applications.Filled(draft).Set("data.health", new string('好', 5000)).Set("act", "submit"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("现有 5000 个字，请精简", WebUtility.HtmlDecode(answer.Text));
        Assert.Contains(new string('好', 5000), WebUtility.HtmlDecode(answer.Text));
    }

    [Fact]
    public async Task A_draft_asks_only_for_what_is_the_applicants_and_says_what_is_missing_once()
    {
        using var applicant = await running.App.SignedInAsync("sunlimei");
        var draft = await Applications.DraftAsync(applicant);
        Assert.DoesNotContain("单位推荐意见", WebUtility.HtmlDecode(draft.Text), StringComparison.Ordinal);
        Assert.Contains("还缺 8 项", WebUtility.HtmlDecode(draft.Text), StringComparison.Ordinal);
        Assert.Contains("自动得出", WebUtility.HtmlDecode(draft.Text), StringComparison.Ordinal);

        var refused = WebUtility.HtmlDecode((await applicant.PostAsync(draft.Form("id=\"draft\"").Set("act", "submit"))).Text);

        Assert.Contains("有 8 处需要更正", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("还缺", refused, StringComparison.Ordinal);
        Assert.Contains("“指挥岗位任职经历”至少填写 1 行", refused, StringComparison.Ordinal);
        Assert.Contains("建议补充", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_identity_number_is_told_beside_the_field_and_kept()
    {
        using var applicant = await running.App.SignedInAsync("sunlimei");
        var draft = await Applications.DraftAsync(applicant);

        var answer = await applicant.PostAsync(
            Applications.Filled(draft).Set("data.identityNumber", "110101198003071030").Set("act", "submit"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("f-identityNumber-error", answer.Text);
        Assert.Contains("110101198003071030", answer.Text);
    }

    [Fact]
    public async Task A_photo_of_200_MB_is_refused_without_being_read()
    {
        using var applicant = await running.App.SignedInAsync("sunlimei");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/cases/" + Guid.NewGuid() + "/edit") { Content = new EndlessContent(200L * 1024 * 1024) };

        using var answer = await applicant.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("照片不超过 5 MB", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop)));
    }

    [Fact]
    public async Task A_draft_thrown_away_leaves_no_row_that_keeps_its_files()
    {
        using var applicant = await running.App.SignedInAsync("sunlimei");
        var draft = await Applications.DraftAsync(applicant);
        var saved = await applicant.PostAsync(Applications.Filled(draft).Set("act", "save"), "file:photo", "photo.png", Applications.Picture());
        var page = await applicant.FollowAsync(saved);
        var id = Guid.Parse(draft.Address.Split('/')[2]);
        var file = await running.App.DatabaseAsync(db => db.Attachments.Where(one => one.CaseId == id).Select(one => one.FileId).SingleAsync(Stop));

        await applicant.PostAsync(page.Form("id=\"draft\"").To($"/cases/{id}/edit?handler=Discard"));

        Assert.False(await running.App.DatabaseAsync(db => db.Cases.AnyAsync(one => one.Id == id, Stop)));
        Assert.False(await running.App.DatabaseAsync(db => db.Files.AnyAsync(one => one.Id == file, Stop)));
    }

    [Fact]
    public async Task A_draft_saved_in_another_window_is_not_overwritten()
    {
        using var applicant = await running.App.SignedInAsync("guojianjun");
        var first = await Applications.DraftAsync(applicant);
        var second = await applicant.GetAsync(first.Address);
        await applicant.PostAsync(first.Form("id=\"draft\"").Set("data.post", "先保存的").Set("act", "save"));

        var late = await applicant.PostAsync(second.Form("id=\"draft\"").Set("data.post", "后保存的").Set("act", "save"));

        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("后保存的", WebUtility.HtmlDecode(late.Text));
        Assert.Contains("先保存的", WebUtility.HtmlDecode((await applicant.GetAsync(first.Address)).Text));

        // What saves in the background must be told apart from a save that was made.
        var behind = await applicant.PostAsync(second.Form("id=\"draft\"").Set("data.post", "后保存的").To(first.Address + "?handler=Autosave"));
        Assert.Equal(HttpStatusCode.Conflict, behind.Status);
        Assert.Contains("未自动保存", WebUtility.HtmlDecode(behind.Text));
    }

    [Fact]
    public async Task A_draft_saved_twice_by_one_press_too_many_is_saved()
    {
        using var applicant = await running.App.SignedInAsync("guojianjun");
        var draft = await Applications.DraftAsync(applicant);
        var form = Applications.Filled(draft).Set("act", "save");

        Assert.Equal(HttpStatusCode.Redirect, (await applicant.PostAsync(form)).Status);
        var again = await applicant.PostAsync(form);

        Assert.Equal(HttpStatusCode.Redirect, again.Status);
        Assert.DoesNotContain("另一个窗口", WebUtility.HtmlDecode((await applicant.FollowAsync(again)).Text));
    }

    [Fact]
    public async Task An_incomplete_draft_submitted_twice_still_says_what_is_missing()
    {
        using var applicant = await running.App.SignedInAsync("sunlimei");
        var form = (await Applications.DraftAsync(applicant)).Form("id=\"draft\"").Set("act", "submit");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await applicant.PostAsync(form)).Status);

        var again = await applicant.PostAsync(form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("有 8 处需要更正", WebUtility.HtmlDecode(again.Text));
        Assert.DoesNotContain("另一个窗口", WebUtility.HtmlDecode(again.Text));
    }

    [Fact]
    public async Task A_complete_draft_submitted_by_several_presses_at_once_is_submitted_once()
    {
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        var draft = await Applications.DraftAsync(applicant);
        var id = draft.Address.Split('/')[2];
        var photo = await applicant.PostAsync(Applications.Filled(draft).Set("act", "save"), "file:photo", "photo.png", Applications.Picture());
        var form = (await applicant.FollowAsync(photo)).Form("id=\"draft\"").Set("act", "submit");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => applicant.PostAsync(form))));

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Redirect, $"/cases/{id}"), (answer.Status, answer.Location)));
    }

    [Fact]
    public async Task Somebody_elses_draft_does_not_exist()
    {
        using var applicant = await running.App.SignedInAsync("tangrong");
        using var other = await running.App.SignedInAsync("hezhe");
        var draft = await Applications.DraftAsync(applicant);

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(draft.Address)).Status);
    }

    [Fact]
    public async Task A_submitted_case_shows_its_state_prints_and_can_be_withdrawn()
    {
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var page = await applicant.GetAsync($"/cases/{caseId}");
        Assert.Contains("陈桂花", WebUtility.HtmlDecode(page.Text));
        using var pdf = await applicant.Client.GetAsync($"/cases/{caseId}/form.pdf", Stop);
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType?.MediaType);

        var withdrawn = await applicant.SubmitAsync(page.Form("name=\"Reason\"").Set("Reason", "单位有变"));

        Assert.Contains("已撤回", WebUtility.HtmlDecode(withdrawn.Text));
    }

    [Fact]
    public async Task A_case_says_in_plain_words_who_comes_next_and_names_no_machine()
    {
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var waiting = WebUtility.HtmlDecode((await applicant.GetAsync($"/cases/{caseId}")).Text);
        Assert.Contains("<dt>下一步</dt><dd>业务处室审查、救援协调处审查、人事处德才审查</dd>", waiting);
        Assert.Contains("\">至今</td>", waiting);

        var page = await applicant.GetAsync($"/cases/{caseId}");
        var ended = WebUtility.HtmlDecode((await applicant.SubmitAsync(page.Form("name=\"Reason\""))).Text);
        Assert.Matches(@"<strong>单位推荐</strong>\s*<span>待办撤销</span>", ended);
        Assert.DoesNotContain("系统自动", ended);
    }

    [Fact]
    public async Task A_file_of_a_case_is_sent_with_its_true_type_and_cannot_act_in_our_name()
    {
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        using var stranger = await running.App.SignedInAsync("hezhe");
        var caseId = await Applications.SubmittedAsync(applicant);
        var file = await running.App.DatabaseAsync(db => db.Attachments.Where(one => one.CaseId == caseId).Select(one => one.Id).FirstAsync(Stop));

        using var answer = await applicant.Client.GetAsync($"/cases/{caseId}/files/{file}", Stop);

        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/cases/{caseId}/files/{file}")).Status);
    }

    /// <summary>One product for the class.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    /// <summary>Announces a length and fails the test when anybody reads it.</summary>
    private sealed class EndlessContent(long length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(new byte[1024]).AsTask();

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
