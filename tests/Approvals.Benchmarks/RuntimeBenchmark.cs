using System.Diagnostics;
using System.Text.Json.Nodes;
using Approvals.Workflows;

namespace Approvals.Benchmarks;

/// <summary>
/// The runtime alone: a flowchart of ten activities from start to finish, journal included. Compared in the same run with
/// parsing and compiling the definition each time, and with the same steps written by hand.
/// </summary>
public static class RuntimeBenchmark
{
    private const int Runs = 20_000;
    private const int CompareRuns = 500;

    /// <summary>A JSON line for each figure.</summary>
    public static string Run()
    {
        var json = Definition().ToJsonString();
        var registry = new ActivityRegistry();
        var compiler = new WorkflowCompiler();
        var engine = new WorkflowEngine(TimeProvider.System);
        var compiled = compiler.Compile(WorkflowDefinition.Parse(json), registry);
        var request = new StartRequest { InstanceId = Guid.CreateVersion7(), Services = new NoServices() };

        Check(engine.StartAsync(compiled, request).Result);
        Measure(Runs, () => engine.StartAsync(compiled, request).GetAwaiter().GetResult());
        var (cpu, alloc, wall) = Measure(Runs, () => engine.StartAsync(compiled, request).GetAwaiter().GetResult());
        void Naive() => engine.StartAsync(compiler.Compile(WorkflowDefinition.Parse(json), registry),
            request).GetAwaiter().GetResult();
        Measure(CompareRuns, Naive);
        var (naiveCpu, naiveAlloc, _) = Measure(CompareRuns, Naive);
        var byHand = new ByHand();
        Measure(Runs, byHand.Run);
        var (handCpu, handAlloc, handWall) = Measure(Runs, byHand.Run);

        return string.Join(
            '\n',
            Figure.Line(
                "flowchart10.memory.cpu", cpu, "ms CPU a run", handCpu,
                $"limit 0.05; wall {wall:0.000} ms; reference: the same steps by hand, wall {handWall:0.000} ms; "
                + $"compiling it each time {naiveCpu:0.000} ms; stock Elsa 3.8: 2.5 ms; {MachineLoad.Note}"),
            Figure.Line(
                "flowchart10.memory", alloc, "KiB allocated a run", handAlloc,
                $"limit 16; reference: the same steps by hand; compiling it each time {naiveAlloc:0.0} KiB; stock Elsa 3.8: 382 KiB"));
    }

    private static (double CpuMs, double AllocKib, double WallMs) Measure(int runs, Action action)
    {
        var (cpu, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < runs; i++)
            action();
        return ((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / runs,
            (GC.GetAllocatedBytesForCurrentThread() - bytes) / 1024.0 / runs, clock.Elapsed.TotalMilliseconds / runs);
    }

    private static void Check(WorkflowRun run)
    {
        var completed = run.Journal.Count(e => e.EventName == JournalEvents.Completed && e.Node.Children.Count == 0);
        if (run.SubStatus != WorkflowSubStatus.Finished || completed != 10)
            throw new InvalidOperationException($"The benchmark's flowchart ran {completed} activities and is {run.SubStatus}.");
    }

    /// <summary>Start, variable, line, decision, two branches joined, variable, decision, line, End: ten run, two are
    /// skipped.</summary>
    private static JsonObject Definition()
    {
        JsonObject Activity(string id, string type, params (string, JsonNode)[] more)
        {
            var activity = new JsonObject { ["id"] = id, ["name"] = id, ["type"] = "Elsa." + type, ["version"] = 1 };
            foreach (var (name, value) in more)
                activity[name] = value;
            return activity;
        }

        JsonNode Value(string type, string value) =>
            new JsonObject { ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };
        JsonNode Variable() => new JsonObject { ["id"] = "v1", ["name"] = "Amount" };
        JsonObject Line(string from, string port, string to) => new()
        {
            ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
            ["target"] = new JsonObject { ["activity"] = to },
        };

        return new JsonObject
        {
            ["id"] = "bench-v1",
            ["definitionId"] = "bench",
            ["name"] = "bench",
            ["variables"] = new JsonArray(new JsonObject { ["id"] = "v1", ["name"] = "Amount", ["typeName"] = "Int32",
                ["value"] = "0" }),
            ["root"] = new JsonObject
            {
                ["id"] = "Flowchart1",
                ["type"] = "Elsa.Flowchart",
                ["activities"] = new JsonArray(
                    Activity("start", "Start"),
                    Activity("set1", "SetVariable", ("variable", Variable()), ("value", Value("Literal", "8000"))),
                    Activity("line1", "WriteLine", ("text", Value("Literal", "申请已受理"))),
                    Activity("big", "FlowDecision", ("condition", Value("JavaScript", "getAmount() > 5000"))),
                    Activity("yes", "WriteLine", ("text", Value("Literal", "大额"))),
                    Activity("no", "WriteLine", ("text", Value("Literal", "小额"))),
                    Activity("join", "FlowJoin", ("mode", Value("Literal", "WaitAllActive"))),
                    Activity("set2", "SetVariable", ("variable", Variable()), ("value", Value("JavaScript",
                        "variables.Amount + 1"))),
                    Activity("odd", "FlowDecision", ("condition", Value("JavaScript", "variables.Amount === 8001"))),
                    Activity("line2", "WriteLine", ("text", Value("Variable", "Amount"))),
                    Activity("line3", "WriteLine", ("text", Value("Literal", "不应到达"))),
                    Activity("end", "End")),
                ["connections"] = new JsonArray(
                    Line("start", "Done", "set1"), Line("set1", "Done", "line1"), Line("line1", "Done", "big"),
                    Line("big", "True", "yes"), Line("big", "False", "no"), Line("yes", "Done", "join"), Line("no", "Done",
                        "join"),
                    Line("join", "Done", "set2"), Line("set2", "Done", "odd"), Line("odd", "True", "line2"),
                    Line("odd", "False", "line3"), Line("line2", "Done", "end"), Line("line3", "Done", "end")),
            },
        };
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    /// <summary>The same ten steps as plain C#, with a journal of the same facts: what cannot be undercut.</summary>
    private sealed class ByHand
    {
        private List<(string Activity, string Event, Guid Run, DateTimeOffset At)> _journal = [];
        private int _amount;

        public void Run()
        {
            // A list of its own, because whoever runs something keeps what it journalled.
            _journal = [];
            Step("start", static _ => { });
            Step("set1", static s => s._amount = 8000);
            Step("line1", static _ => { });
            Step("big", static _ => { });
            Step(_amount > 5000 ? "yes" : "no", static _ => { });
            Step("join", static _ => { });
            Step("set2", static s => s._amount++);
            Step("odd", static _ => { });
            Step(_amount == 8001 ? "line2" : "line3", static _ => { });
            Step("end", static _ => { });
        }

        private void Step(string activity, Action<ByHand> work)
        {
            var run = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            _journal.Add((activity, "Started", run, TimeProvider.System.GetUtcNow()));
            work(this);
            _journal.Add((activity, "Completed", run, TimeProvider.System.GetUtcNow()));
        }
    }
}
