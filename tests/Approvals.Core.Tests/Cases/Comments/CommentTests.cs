using Approvals.Core.Cases;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Inbox.Acts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TestProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Cases.Comments;

/// <summary>评论: who writes, who sees, who is told.</summary>
public sealed class CommentTests
{
    [Theory, OnEachDatabase]
    public async Task A_mention_tells_people_of_the_case_and_nobody_else(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");

        Assert.Equal(CommentOutcome.Written, await WriteAsync(bureau, caseId, world.Head, "请＠申请人甲 补充说明，@副处长戊 知悉"));

        Assert.Equal("处长丙在申请人甲的“测试流程”中提到您", await bureau.LastNoticeAsync(world.Applicant));
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Notifications.CountAsync(one => one.PersonId == bureau.Deputy.Id)));
        Assert.Contains("comment", await world.HistoryAsync(caseId));
        Assert.Equal(1, await bureau.AuditedAsync("case.commented", caseId));
    }

    [Theory, OnEachDatabase]
    public async Task What_is_internal_neither_the_applicant_reads_nor_the_history_hints_at(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        await WriteAsync(bureau, caseId, world.Head, "材料存疑，@局长丁 请关注，@申请人甲", isInternal: true);
        await WriteAsync(bureau, caseId, world.Applicant, "我的材料属实", isInternal: true);

        Assert.Equal(["材料存疑，@局长丁 请关注，@申请人甲", "我的材料属实"], await SeenAsync(bureau, caseId, world.Head));
        Assert.Equal(["我的材料属实"], await SeenAsync(bureau, caseId, world.Applicant));
        Assert.Equal(1, (await world.HistoryAsync(caseId)).Count(kind => kind == "comment"));
        Assert.Contains("提到您", await bureau.LastNoticeAsync(world.Leader), StringComparison.Ordinal);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Notifications.CountAsync(one => one.PersonId == world.Applicant.Id)));
    }

    [Theory, OnEachDatabase]
    public async Task Strangers_write_nothing_and_empty_or_endless_texts_are_refused(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var draft = await world.AsAsync(world.Applicant, scope => scope.GetRequiredService<StartCase>().DraftAsync("two-signers", default));

        Assert.Equal(CommentOutcome.NotYours, await WriteAsync(bureau, caseId, world.VoterOne, "路过"));
        Assert.Equal(CommentOutcome.NotFound, await WriteAsync(bureau, Guid.NewGuid(), world.Head, "路过"));
        Assert.Equal(CommentOutcome.NotFound, await WriteAsync(bureau, draft!.Value, world.Applicant, "草稿"));
        Assert.Equal(CommentOutcome.Empty, await WriteAsync(bureau, caseId, world.Head, " \n "));
        Assert.Equal(CommentOutcome.TooLong, await WriteAsync(bureau, caseId, world.Head, new string('长', 2001)));
        Assert.Empty(await SeenAsync(bureau, caseId, world.Head));
    }

    [Theory, OnEachDatabase]
    public async Task The_database_refuses_to_change_or_delete_a_comment(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var caseId = await bureau.World.SubmittedAsync("two-signers");
        await WriteAsync(bureau, caseId, bureau.World.Head, "原话");

        await Assert.ThrowsAnyAsync<Exception>(() => bureau.World.Kernel.ReadAsync(db =>
            db.CaseComments.ExecuteUpdateAsync(set => set.SetProperty(one => one.Text, "改过"))));
        await Assert.ThrowsAnyAsync<Exception>(() => bureau.World.Kernel.ReadAsync(db => db.CaseComments.ExecuteDeleteAsync()));
        Assert.Equal(["原话"], await SeenAsync(bureau, caseId, bureau.World.Head));
    }

    [Theory]
    [InlineData("@王强 请看", "王强")]
    [InlineData("＠王强强请看", "王强强")]
    [InlineData("@王强，@李丽", "王强,李丽")]
    [InlineData("王强 王@李 @", "")]
    public void A_mention_is_an_at_sign_and_a_name_and_of_two_names_the_longer(string text, string expected)
    {
        (Guid Id, string Name)[] people = [(Guid.NewGuid(), "王强"), (Guid.NewGuid(), "王强强"), (Guid.NewGuid(), "李丽")];

        var found = Mentions.In(text, people).Select(id => people.Single(one => one.Id == id).Name);

        Assert.Equal(expected, string.Join(',', found));
    }

    private static Task<CommentOutcome> WriteAsync(ActBureau bureau, Guid caseId, Person by, string text, bool isInternal = false) =>
        bureau.World.AsAsync(by, scope => scope.GetRequiredService<CommentOnCase>()
            .WriteAsync(caseId, text, isInternal, TestContext.Current.CancellationToken));

    private static async Task<List<string>> SeenAsync(ActBureau bureau, Guid caseId, Person by)
    {
        var row = await bureau.World.CaseAsync(caseId);
        var seen = await bureau.World.AsAsync(
            by, scope => scope.GetRequiredService<CommentOnCase>().ListAsync(row, TestContext.Current.CancellationToken));
        return [.. seen.Select(one => one.Text)];
    }
}
