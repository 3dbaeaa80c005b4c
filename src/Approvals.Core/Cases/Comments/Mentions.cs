namespace Approvals.Core.Cases;

/// <summary>Finds who is mentioned in a text, as people write it: @ and the name.</summary>
public static class Mentions
{
    /// <summary>The people whose names follow an @ in the text, in the order of the list. Of two names the longer one counts (@王强强 is not 王强).</summary>
    /// <param name="text">What was written; @ and its full-width form ＠ both count.</param>
    /// <param name="people">Id and name of those who may be mentioned; people of one name are all meant.</param>
    public static IReadOnlyList<Guid> In(string text, IReadOnlyCollection<(Guid Id, string Name)> people)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var names = people.Select(one => one.Name).Where(name => name.Length > 0).Distinct().OrderByDescending(name => name.Length).ToList();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is '@' or '＠' && names.Find(name => string.CompareOrdinal(text, at + 1, name, 0, name.Length) == 0) is { } name)
                found.Add(name);
        }

        return [.. people.Where(one => found.Contains(one.Name)).Select(one => one.Id).Distinct()];
    }
}
