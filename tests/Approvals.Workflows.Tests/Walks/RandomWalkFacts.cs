using Approvals.Testing;

namespace Approvals.Workflows.Tests;

/// <summary>
/// Ten thousand random walks over generated flowcharts: the runtime does what the reference model does. <c>tests/prove.sh</c> walks ten
/// times as far (<c>APPROVALS_PROVE</c>).
/// </summary>
public sealed class RandomWalkFacts
{
    private const int WalksPerGraph = 5;

    private static readonly int Graphs = Seeds.IsProving ? 20_000 : 2_000;

    [Fact]
    public async Task No_branch_is_lost_or_doubled_in_ten_thousand_walks()
    {
        var steps = 0;
        var backs = 0;
        var first = Seeds.For(1);
        for (var seed = first; seed < first + Graphs; seed++)
        {
            var (nodes, edges, json) = FlowGenerator.Make(new Random(seed));
            var host = new Host(json);
            Assert.True(host.Workflow.CanStart, $"seed {seed}: {string.Join("; ", host.Workflow.Problems)}");
            for (var walk = 0; walk < WalksPerGraph; walk++)
            {
                // Every other walk keeps the state in memory: storing it must make no difference.
                host.KeepsStateInMemory = walk % 2 == 1;
                var walker = new Walker(host, nodes, edges, new Random(unchecked((seed * 1000) + walk)), $"seed {seed}, walk {walk}");
                await walker.WalkAsync();
                steps += walker.Steps;
                backs += walker.Backs;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Graphs * WalksPerGraph} walks, {steps} steps, {backs} times back");
        Assert.True(steps > 40_000 && backs > 5_000, $"The walks were too short: {steps} steps, {backs} times back.");
    }
}

/// <summary>One walk: takes random steps in the runtime and in the model and compares after each.</summary>
internal sealed class Walker(Host host, RefNode[] nodes, RefEdge[] edges, Random random, string seed)
{
    private readonly ReferenceFlow _model = new(nodes, edges);
    private readonly bool _singleTokens = nodes.All(n => n.Join is not ("Cascade" or "Stream"));
    private int _seen;

    public int Steps { get; private set; }

    public int Backs { get; private set; }

    public async Task WalkAsync()
    {
        host.Journal.Clear();
        await host.Start();
        _model.Start();
        Compare("start");
        while (!_model.Finished && !_model.IsEndless && Steps < 25)
        {
            Steps++;
            await StepAsync();
        }

        if (!_model.Finished && !_model.IsEndless)
        {
            await host.Cancel("enough");
            _model.Cancel();
            Compare("cancel");
        }
    }

    private async Task StepAsync()
    {
        var choice = random.Next(_model.Waiting.Count);
        var run = _model.Waiting[choice];
        var bookmark = host.State.Bookmarks[choice].Id;
        var target = random.Next(8) == 0 ? random.Next(nodes.Length) : random.Next(run.Node + 1);
        switch (random.Next(20))
        {
            case 0 or 1:
                await BackAsync(run, bookmark, $"return {nodes[run.Node].Id} to {nodes[target].Id}",
                    context => context.ReturnTo(nodes[target].Id, "test"), () => _model.ReturnTo(run, target));
                break;
            case 2 or 3:
                await BackAsync(run, bookmark, $"detour {nodes[run.Node].Id} to {nodes[target].Id}",
                    context => context.DetourTo(nodes[target].Id, "test"), () => _model.DetourTo(run, target));
                break;
            case 4 when random.Next(6) == 0:
                await host.Cancel("test");
                _model.Cancel();
                Compare("cancel");
                break;
            default:
                string[] exits = [.. edges.Where(e => e.From == run.Node).Select(e => e.Port).Append("Done").Distinct()];
                string[] outcomes = [.. exits.Where(_ => random.Next(2) == 0).DefaultIfEmpty(exits[0])];
                await host.ResumeAt(bookmark, outcomes);
                _model.Complete(run, outcomes);
                Backs += outcomes.Contains("Back") ? 1 : 0;
                Compare($"{nodes[run.Node].Id} ends with {string.Join("+", outcomes)}");
                break;
        }
    }

    private async Task BackAsync(
        RefRun run, Guid bookmark, string step, Func<ActivityContext, ReturnOutcome> ask, Func<bool> model)
    {
        var expected = model();
        Backs += expected ? 1 : 0;
        ReturnOutcome? answer = null;
        await host.ResumeAt(bookmark, new Func<ActivityContext, ValueTask>(context =>
        {
            answer = ask(context);
            if (answer != ReturnOutcome.Accepted)
                context.CreateBookmark("Wait", context.ActivityId);
            return default;
        }));
        Check(expected == (answer == ReturnOutcome.Accepted), step, $"expected {expected}, got {answer}");
        if (!expected)
        {
            // The refused one waits again, now behind the others.
            _model.Waiting.Remove(run);
            _model.Waiting.Add(run);
        }

        Compare(step);
    }

    private void Compare(string step)
    {
        if (_model.IsEndless)
        {
            _seen = host.Journal.Count;
            Check(host.State.Incidents is [{ ExceptionType: "LoopGuard" }], step, "it goes round for ever, and the runtime did not stop it");
            return;
        }

        string[] watched = ["Started", "Completed", "Canceled", "Returned", "Detoured"];
        var ours = host.Journal.Skip(_seen).Where(e => watched.Contains(e.EventName) && e.Node.Children.Count == 0)
            .Select(e => $"{e.EventName} {e.ActivityId}#{e.Round}").Order(StringComparer.Ordinal).ToList();
        _seen = host.Journal.Count;
        var expected = _model.Events.Order(StringComparer.Ordinal).ToList();
        _model.Events.Clear();
        Compare(expected, ours, step, "did");
        var waiting = _model.Waiting.Select(r => nodes[r.Node].Id).ToList();
        Compare(waiting, [.. host.State.Bookmarks.Select(b => b.ActivityId)], step, "waits at");
        Check(_model.Finished == (host.State.Status == WorkflowStatus.Finished), step, $"finished: expected {_model.Finished}");
        Check(host.State.Incidents.Count == 0, step, string.Join("; ", host.State.Incidents.Select(i => i.Message)));
        if (!_singleTokens)
            return;

        var doubled = _model.Active.Where(r => r.DetourFor is null).GroupBy(r => r.Node).Where(g => g.Count() > 1).ToList();
        Check(doubled.Count == 0, step, $"doubled: {string.Join(" ", doubled.Select(g => nodes[g.Key].Id))}");
        if (_model.Finished && host.State.SubStatus == WorkflowSubStatus.Finished && !nodes.Any(n => n.Terminal))
            Check(!_model.Undecided.Any(), step, $"lost: {string.Join(" ", _model.Undecided)}");
    }

    private void Compare(List<string> expected, List<string> ours, string step, string what) => Check(
        expected.SequenceEqual(ours), step,
        $"expected [{string.Join(", ", expected)}] but the runtime {what} [{string.Join(", ", ours)}]");

    private void Check(bool ok, string step, string message)
    {
        if (!ok)
            Assert.Fail($"{seed}, step {Steps} ({step}): {message}\n{host.Definition.ToJsonString()}");
    }
}
