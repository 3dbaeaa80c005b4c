using System.Net;
using Approvals.Core.Certificates;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Security;

/// <summary>Who may read what, by the case and not by being signed in.</summary>
public sealed class CaseRightsTests(CaseRightsTests.World world) : IClassFixture<CaseRightsTests.World>
{
    public static TheoryData<string> Strangers =>
        // Another applicant, other units' representatives, heads and handlers it does not concern, finance, the handler of objections, process owner, security.
        ["hezhe", "xiongwei", "majunjie", "zhaotiezhu", "zhulin", "jinmingzhu", "caoyu", "pengfei", "shenhong", "anquan"];

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task A_stranger_to_a_case_reads_nothing_of_it_whatever_ids_they_know(string userName)
    {
        using var stranger = await world.App.SignedInAsync(userName);
        foreach (var address in world.Addresses)
        {
            var answer = await stranger.GetAsync(address);
            Assert.True(
                answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{userName} {address}: {answer.Status}");
            Assert.DoesNotContain("刘志强", WebUtility.HtmlDecode(answer.Text));
        }
    }

    [Theory]
    [InlineData("liuzhiqiang")]
    [InlineData("chenguihua")]
    [InlineData("shenji")]
    public async Task Who_belongs_to_the_case_reads_it(string userName)
    {
        using var browser = await world.App.SignedInAsync(userName);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/cases/{world.CaseId}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/cases/{world.CaseId}/documents/{world.DocumentId}")).Status);
    }

    [Fact]
    public async Task An_own_case_is_no_way_to_files_of_another()
    {
        using var other = await world.App.SignedInAsync("hezhe");
        var own = (await Applications.DraftAsync(other)).Address["/cases/".Length..][..36];
        string[] addresses =
        [
            $"/cases/{own}/files/{world.AttachmentId}", $"/cases/{own}/documents/{world.DocumentId}",
            $"/cases/{own}/signatures/{world.DecisionId}", $"/public/documents/{world.DocumentId}",
        ];

        foreach (var address in addresses)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address)).Status);
        }
    }

    [Fact]
    public async Task A_draft_is_its_starters_alone_even_for_the_auditor()
    {
        using var applicant = await world.App.SignedInAsync("tangrong");
        var address = (await Applications.DraftAsync(applicant)).Address;
        foreach (var userName in new[] { "shenji", "xitong", "wangqiang", "hezhe" })
        {
            using var other = await world.App.SignedInAsync(userName);
            Assert.NotEqual(HttpStatusCode.OK, (await other.GetAsync(address)).Status);
            Assert.NotEqual(HttpStatusCode.OK, (await other.GetAsync(address.Replace("/edit", "", StringComparison.Ordinal))).Status);
        }
    }

    [Theory]
    [InlineData("/admin/organisation", "xitong")]
    [InlineData("/admin/people", "xitong", "anquan")]
    [InlineData("/admin/roles", "anquan")]
    [InlineData("/admin/tokens", "anquan")]
    [InlineData("/admin/jobs", "xitong")]
    [InlineData("/jobs", "xitong")]
    [InlineData("/admin/incidents", "xitong")]
    [InlineData("/admin/unassigned", "xitong")]
    [InlineData("/admin/audit", "shenji")]
    [InlineData("/admin/parameters", "shenhong")]
    [InlineData("/admin/calendar", "shenhong")]
    [InlineData("/training", "zhangwei")]
    [InlineData("/commanders", "huangting", "caoyu", "shenji")]
    [InlineData("/objections", "pengfei", "shenji")]
    public async Task A_page_of_an_office_is_for_that_office(string address, params string[] allowed)
    {
        string[] everybody =
        [
            "liuzhiqiang", "chenguihua", "wangqiang", "yangfan", "zhangwei", "huangting", "pengfei", "caoyu", "shenhong", "xitong",
            "anquan", "shenji",
        ];
        foreach (var userName in everybody)
        {
            using var browser = await world.App.SignedInAsync(userName);
            var status = (await browser.GetAsync(address)).Status;
            Assert.True((status == HttpStatusCode.OK) == allowed.Contains(userName), $"{userName} {address}: {status}");
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Forbidden, $"{userName} {address}: {status}");
        }
    }

    /// <summary>A case of <c>liuzhiqiang</c> with a photo, a document, a decision with a signature and an open task.</summary>
    public sealed class World : IAsyncLifetime
    {
        public TestApp App { get; } = new();

        public Guid CaseId { get; private set; }

        public Guid AttachmentId { get; private set; }

        public Guid DecisionId { get; private set; }

        public Guid DocumentId { get; private set; }

        public IReadOnlyList<string> Addresses { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            using var applicant = await App.SignedInAsync("liuzhiqiang");
            using var representative = await App.SignedInAsync("chenguihua");
            CaseId = await Applications.SubmittedAsync(applicant);
            var first = await Applications.OpenTaskAsync(App, CaseId);
            var decision = Applications.Decision(await representative.GetAsync($"/tasks/{first}"), "Approve");
            await representative.PostAsync(
                decision.Set("data.recommendationOpinion", "推荐"), "file:stampedScan", "盖章.png", Applications.Picture());
            await FillAsync();
            var open = await Applications.OpenTaskAsync(App, CaseId);
            Addresses =
            [
                $"/cases/{CaseId}", $"/cases/{CaseId}/edit", $"/cases/{CaseId}/form.pdf", $"/cases/{CaseId}/files/{AttachmentId}",
                $"/cases/{CaseId}/files/{Guid.NewGuid()}", $"/cases/{CaseId}/documents/{DocumentId}",
                $"/cases/{CaseId}/signatures/{DecisionId}", $"/tasks/{first}", $"/tasks/{open}", $"/cases/{Guid.NewGuid()}",
            ];
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();

        private async Task FillAsync() => DocumentId = await App.DatabaseAsync(async db =>
        {
            var attachment = await db.Attachments.FirstAsync(one => one.CaseId == CaseId);
            AttachmentId = attachment.Id;
            DecisionId = await db.Decisions.Where(one => one.CaseId == CaseId && one.SignatureFileId != null).Select(one => one.Id).FirstAsync();
            var document = new IssuedDocument
            {
                CaseId = CaseId, IssueKey = "test", Template = "letter", Number = "1", Title = "通知书", Model = "{}",
                FileId = attachment.FileId,
            };
            db.Documents.Add(document);
            await db.SaveChangesAsync();
            return document.Id;
        });
    }
}
