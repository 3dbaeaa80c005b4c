using System.Reflection;

namespace Approvals.Workflows;

/// <summary>All activity types of a host: the runtime's own and those found in the host's assemblies. Immutable.</summary>
public sealed class ActivityRegistry
{
    private readonly Dictionary<string, ActivityType> _types = new(StringComparer.Ordinal);

    /// <summary>
    /// Finds all classes with <see cref="ActivityAttribute"/> in the runtime's assembly and in <paramref name="assemblies"/>.
    /// Throws <see cref="InvalidOperationException"/> when two share a type name.
    /// </summary>
    public ActivityRegistry(params Assembly[] assemblies)
    {
        foreach (var assembly in assemblies.Prepend(typeof(ActivityRegistry).Assembly).Distinct())
        {
            foreach (var type in assembly.GetTypes())
            {
                if (ActivityType.TryRead(type) is { } found && !_types.TryAdd(found.Descriptor.TypeName, found))
                    throw new InvalidOperationException($"Two activities are named '{found.Descriptor.TypeName}'.");
            }
        }

        Descriptors = [.. _types.Values.Select(t => t.Descriptor).OrderBy(d => d.TypeName, StringComparer.Ordinal)];
    }

    /// <summary>The descriptors of all types, by type name.</summary>
    public IReadOnlyList<ActivityDescriptor> Descriptors { get; }

    /// <summary>The descriptor of a type, or null.</summary>
    public ActivityDescriptor? Find(string typeName) => FindType(typeName)?.Descriptor;

    /// <summary>The descriptor of a workflow used as an activity.</summary>
    public static ActivityDescriptor Describe(WorkflowDefinition definition) => WorkflowScope.Describe(definition);

    internal ActivityType? FindType(string typeName) => _types.GetValueOrDefault(typeName);
}
