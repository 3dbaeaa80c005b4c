namespace Approvals.Core.Forms;

/// <summary>The forms and dictionaries among the files of a process.</summary>
public static class FormFiles
{
    /// <summary>Path of a form's file within a process.</summary>
    public static string FormPath(string formKey) => $"forms/{formKey}.json";

    /// <summary>Path of a dictionary's file within a process.</summary>
    public static string DictionaryPath(string name) => $"dictionaries/{name}.json";

    /// <summary>
    /// Everything wrong with the forms and dictionaries of a process, in Chinese with the file's path; empty when all can be
    /// used. Called before a version is imported or published.
    /// </summary>
    /// <param name="files">Path → content of every file of the process.</param>
    public static IReadOnlyList<string> ProblemsOf(IReadOnlyDictionary<string, string> files)
    {
        var problems = new List<string>();
        foreach (var (path, content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            try
            {
                if (KeyIn(path, "dictionaries/") is { } name)
                {
                    ChoiceDictionary.Parse(name, content);
                }
                else if (KeyIn(path, "forms/") is { } key)
                {
                    problems.AddRange(MissingDictionaries(FormDefinition.Parse(key, content), files)
                        .Select(dictionary => $"{path}：字典“{dictionary}”不存在"));
                }
            }
            catch (FormDefinitionException error)
            {
                problems.AddRange(error.Problems.Select(problem => $"{path}：{problem}"));
            }
        }

        return problems;
    }

    private static string? KeyIn(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal)
            ? path[folder.Length..^".json".Length] : null;

    private static IEnumerable<string> MissingDictionaries(FormDefinition form, IReadOnlyDictionary<string, string> files) =>
        form.Fields.Concat(form.Fields.SelectMany(field => field.Columns))
            .Select(field => field.Dictionary).OfType<string>().Distinct()
            .Where(name => !files.ContainsKey(DictionaryPath(name)));
}
