using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Inbox;

/// <summary>
/// A decision reads before it takes the lock. What happens between the two — here while the password is checked — is seen under the lock.
/// </summary>
public class DecideMeanwhileTests
{
    private readonly SlowPassword password = new();

    [Theory, OnEachDatabase]
    public async Task A_colleague_who_was_faster_is_named(string database)
    {
        await using var world = await StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);
        password.Meanwhile = () => world.DecideAsync(task, world.Head, DecisionKind.Approve);

        var outcome = await world.DecideAsync(task, world.Head, DecisionKind.Reject, "材料不实");

        Assert.Equal("同意", Assert.IsType<DecideOutcome.AlreadyDecided>(outcome).As);
        Assert.Equal(["submitted", "decided"], await world.HistoryAsync(id));
        await world.TaskOfAsync(id, world.Leader);
    }

    [Theory, OnEachDatabase]
    public async Task What_was_changed_is_not_signed(string database)
    {
        await using var world = await StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);
        password.Meanwhile = () => world.Kernel.CommitAsync(async (scope, _) =>
        {
            var opened = (await CaseScope.LoadAsync(scope, id, default))!;
            opened.SetData(new JsonObject { ["name"] = "申请人甲", ["reason"] = "另有原因" });
            return true;
        });

        Assert.IsType<DecideOutcome.ContentChanged>(await world.DecideAsync(task, world.Head, DecisionKind.Approve));
        Assert.Equal(TaskState.Open, (await world.TaskOfAsync(id, world.Head)).State);
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(task, world.Head, DecisionKind.Approve));
    }

    [Theory, OnEachDatabase]
    public async Task A_file_attached_after_the_look_is_not_signed_unseen_and_stands_in_what_is_signed_then(string database)
    {
        await using var world = await StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);
        password.Meanwhile = () => AttachAsync(world, id, task);

        Assert.IsType<DecideOutcome.ContentChanged>(await world.DecideAsync(task, world.Head, DecisionKind.Approve));

        Assert.Equal(TaskState.Open, (await world.TaskOfAsync(id, world.Head)).State);
        Assert.Equal(["submitted"], await world.HistoryAsync(id));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(task, world.Head, DecisionKind.Approve));
        var signed = await world.Kernel.ReadAsync(db => db.Decisions.AsNoTracking().SingleAsync(one => one.TaskId == task.Id));
        Assert.Contains("补充材料.pdf", Regex.Unescape(signed.Shown), StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_file_taken_out_after_the_look_is_not_signed_for(string database)
    {
        await using var world = await StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);
        var attached = await AttachAsync(world, id, task);
        password.Meanwhile = () =>
        {
            world.Kernel.Time.Advance(TimeSpan.FromSeconds(1));
            return world.AsAsync(world.Head, async scope => Assert.IsType<AttachOutcome.Removed>(
                await scope.GetRequiredService<AttachFile>().RemoveAsync(new AttachPlace(id, task.Id), attached, default)));
        };

        Assert.IsType<DecideOutcome.ContentChanged>(await world.DecideAsync(task, world.Head, DecisionKind.Approve));
        Assert.Equal(["submitted"], await world.HistoryAsync(id));
    }

    [Theory, OnEachDatabase]
    public async Task Beside_the_own_files_anything_else_that_has_changed_is_noticed(string database)
    {
        await using var world = await StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);
        Task<TaskView> LookAsync() => world.AsAsync(world.Head, async scope => (await scope.GetRequiredService<TaskViews>().LoadAsync(task.Id, default))!);
        var before = await LookAsync();
        var own = new HashSet<Guid> { await AttachAsync(world, id, task) };

        var attached = await LookAsync();
        Assert.True(before.ShowsSameButFor(own, attached));
        Assert.True(attached.ShowsSameButFor(own, before));
        Assert.False(before.ShowsSameButFor(new HashSet<Guid>(), attached));
        await world.Kernel.CommitAsync(async (scope, _) =>
        {
            (await CaseScope.LoadAsync(scope, id, default))!.SetData(new JsonObject { ["name"] = "申请人甲", ["reason"] = "另有原因" });
            return true;
        });
        Assert.False(before.ShowsSameButFor(own, await LookAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task A_file_that_is_still_on_its_way_when_the_step_is_decided_is_refused(string database)
    {
        await using var world = await StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);
        using var upload = new SlowUpload(() => Assert.IsType<DecideOutcome.Decided>(
            world.DecideAsync(task, world.Head, DecisionKind.Approve).GetAwaiter().GetResult()));

        var outcome = await world.AsAsync(world.Head, scope => scope.GetRequiredService<AttachFile>()
            .AddAsync(new AttachPlace(id, task.Id), "papers", "补充材料.pdf", upload, default));

        Assert.IsType<AttachOutcome.NotAllowed>(outcome);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Attachments.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task A_file_that_came_is_not_signed_unseen(string database)
    {
        await using var world = await StartAsync(database, CaseProcesses.TwoSigners());
        var id = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(id, world.Head);
        var seen = await world.AsAsync(world.Head, scope => scope.GetRequiredService<TaskViews>().LoadAsync(task.Id, default));

        // What AttachFile leaves on the case's row: the time alone.
        var later = seen!.Case.UpdatedAt + TimeSpan.FromMilliseconds(1);
        await world.Kernel.CommitAsync((_, unit) => unit.Db.Cases.Where(one => one.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UpdatedAt, later)));

        Assert.False(await world.Kernel.CommitAsync((scope, _) => scope.GetRequiredService<InstanceLock>()
            .TakeUnchangedAsync(seen.Instance, seen.Case, default)));
        var again = await world.AsAsync(world.Head, scope => scope.GetRequiredService<TaskViews>().LoadAsync(task.Id, default));
        Assert.True(await world.Kernel.CommitAsync((scope, _) => scope.GetRequiredService<InstanceLock>()
            .TakeUnchangedAsync(again!.Instance, again.Case, default)));
    }

    [Theory, OnEachDatabase]
    public async Task The_last_two_of_a_joint_step_end_it_together(string database)
    {
        await using var world = await StartAsync(database, CaseProcesses.Fork());
        var id = await world.SubmittedAsync("fork");
        await world.DecideAsync(await world.TaskOfAsync(id, world.Head), world.Head, DecisionKind.Approve);
        var (first, second) = (await world.TaskOfAsync(id, world.VoterOne), await world.TaskOfAsync(id, world.VoterTwo));
        password.Meanwhile = () => world.DecideAsync(second, world.VoterTwo, DecisionKind.Approve);

        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(first, world.VoterOne, DecisionKind.Approve));
        Assert.Equal(world.Leader.Id, Assert.Single(await world.OpenTasksAsync(id)).AssigneeId);
    }

    /// <summary>As the signer's second window does it, a second after the first was read.</summary>
    private static Task<Guid> AttachAsync(CaseWorld world, Guid caseId, InboxTask task)
    {
        world.Kernel.Time.Advance(TimeSpan.FromSeconds(1));
        return world.AsAsync(world.Head, async scope =>
        {
            using var paper = new MemoryStream("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"u8.ToArray());
            return Assert.IsType<AttachOutcome.Attached>(await scope.GetRequiredService<AttachFile>()
                .AddAsync(new AttachPlace(caseId, task.Id), "papers", "补充材料.pdf", paper, default)).AttachmentId;
        });
    }

    private Task<CaseWorld> StartAsync(string database, TestProcess process) =>
        CaseWorld.StartAsync(database, services => services.AddSingleton<ISignerCheck>(password), process);

    /// <summary>Something happens once while a password is checked.</summary>
    private sealed class SlowPassword : ISignerCheck
    {
        public Func<Task>? Meanwhile { get; set; }

        public async Task<SignerCheckOutcome> VerifyAsync(Guid personId, string? secret, CancellationToken cancellationToken)
        {
            var happens = Meanwhile;
            Meanwhile = null;
            if (happens is not null)
                await happens();
            return SignerCheckOutcome.Confirmed;
        }
    }

    /// <summary>A PDF during whose arrival something happens.</summary>
    private sealed class SlowUpload(Action meanwhile) : MemoryStream("%PDF-1.4\n%%EOF\n"u8.ToArray())
    {
        private Action? rest = meanwhile;

        public override long Length
        {
            get
            {
                Interlocked.Exchange(ref rest, null)?.Invoke();
                return base.Length;
            }
        }
    }
}
