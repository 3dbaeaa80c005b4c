using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Approvals.Workflows.Tests;

/// <summary>A host without storage: compiles, starts and resumes, and passes the state through JSON between all steps.</summary>
public sealed class Host : IWorkflowCatalogue, IServiceProvider
{
    public static readonly ActivityRegistry Registry = new(typeof(Host).Assembly);
    private readonly Dictionary<string, WorkflowDefinition> _published = [];

    public Host(string json, WorkflowEngineOptions? options = null, params WorkflowDefinition[] published)
        : this(json, expressions: null, options, published)
    {
    }

    public Host(
        string json, ExpressionEvaluator? expressions, WorkflowEngineOptions? options = null, params WorkflowDefinition[] published)
    {
        foreach (var definition in published)
            _published[definition.Name] = definition;
        Definition = WorkflowDefinition.Parse(json);
        Workflow = new WorkflowCompiler(expressions, catalogue: this).Compile(Definition, Registry);
        Engine = new WorkflowEngine(Clock, options);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));

    public WorkflowDefinition Definition { get; }

    public CompiledWorkflow Workflow { get; }

    public WorkflowEngine Engine { get; }

    public WorkflowState State { get; private set; } = null!;

    /// <summary>Goes on with an instance that began elsewhere.</summary>
    public void Adopt(WorkflowState state) => State = state;

    public List<JournalEntry> Journal { get; } = [];

    public List<string> Lines { get; } = [];

    public bool Fails { get; set; } = true;

    /// <summary>False: the state goes through JSON after every step, as with a database.</summary>
    public bool KeepsStateInMemory { get; set; }

    public object? Received { get; set; }

    /// <summary>Title that the last resumed wait had.</summary>
    public string? Title { get; set; }

    public List<IExpressionContributor> Contributors { get; } = [];

    public object? GetService(Type serviceType) =>
        serviceType == typeof(Host) ? this
        : serviceType == typeof(IEnumerable<IExpressionContributor>) ? Contributors
        : null;

    public static Host Of(ActivityContext context) => context.Services.GetRequiredService<Host>();

    public WorkflowDefinition? Find(string activityType, string? versionId) => _published.GetValueOrDefault(activityType);

    public async Task<WorkflowRun> Start(Dictionary<string, object?>? input = null, string? trigger = null,
        string? correlation = null) =>
        Take(await Engine.StartAsync(Workflow, new StartRequest
        {
            InstanceId = Guid.CreateVersion7(Clock.GetUtcNow()), Services = this, Input = input, TriggerActivityId = trigger,
            CorrelationId = correlation,
        }, TestContext.Current.CancellationToken));

    public Task<WorkflowRun> Resume(string activityId, object? input = null) =>
        ResumeAt(State.Bookmarks.First(b => b.ActivityId == activityId).Id, input);

    public async Task<WorkflowRun> ResumeAt(Guid bookmark, object? input = null) =>
        Take(await Engine.ResumeAsync(
            Workflow, State, new ResumeRequest { BookmarkId = bookmark, Services = this, Input = input },
            TestContext.Current.CancellationToken));

    public Task<WorkflowRun> Act(string activityId, Action<ActivityContext> act) =>
        Resume(activityId, new Func<ActivityContext, ValueTask>(context =>
        {
            act(context);
            return default;
        }));

    public async Task<WorkflowRun> Retry(Guid? incident = null) =>
        Take(await Engine.RetryAsync(
            Workflow, State, new RetryRequest { IncidentId = incident ?? State.Incidents[0].Id, Services = this },
            TestContext.Current.CancellationToken));

    public async Task<WorkflowRun> Cancel(string reason) =>
        Take(await Engine.CancelAsync(
            Workflow, State, new CancelRequest { Reason = reason, Services = this }, TestContext.Current.CancellationToken));

    /// <summary>The activities that wait, in id order.</summary>
    public string Waiting => string.Join(" ", State.Bookmarks.Select(b => b.ActivityId).Order(StringComparer.Ordinal));

    /// <summary>The activities that completed, in order, without containers.</summary>
    public string Path => Events(JournalEvents.Completed);

    public string Events(string name) => string.Join(" ", Journal
        .Where(e => e.EventName == name && e.Node.Children.Count == 0).Select(e => e.ActivityId));

    public object? Variable(string name) => State.Runs[0].Variables?[Workflow.Definition.Variables.ToList().FindIndex(v =>
        v.Name == name)];

    private WorkflowRun Take(WorkflowRun run)
    {
        Journal.AddRange(run.Journal);
        Lines.AddRange(run.Lines);
        State = KeepsStateInMemory ? run.State : WorkflowState.Deserialize(run.State.Serialize());
        return run;
    }

    public static string Recorded(string name, string part)
    {
        using var stream = typeof(Host).Assembly.GetManifestResourceStream(name)!;
        var json = JsonNode.Parse(stream)!;
        foreach (var step in part.Split('.', StringSplitOptions.RemoveEmptyEntries))
            json = json[step]!;
        return json.ToJsonString();
    }
}
