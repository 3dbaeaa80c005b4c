using System.Net;
using Approvals.Core.Inbox;
using Approvals.Web.Tests.Api;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.BadInput;

/// <summary>Pictures that begin like one and cannot be drawn: said beside the field, nothing stored, and the form prints.</summary>
public sealed class UndrawablePictureTests(ApiApp api) : IClassFixture<ApiApp>
{
    private static readonly byte[] HeadAndGarbage = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 1, 2, 3];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signature_and_an_attachment_that_are_no_pictures_are_refused_and_the_form_prints()
    {
        var (caseId, task) = await api.SubmittedAsync();
        using var representative = await api.AsAsync("chenguihua");

        var scan = await representative.UploadAsync($"/cases/{caseId}/attachments/stampedScan?task={task}", "盖章.png", HeadAndGarbage);
        var decided = await representative.PostAsync($"/tasks/{task}/decision", new
        {
            kind = "return",
            returnTo = "apply",
            opinion = "请补充体检证明",
            shownHash = (await representative.GetAsync($"/tasks/{task}"))["shownHash"],
            signature = new { method = "drawn", drawing = Convert.ToBase64String(HeadAndGarbage) },
            secret = Applications.Password,
        });

        Assert.Equal(HttpStatusCode.BadRequest, scan.Status);
        Assert.EndsWith("图片已损坏或不完整，请重新选择。", scan.Error("fields.stampedScan"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, decided.Status);
        Assert.Equal("签名图片已损坏，请清除后重写。", decided.Error("signature"));
        Assert.Equal((0, TaskState.Open), await api.App.DatabaseAsync(async db => (
            await db.Decisions.CountAsync(one => one.TaskId == task, Stop), (await db.Tasks.SingleAsync(one => one.Id == task, Stop)).State)));
        using var browser = await api.App.SignedInAsync("liuzhiqiang");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/cases/{caseId}/form.pdf")).Status);
    }
}
