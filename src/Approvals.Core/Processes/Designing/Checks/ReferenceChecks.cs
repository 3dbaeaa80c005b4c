using System.Text.Json;
using Approvals.Core.Certificates;
using Approvals.Core.Designer;
using Approvals.Core.Forms;
using Approvals.Workflows;

namespace Approvals.Core.Processes.Designing.Checks;

/// <summary>Whatever an activity names must be there: forms, field rights, fields, document texts, rule sets, processes, steps.</summary>
internal static class ReferenceChecks
{
    public static IEnumerable<DesignFinding> Find(CheckedDesign design)
    {
        var documents = design.Files.Keys.Where(path => path.StartsWith("documents/", StringComparison.Ordinal))
            .Select(path => path["documents/".Length..^".json".Length]).ToHashSet(StringComparer.Ordinal);
        var fields = design.Forms.Values.SelectMany(form => form.Fields).Select(field => field.Key).ToHashSet(StringComparer.Ordinal);
        var steps = design.Activities.Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var node in design.Activities)
        {
            foreach (var finding in Missing(node, OptionSources.Forms, "form", "表单", design.Forms.Keys.ToHashSet(StringComparer.Ordinal))
                .Concat(Missing(node, OptionSources.Documents, "document", "文书模板", documents))
                .Concat(Missing(node, OptionSources.RuleSets, "rule-set", "规则集", design.World.RuleSets))
                .Concat(Missing(node, OptionSources.Processes, "process", "已发布的流程", design.World.Processes))
                .Concat(Missing(node, OptionSources.SubProcesses, "process", "已发布的流程", design.World.Processes))
                .Concat(Missing(node, OptionSources.ApprovalSteps, "step", "环节", steps))
                .Concat(design.Forms.Count == 0 ? [] : Missing(node, OptionSources.Fields, "field", "表单字段", fields))
                .Concat(Rights(node, design)))
            {
                yield return finding;
            }
        }
    }

    /// <summary>Documents and forms that cannot be read, whoever uses them.</summary>
    public static IEnumerable<DesignFinding> Files(CheckedDesign design)
    {
        foreach (var problem in FormFiles.ProblemsOf(design.Files))
            yield return new DesignFinding(null, "file", ProblemSeverity.Error, problem);
        foreach (var (path, content) in design.Files.Where(file => file.Key.StartsWith("documents/", StringComparison.Ordinal)))
        {
            if (DocumentProblem(content) is { } problem)
                yield return new DesignFinding(null, "file", ProblemSeverity.Error, $"{path}：{problem}");
        }
    }

    private static IEnumerable<DesignFinding> Missing(
        CompiledNode node, string source, string code, string what, IReadOnlySet<string> known) =>
        StoredInput.From(node, source).SelectMany(input => input.Values.Where(value => !known.Contains(value))
            .Select(value => DesignFinding.At(
                node, code, ProblemSeverity.Error, $"“{input.Input.DisplayName}”选择的{what}“{value}”不存在。")));

    /// <summary>A step that names rights the form does not lay down gets those of any other step, which is seldom meant.</summary>
    private static IEnumerable<DesignFinding> Rights(CompiledNode node, CheckedDesign design)
    {
        if (StoredInput.From(node, OptionSources.Forms).FirstOrDefault()?.Values is not [var key] || !design.Forms.TryGetValue(key, out var form))
            yield break;
        foreach (var value in StoredInput.From(node, OptionSources.FieldRights).SelectMany(input => input.Values))
        {
            if (!form.Rights.ContainsKey(value))
            {
                yield return DesignFinding.At(
                    node, "rights", ProblemSeverity.Warning, $"表单“{form.Title}”（{key}）没有规定“{value}”的字段权限，将按其他环节的权限办理。");
            }
        }
    }

    private static string? DocumentProblem(string content)
    {
        try
        {
            DocumentText.Parse(content).Map(template =>
            {
                DocumentLiquid.Check(template);
                return template;
            });
            return null;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
        catch (JsonException error)
        {
            return $"文书模板格式有误：{error.Message}";
        }
    }
}
