using System.Text.Json;
using System.Text.Json.Serialization;

namespace Approvals.Workflows;

/// <summary>Elsa's two statuses.</summary>
public enum WorkflowStatus
{
    /// <summary>Not ended.</summary>
    Running,

    /// <summary>Ended.</summary>
    Finished,
}

/// <summary>Why an instance stands still or has ended.</summary>
public enum WorkflowSubStatus
{
    /// <summary>Waits for a bookmark.</summary>
    Suspended,

    /// <summary>Ended by itself.</summary>
    Finished,

    /// <summary>Ended from outside.</summary>
    Cancelled,

    /// <summary>Has an open incident that stops it; its status stays running, because it can be retried and resumed.</summary>
    Faulted,
}

/// <summary>
/// All the runtime must remember of an instance between two bursts: what waits, variables and where flowcharts stand.
/// History is not in it; the host keeps the journal.
/// </summary>
public sealed class WorkflowState
{
    /// <summary>The instance.</summary>
    public Guid InstanceId { get; set; }

    /// <summary>The version id of the definition it runs, for ever.</summary>
    public string DefinitionVersionId { get; set; } = "";

    /// <summary>The host's key of the case, or null.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>A name given by <c>SetName</c>, or null.</summary>
    public string? Name { get; set; }

    /// <summary>The instance that started this one, or null.</summary>
    public Guid? ParentInstanceId { get; set; }

    /// <summary>The activity that started it, when not the usual one.</summary>
    public string? TriggerActivityId { get; set; }

    /// <summary>Ended or not.</summary>
    public WorkflowStatus Status { get; set; }

    /// <summary>Why.</summary>
    public WorkflowSubStatus SubStatus { get; set; }

    /// <summary>The number of the next journal entry.</summary>
    public long NextSequence { get; set; }

    /// <summary>The runs that have not ended, outer before inner; scheduled ones in the order of their turn.</summary>
    public List<ActivityRun> Runs { get; set; } = [];

    /// <summary>What the instance waits for.</summary>
    public List<Bookmark> Bookmarks { get; set; } = [];

    /// <summary>Open incidents.</summary>
    public List<Incident> Incidents { get; set; } = [];

    /// <summary>The named outputs.</summary>
    public Dictionary<string, object?>? Output { get; set; }

    /// <summary>The outcomes it ended with.</summary>
    public string[]? Outcomes { get; set; }

    /// <summary>Last outputs by activity id; kept only when an expression of the workflow asks for them.</summary>
    public Dictionary<string, Dictionary<string, object?>>? ActivityOutputs { get; set; }

    /// <summary>The output set last; kept only when an expression of the workflow asks for it.</summary>
    public object? LastResult { get; set; }

    /// <summary>The state as JSON text.</summary>
    public string Serialize() => JsonSerializer.Serialize(this, WorkflowStateJson.Default.WorkflowState);

    /// <summary>Reads what <see cref="Serialize"/> wrote; throws <see cref="JsonException"/> on anything else.</summary>
    public static WorkflowState Deserialize(string json) =>
        JsonSerializer.Deserialize(json, WorkflowStateJson.Default.WorkflowState) ?? throw new JsonException("null");
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    Converters = [typeof(StateValueConverter)])]
[JsonSerializable(typeof(WorkflowState))]
internal sealed partial class WorkflowStateJson : JsonSerializerContext;
