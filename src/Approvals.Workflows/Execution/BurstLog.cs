using System.Text.Json.Nodes;

namespace Approvals.Workflows;

/// <summary>Collects what a burst did.</summary>
internal sealed class BurstLog(WorkflowState state, TimeProvider clock)
{
    private readonly List<JournalEntry> _journal = new(32);
    private List<Bookmark>? _created;
    private List<Bookmark>? _removed;
    private List<Incident>? _incidents;
    private List<Incident>? _closed;
    private List<ChildWorkflowRequest>? _children;
    private List<PublishedEvent>? _events;
    private List<string>? _lines;

    public List<Incident> NewIncidents => _incidents ??= [];

    public List<ChildWorkflowRequest> Children => _children ??= [];

    public List<PublishedEvent> Events => _events ??= [];

    public List<string> Lines => _lines ??= [];

    public void Add(
        ActivityRun run, string eventName, string? message = null, IReadOnlyList<string>? outcomes = null,
        JsonObject? payload = null) =>
        _journal.Add(new JournalEntry(
            state.NextSequence++, run.Node, run.Id, run.Parent?.Id, eventName, clock.GetUtcNow(), run.Round, message, outcomes,
            payload));

    public void Made(Bookmark bookmark)
    {
        (_created ??= []).Add(bookmark);
        state.Bookmarks.Add(bookmark);
    }

    /// <summary>A bookmark made and gone within the burst never reaches the host, nor does a workflow that was to end the wait at it.</summary>
    public void Burned(Bookmark bookmark)
    {
        _children?.RemoveAll(child => child.BookmarkId == bookmark.Id);
        if (_created?.Remove(bookmark) != true)
            (_removed ??= []).Add(bookmark);
    }

    public void Closed(Incident incident)
    {
        if (_incidents?.Remove(incident) != true)
            (_closed ??= []).Add(incident);
    }

    public WorkflowRun ToRun() => new()
    {
        State = state,
        Journal = _journal,
        Created = _created ?? (IReadOnlyList<Bookmark>)[],
        Removed = _removed ?? (IReadOnlyList<Bookmark>)[],
        NewIncidents = _incidents ?? (IReadOnlyList<Incident>)[],
        ClosedIncidents = _closed ?? (IReadOnlyList<Incident>)[],
        Children = _children ?? (IReadOnlyList<ChildWorkflowRequest>)[],
        Events = _events ?? (IReadOnlyList<PublishedEvent>)[],
        Lines = _lines ?? (IReadOnlyList<string>)[],
    };
}
