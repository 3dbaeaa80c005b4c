using Approvals.Core.Files;
using Approvals.Core.Inbox;
using Approvals.Core.Tests.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Inbox;

/// <summary>A decision is kept for ever, and so is the picture it is signed with: it must be one that can be printed for ever.</summary>
public sealed class DrawnSignatureTests
{
    /// <summary>The head of a PNG of 14,000 × 14,000 pixels of one bit, and no pixels.</summary>
    private static readonly byte[] Bomb = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAANrAAADawAQAAAACMoMjEAAAAAElEQVQ1rwYe");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_drawing_that_is_none_is_refused_beside_its_field_and_nothing_is_stored()
    {
        await using var world = await CaseWorld.StartAsync("Sqlite", CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);
        var before = await CountAsync(world);

        Assert.Equal("签名图片已损坏，请清除后重写。", await ErrorAsync(world, task, [.. CaseWorld.Drawing[..8], 1, 2, 3]));
        Assert.Equal("签名图片已损坏，请清除后重写。", await ErrorAsync(world, task, CaseWorld.Drawing[..40]));
        Assert.Equal("签名图片过大，请清除后重写。", await ErrorAsync(world, task, Bomb));
        Assert.Equal("请在签名框内手写签名。", await ErrorAsync(world, task, "not a picture"u8.ToArray()));

        Assert.Equal(before, await CountAsync(world));
        Assert.Equal(TaskState.Open, (await world.TaskOfAsync(id, world.Head)).State);
    }

    [Fact]
    public async Task What_is_stored_is_the_picture_written_anew()
    {
        await using var world = await CaseWorld.StartAsync("Sqlite", CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var drawn = Png(1600, 500);

        Assert.IsType<DecideOutcome.Decided>(await DecideAsync(world, await world.TaskOfAsync(id, world.Head), [.. drawn, .. "SECRET"u8]));

        var stored = await world.Kernel.InScopeAsync(async scope =>
        {
            var db = scope.GetRequiredService<Core.Data.ApprovalsDbContext>();
            var decision = await db.Decisions.SingleAsync(one => one.CaseId == id && one.DeciderId == world.Head.Id, Stop);
            var file = await db.Files.SingleAsync(one => one.Id == decision.SignatureFileId, Stop);
            await using var content = await scope.GetRequiredService<FileStore>().OpenAsync(file, Stop);
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, Stop);
            return copy.ToArray();
        });
        using var shown = SKBitmap.Decode(stored);
        Assert.Equal((800, 250), (shown.Width, shown.Height));
        Assert.Equal(-1, stored.AsSpan().IndexOf("SECRET"u8));
    }

    private static async Task<string> ErrorAsync(CaseWorld world, InboxTask task, byte[] drawing)
    {
        var error = Assert.Single(Assert.IsType<DecideOutcome.Invalid>(await DecideAsync(world, task, drawing)).Errors);
        Assert.Equal("signature", error.Path);
        return error.Message;
    }

    private static Task<DecideOutcome> DecideAsync(CaseWorld world, InboxTask task, byte[] drawing) => world.AsAsync(world.Head, async scope =>
    {
        var view = await scope.GetRequiredService<TaskViews>().LoadAsync(task.Id, Stop);
        return await scope.GetRequiredService<DecideTask>().DecideAsync(
            CaseWorld.Request(task, view!.Shown.Hash, DecisionKind.Approve) with { Drawing = drawing }, Stop);
    });

    private static Task<(int, int)> CountAsync(CaseWorld world) => world.Kernel.ReadAsync(async db =>
        (await db.Decisions.CountAsync(Stop), await db.Files.CountAsync(Stop)));

    private static byte[] Png(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Navy);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }
}
