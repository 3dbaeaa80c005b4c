namespace Approvals.Workflows.Tests;

/// <summary>One walk through several versions; a twin, when there is one, walks the first version without ever being moved.</summary>
internal sealed class MovingWalk
{
    private readonly IReadOnlyList<FlowVariant> _versions;
    private readonly Host[] _hosts;
    private readonly Random _random;
    private readonly string _seed;
    private readonly Host? _twin;
    private readonly bool _singleTokens;
    private readonly HashSet<string> _done = [];
    private int _at;
    private int _seen;
    private int _twinSeen;
    private string _step = "start";

    public MovingWalk(IReadOnlyList<FlowVariant> versions, Random random, string seed, Host? twin = null)
    {
        (_versions, _random, _seed, _twin) = (versions, random, seed, twin);
        _hosts = [.. versions.Select((version, index) => new Host(version.ToJson($"v{index + 1}")) { KeepsStateInMemory = true })];
        _singleTokens = versions.All(version => version.Nodes.All(node => node.Mode is not ("Cascade" or "Stream")));
    }

    public int Moved { get; private set; }

    public int Refused { get; private set; }

    public int Steps { get; private set; }

    /// <summary>The drawing went round by itself until the engine ended it.</summary>
    public bool IsEndless { get; private set; }

    private Host Host => _hosts[_at];

    public async Task WalkAsync()
    {
        if (!Host.Workflow.CanStart)
            return;
        await Host.Start();
        if (_twin is not null)
            await _twin.Start();
        Look(null);
        while (Host.State.Status == WorkflowStatus.Running && !IsEndless && Steps < 25)
        {
            Steps++;
            TryMove();
            var flow = FlowOf(Host.State);
            await ActAsync();
            Look(flow);
        }
    }

    private void TryMove()
    {
        var target = _random.Next(_hosts.Length);
        if (target == _at || _random.Next(3) == 0)
            return;
        var before = Host.State.Serialize();
        var verdict = StateMover.Move(Host.Workflow, _hosts[target].Workflow, Host.State, Host.Clock.GetUtcNow());
        Check(before == Host.State.Serialize(), "the judged state was changed");
        if (!verdict.CanMove)
        {
            Refused++;
            Check(verdict.Problems.All(problem => problem.Message.Length > 5 && !problem.Message.Contains('\u0001')), "a problem says nothing");
            return;
        }

        Moved++;
        _step = $"moved from v{_at + 1} to v{target + 1}";
        var moved = verdict.State!;
        Check(Same(Host.State.Bookmarks.Select(mark => mark.Id), moved.Bookmarks.Select(mark => mark.Id)), "bookmarks changed");
        Check(Same(Host.State.Runs.Select(run => run.Id), moved.Runs.Select(run => run.Id)), "runs changed");
        Check(Same(Host.State.Runs.Select(run => run.NodeId), moved.Runs.Select(run => run.NodeId)), "places changed");
        Check(moved.DefinitionVersionId == $"v{target + 1}", "the state names another version");
        Check(verdict.Journal is { EventName: JournalEvents.Moved } line && line.Sequence == moved.NextSequence - 1, "the journal does not go on");
        var standing = moved.Runs.Where(run => run.DetourForId is null && run.Flow is null && run.ParentId is not null);
        MoveChecks.Check(
            _versions[_at], FlowOf(Host.State), _versions[target], FlowOf(moved), standing.Select(run => run.NodeId).Where(id => id.Contains(':')).Select(id => id.Split(':')[^1]), Check);
        _hosts[target].Journal.Clear();
        _hosts[target].Adopt(WorkflowState.Deserialize(moved.Serialize()));
        (_at, _seen) = (target, 0);
    }

    private async Task ActAsync()
    {
        var choice = _random.Next(Host.State.Bookmarks.Count);
        var mark = Host.State.Bookmarks[choice];
        var nodes = _versions[_at].Nodes;
        var target = nodes[_random.Next(nodes.Count)].Id;
        object input;
        switch (_random.Next(12))
        {
            case 0:
                _step = $"return {mark.ActivityId} to {target}";
                input = Back(context => context.ReturnTo(target, "test"));
                break;
            case 1:
                _step = $"detour {mark.ActivityId} to {target}";
                input = Back(context => context.DetourTo(target, "test"));
                break;
            default:
                string[] exits = [.. _versions[_at].Edges.Where(edge => edge.From == mark.ActivityId).Select(edge => edge.Port).Append("Done").Distinct().Order()];
                string[] outcomes = [.. exits.Where(_ => _random.Next(2) == 0).DefaultIfEmpty(exits[0])];
                _step = $"{mark.ActivityId} ends with {string.Join("+", outcomes)}";
                CheckExits(mark, outcomes);
                input = outcomes;
                break;
        }

        if (_twin is not null)
        {
            var same = Host.State.Bookmarks.Take(choice).Count(one => one.ActivityId == mark.ActivityId);
            await _twin.ResumeAt(_twin.State.Bookmarks.Where(one => one.ActivityId == mark.ActivityId).ElementAt(same).Id, input);
        }

        await Host.ResumeAt(mark.Id, input);
    }

    private static Func<ActivityContext, ValueTask> Back(Func<ActivityContext, ReturnOutcome> ask) => context =>
    {
        if (ask(context) != ReturnOutcome.Accepted)
            context.CreateBookmark("Wait", context.ActivityId);
        return default;
    };

    private void Look(FlowState? flow)
    {
        var lines = Host.Journal.Skip(_seen).Where(line => line.Node.Children.Count == 0).ToList();
        _seen = Host.Journal.Count;
        var state = Host.State;

        // A drawing that leads back may go round for ever by itself, which the engine ends; that says nothing about moving, and must be rare.
        IsEndless = state.Incidents is [{ ExceptionType: "LoopGuard" }] && _versions[_at].Edges.Any(_versions[_at].MayLeadBack);
        if (IsEndless)
            return;
        Check(state.Incidents.Count == 0, string.Join("; ", state.Incidents.Select(incident => incident.Message)));
        if (state.Status == WorkflowStatus.Running)
            Check(state.Bookmarks.Count > 0, "it stands still and waits for nothing");
        CompareWithTwin(lines);
        if (!_singleTokens)
            return;

        var doubled = state.Runs.Where(run => run.DetourForId is null).GroupBy(run => run.NodeId).Where(group => group.Count() > 1).ToList();
        Check(doubled.Count == 0, $"doubled: {string.Join(" ", doubled.Select(group => group.Key))}");
        CheckRepeats(lines);
        if (state.SubStatus == WorkflowSubStatus.Finished && flow is not null && !_versions[_at].Nodes.Any(node => node.Terminal))
            CheckLost(flow);
    }

    /// <summary>What has completed runs again only after something went back.</summary>
    private void CheckRepeats(List<JournalEntry> lines)
    {
        if (lines.Any(line => line.EventName is "Returned" or "Detoured" or "Canceled") || lines.Any(line => line.Outcomes?.Contains("Back") == true)
            || lines.Any(line => line.EventName == "Completed" && GoesBack(line)))
        {
            _done.Clear();
            return;
        }

        foreach (var line in lines)
        {
            if (line.EventName == "Started")
                Check(!_done.Contains(line.ActivityId), $"{line.ActivityId} had completed and was started again");
            else if (line.EventName == "Completed")
                _done.Add(line.ActivityId);
        }
    }

    /// <summary>A branch must not run into an activity that is done: nobody would go on from there.</summary>
    private void CheckExits(Bookmark mark, string[] outcomes)
    {
        if (!_singleTokens || Host.State.Runs.Find(run => run.Id == mark.ActivityRunId)!.DetourForId is not null)
            return;
        var version = _versions[_at];
        var followed = version.Edges.Where(edge => edge.From == mark.ActivityId && outcomes.Contains(edge.Port)).ToList();
        if (followed.Any(version.MayLeadBack))
            return;
        foreach (var edge in followed.Where(edge => version.Nodes[version.IndexOf(edge.To)].Mode != "WaitAny"))
            Check(FlowOf(Host.State).Nodes[version.IndexOf(edge.To)] != 1, $"the branch runs into {edge.To}, which is done");
    }

    private static FlowState FlowOf(WorkflowState state) => state.Runs.Find(run => run.Flow is not null)!.Flow!;

    private bool GoesBack(JournalEntry line) => _versions[_at].Edges
        .Where(edge => edge.From == line.ActivityId && line.Outcomes?.Contains(edge.Port) == true)
        .Any(_versions[_at].MayLeadBack);

    /// <summary>When a flowchart has ended by itself, every activity in reach has run, was skipped or was stopped.</summary>
    private void CheckLost(FlowState flow)
    {
        var version = _versions[_at];
        var reachable = version.Reachable();
        var lost = version.Nodes.Where((node, index) => reachable.Contains(node.Id) && flow.Nodes[index] == 0).Select(node => node.Id).ToList();
        Check(lost.Count == 0, $"lost: {string.Join(" ", lost)}");
    }

    private void CompareWithTwin(List<JournalEntry> lines)
    {
        if (_twin is null)
            return;
        var expected = _twin.Journal.Skip(_twinSeen).Where(line => line.Node.Children.Count == 0).Select(Words).Order(StringComparer.Ordinal).ToList();
        _twinSeen = _twin.Journal.Count;
        var ours = lines.Select(Words).Order(StringComparer.Ordinal).ToList();
        Check(expected.SequenceEqual(ours), $"the twin did [{string.Join(", ", expected)}], the moved one [{string.Join(", ", ours)}]");
        Check(
            _twin.State.Bookmarks.Select(mark => mark.ActivityId).Order().SequenceEqual(Host.State.Bookmarks.Select(mark => mark.ActivityId).Order()),
            "the twin waits elsewhere");

        static string Words(JournalEntry line) => $"{line.EventName} {line.ActivityId}#{line.Round} {string.Join("+", line.Outcomes ?? [])}";
    }

    private static bool Same<T>(IEnumerable<T> one, IEnumerable<T> other) => one.SequenceEqual(other);

    private void Check(bool ok, string message)
    {
        if (!ok)
            Assert.Fail($"{_seed}, step {Steps} ({_step}), v{_at + 1}: {message}\n{Host.Definition.ToJsonString()}");
    }
}
