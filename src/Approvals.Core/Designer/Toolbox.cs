using Approvals.Workflows;

namespace Approvals.Core.Designer;

/// <summary>
/// Everything the designer is told of activity types (工具箱): those of the product, published workflows used as activities, and whatever
/// else a stored definition holds. Studio draws an empty canvas for a type or version it is not told of, and would save the emptiness.
/// </summary>
internal static class Toolbox
{
    /// <summary>The descriptors, each (type, version) once, in the order of the toolbox.</summary>
    /// <param name="own">Types of the product.</param>
    /// <param name="published">Published versions that are usable as an activity.</param>
    /// <param name="stored">Every type that a stored definition uses.</param>
    /// <param name="workflow">A stored version by its id, as an activity; null when it is none.</param>
    public static IReadOnlyList<ActivityDescriptor> Compose(
        IEnumerable<ActivityDescriptor> own,
        IEnumerable<ActivityDescriptor> published,
        IEnumerable<StoredActivityType> stored,
        Func<string, ActivityDescriptor?> workflow)
    {
        var all = new Dictionary<(string Type, int Version), ActivityDescriptor>();
        foreach (var descriptor in own.Concat(published))
            all.TryAdd((descriptor.TypeName, descriptor.Version), descriptor);

        var known = all.Values.GroupBy(one => one.TypeName).ToDictionary(group => group.Key, group => group.MaxBy(one => one.Version)!);
        foreach (var group in stored.GroupBy(use => (use.Type, use.Version)).Where(group => !all.ContainsKey(group.Key)))
        {
            var version = group.Select(use => use.WorkflowVersionId).OfType<string>().Select(workflow).FirstOrDefault(one => one is not null);
            all.Add(group.Key, (version ?? known.GetValueOrDefault(group.Key.Type) ?? Unknown(group)) with
            {
                TypeName = group.Key.Type,
                Version = group.Key.Version,
                IsBrowsable = known.TryGetValue(group.Key.Type, out var newest) && newest.IsBrowsable && newest.Version < group.Key.Version,
            });
        }

        return
        [
            .. all.Values.OrderBy(one => one.Category, StringComparer.Ordinal).ThenBy(one => one.TypeName, StringComparer.Ordinal)
                .ThenBy(one => one.Version),
        ];
    }

    /// <summary>A type that nobody knows keeps the outcomes its connections have, so that they are drawn.</summary>
    private static ActivityDescriptor Unknown(IGrouping<(string Type, int Version), StoredActivityType> uses)
    {
        var outcomes = uses.SelectMany(use => use.Outcomes).Distinct(StringComparer.Ordinal).DefaultIfEmpty(OutcomeAttribute.Done);
        return new ActivityDescriptor
        {
            TypeName = uses.Key.Type,
            Namespace = "",
            Name = "未知活动",
            Category = Categories.Hidden,
            DisplayName = "未知活动",
            Description = $"系统中没有“{uses.Key.Type}”这种活动，流程不能发布。请删除或换成工具箱中的活动。",
            IsBrowsable = false,
            Ports = [.. outcomes.Select(name => new PortDescriptor(name, name == OutcomeAttribute.Done ? "完成" : name, false))],
        };
    }
}
