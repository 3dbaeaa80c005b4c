using System.Text.RegularExpressions;
using Approvals.Core.Regulations;

namespace Approvals.Core.Forms;

/// <summary>What a form file may not contain although it is well-formed JSON.</summary>
internal static partial class FormDefinitionChecks
{
    public static IEnumerable<string> ProblemsOf(FormDefinition form)
    {
        var keys = form.Fields.Select(field => field.Key).ToHashSet(StringComparer.Ordinal);
        return DuplicatesAmong(form.Fields, "")
            .Concat(form.Fields.SelectMany(field => FieldProblems(form, field, keys)))
            .Concat(GridProblems(form, keys))
            .Concat(RightsProblems(form, keys));
    }

    [GeneratedRegex("^[a-z][A-Za-z0-9]*$")]
    private static partial Regex KeyShape();

    private static IEnumerable<string> DuplicatesAmong(IReadOnlyList<FormField> fields, string prefix) =>
        fields.SelectMany(field => field.IsPicked ? [field.Key, field.NameKey] : new[] { field.Key })
            .GroupBy(key => key).Where(group => group.Count() > 1)
            .Select(group => $"字段键“{prefix}{group.Key}”重复");

    private static IEnumerable<string> FieldProblems(FormDefinition form, FormField field, HashSet<string> keys)
    {
        if (field.Section is not null && form.Sections.All(section => section.Key != field.Section))
        {
            yield return $"字段“{field.Key}”的分组“{field.Section}”不存在";
        }

        if (field.VisibleWhen is not null && !keys.Contains(field.VisibleWhen.Field))
        {
            yield return $"字段“{field.Key}”的显示条件引用了不存在的字段“{field.VisibleWhen.Field}”";
        }

        foreach (var problem in ShapeProblems(field, field.Key, keys))
        {
            yield return problem;
        }

        if (field.Compute is not null)
        {
            foreach (var problem in ComputeCall.ProblemsOf(field.Compute, keys))
            {
                yield return $"字段“{field.Key}”的计算式{problem}";
            }
        }

        if ((field.Type == FieldType.Rows) != (field.Columns.Count > 0))
        {
            yield return $"字段“{field.Key}”：只有明细（rows）有列（columns），且至少一列";
        }

        var columnKeys = field.Columns.Select(column => column.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var problem in DuplicatesAmong(field.Columns, field.Key + ".")
                     .Concat(field.Columns.SelectMany(column => ColumnProblems(field, column, columnKeys))))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> ColumnProblems(FormField rows, FormField column, HashSet<string> keys)
    {
        var name = $"{rows.Key}.{column.Key}";
        if (column.IsFile || column.Type is FieldType.Rows or FieldType.Computed || column.VisibleWhen is not null)
        {
            yield return $"明细列“{name}”只能是简单字段，不能有显示条件";
        }

        foreach (var problem in ShapeProblems(column, name, keys))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> ShapeProblems(FormField field, string name, HashSet<string> siblings)
    {
        if (!KeyShape().IsMatch(field.Key))
        {
            yield return $"字段键“{name}”须以小写字母开头，只含字母和数字";
        }

        if ((field.Type == FieldType.Choice) != (field.Dictionary is not null))
        {
            yield return $"字段“{name}”：选择（choice）须指明字典（dictionary），其他类型不得指明";
        }

        if ((field.Type == FieldType.Computed) != (field.Compute is not null))
        {
            yield return $"字段“{name}”：计算字段（computed）须有计算式（compute），其他类型不得有";
        }

        if (field.NotBefore is not null && (field.Type != FieldType.Date || !siblings.Contains(field.NotBefore)))
        {
            yield return $"字段“{name}”的 notBefore 须是日期字段对另一日期字段的引用";
        }

        if ((field.Pattern is null) != (field.PatternMessage is null))
        {
            yield return $"字段“{name}”的 pattern 和 patternMessage 须一并给出";
        }

        if (field.Pattern is not null && !IsUsable(field.Pattern))
        {
            yield return $"字段“{name}”的 pattern 不是可用的正则表达式";
        }

        foreach (var parameter in new[] { field.MinParameter, field.MinAgeParameter }.OfType<string>())
        {
            if (ParameterDefinition.All.All(known => known.Key != parameter))
            {
                yield return $"字段“{name}”引用了不存在的法规参数“{parameter}”";
            }
        }

        if (field.Min > field.Max || field.MinLength > field.MaxLength)
        {
            yield return $"字段“{name}”的下限大于上限";
        }
    }

    private static bool IsUsable(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static IEnumerable<string> RightsProblems(FormDefinition form, HashSet<string> keys) =>
        from step in form.Rights
        from right in step.Value
        where right.Key != "*" && !keys.Contains(right.Key)
        select $"环节“{step.Key}”的字段权限引用了不存在的字段“{right.Key}”";

    /// <summary>Every cell has one content and the spans fill the rectangle exactly: neither holes nor overlaps.</summary>
    private static IEnumerable<string> GridProblems(FormDefinition form, HashSet<string> keys)
    {
        if (form.Grid is null)
        {
            yield break;
        }

        var open = new int[form.Grid.Columns.Count];
        for (var row = 0; row < form.Grid.Rows.Count; row++)
        {
            var free = open.Count(rows => rows == 0);
            var cells = form.Grid.Rows[row];
            foreach (var cell in cells)
            {
                var contents = new[] { cell.Caption, cell.Field, cell.Opinions }.Count(content => content is not null);
                if (contents != 1 || cell.Colspan < 1 || cell.Rowspan < 1)
                {
                    yield return $"表样第 {row + 1} 行：每格须且只能有 caption、field、opinions 之一，跨度不小于 1";
                }

                if (cell.Field is not null && !keys.Contains(cell.Field))
                {
                    yield return $"表样第 {row + 1} 行引用了不存在的字段“{cell.Field}”";
                }
            }

            if (cells.Sum(cell => cell.Colspan) != free)
            {
                yield return $"表样第 {row + 1} 行应占 {free} 列，实占 {cells.Sum(cell => cell.Colspan)} 列";
                yield break;
            }

            Occupy(open, cells);
        }

        if (open.Any(rows => rows > 0))
        {
            yield return "表样最后一行有向下跨出表格的单元格";
        }
    }

    private static void Occupy(int[] open, IReadOnlyList<GridCell> cells)
    {
        var spans = cells.SelectMany(cell => Enumerable.Repeat(cell.Rowspan, cell.Colspan)).ToArray();
        for (int column = 0, next = 0; column < open.Length; column++)
        {
            if (open[column] == 0)
            {
                open[column] = spans[next++];
            }

            open[column]--;
        }
    }
}
