using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Approvals.Core.Hosting;
using Approvals.Core.Processes;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Studio;

/// <summary>流程管理 — what a process owner and an auditor see of the processes before the designer is opened.</summary>
public sealed partial class ProcessListTests : IAsyncDisposable
{
    private readonly StudioApp studio = new();

    public ValueTask DisposeAsync() => studio.DisposeAsync();

    [Fact]
    public async Task Open_cases_stand_by_their_version_with_the_draft_and_who_made_it()
    {
        using (var applicant = await studio.App.SignedInAsync("liuzhiqiang"))
            await Applications.SubmittedAsync(applicant);
        using var owner = await studio.App.SignedInAsync(StudioClient.Owner);
        var before = Section(await owner.GetAsync("/processes"));
        Assert.Contains("已发布 第 1 版", before, StringComparison.Ordinal);
        Assert.Contains("第 1 版 1 件", before, StringComparison.Ordinal);
        Assert.Contains("随程序安装", before, StringComparison.Ordinal);
        Assert.DoesNotContain("草稿", before, StringComparison.Ordinal);
        Assert.DoesNotContain("版本比较", before, StringComparison.Ordinal);

        using var designer = await studio.OwnerAsync();
        var opened = await designer.OpenAsync("commander-appointment");
        opened["description"] = "改动";
        Assert.Equal(HttpStatusCode.OK, (await designer.SaveAsync(opened)).Status);
        var drafted = Section(await owner.GetAsync("/processes"));
        Assert.Contains("草稿 第 2 版", drafted, StringComparison.Ordinal);
        Assert.Contains("最近修改：2026-11-23 09:00，沈红", drafted, StringComparison.Ordinal);
        Assert.Contains("校验和发布", drafted, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await designer.SaveAsync(await designer.OpenAsync("commander-appointment"), publish: true)).Status);
        var published = Section(await owner.GetAsync("/processes"));
        Assert.Contains("已发布 第 2 版", published, StringComparison.Ordinal);
        Assert.Contains("第 1 版 1 件", published, StringComparison.Ordinal);
        Assert.Contains("移到新版本", published, StringComparison.Ordinal);
        Assert.Contains("与安装文件 workflows/commander-appointment 不同", published, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_an_older_release_are_said_to_be_behind()
    {
        var folder = Directory.CreateTempSubdirectory("approvals-files-").FullName;
        try
        {
            var shipped = Path.Combine(Repository.Root, "workflows");
            foreach (var one in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(folder, Path.GetRelativePath(shipped, one));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(one, target);
            }

            await using var app = new TestApp { Settings = new Dictionary<string, string?> { ["Processes:Folder"] = folder } };
            using var owner = await app.SignedInAsync(StudioClient.Owner);
            var file = Path.Combine(folder, "commander-appointment", "workflow.json");
            var old = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            var changed = JsonNode.Parse(old)!;
            changed["description"] = "新版";
            await ImportAsync(app, file, changed.ToJsonString());
            Assert.DoesNotContain("文件较旧", Section(await owner.GetAsync("/processes")), StringComparison.Ordinal);

            await ImportAsync(app, file, old);
            var section = Section(await owner.GetAsync("/processes"));
            Assert.Contains("文件较旧：安装文件 workflows/commander-appointment", section, StringComparison.Ordinal);
            Assert.Contains("已发布 第 2 版", section, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task An_auditor_is_shown_everything_and_offered_nothing_that_changes()
    {
        using var auditor = await studio.App.SignedInAsync(StudioClient.Auditor);
        var section = Section(await auditor.GetAsync("/processes"));
        Assert.Contains("查看流程图", section, StringComparison.Ordinal);
        foreach (var act in new[] { "打开设计器", "试运行", "校验和发布", "移到新版本" })
            Assert.DoesNotContain(act, section, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("liuzhiqiang")]
    [InlineData("wangqiang")]
    [InlineData("mengqiu")]
    [InlineData("xitong")]
    public async Task Nobody_else_sees_the_list(string userName)
    {
        using var other = await studio.App.SignedInAsync(userName);
        var page = await other.GetAsync("/processes");
        Assert.NotEqual(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("commander-appointment", page.Text, StringComparison.Ordinal);
    }

    /// <summary>Starts again with that file.</summary>
    private static async Task ImportAsync(TestApp app, string file, string content)
    {
        await File.WriteAllTextAsync(file, content);
        await app.ServiceAsync<IEnumerable<IStartupTask>, bool>(async tasks =>
        {
            await tasks.OfType<ImportProcesses>().Single().RunAsync(TestContext.Current.CancellationToken);
            return true;
        });
    }

    /// <summary>What the list says of the appointment, without markup.</summary>
    private static string Section(Page page)
    {
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var from = page.Text.IndexOf("aria-labelledby=\"p-commander-appointment\"", StringComparison.Ordinal);
        var to = page.Text.IndexOf("</section>", from, StringComparison.Ordinal);
        return Space().Replace(WebUtility.HtmlDecode(Markup().Replace(page.Text[from..to], " ")), " ");
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
