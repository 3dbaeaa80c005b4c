using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Payouts.Activities;
using Approvals.Workflows;

namespace Approvals.Core.Designer.Sources;

/// <summary>表单 — the forms of the process, by title.</summary>
public sealed class FormOptions(ProcessForms forms) : IOptionSource
{
    /// <inheritdoc />
    public string Name => OptionSources.Forms;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken) =>
    [
        .. (await forms.OfAsync(request.Process, cancellationToken))
            .Select(form => new InputOption(form.Key, $"{form.Title}（{form.Key}）")),
    ];
}

/// <summary>字段权限 — the steps that the forms of the process lay down rights for.</summary>
public sealed class FieldRightsOptions(ProcessForms forms) : IOptionSource
{
    /// <inheritdoc />
    public string Name => OptionSources.FieldRights;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken)
    {
        if (request.Process is not { } process)
            return [];
        var all = await forms.OfAsync(process, cancellationToken);
        var names = process.Activities().Where(activity => DesignedProcess.Text(activity["id"]) is not null)
            .GroupBy(activity => DesignedProcess.Text(activity["id"])!)
            .ToDictionary(group => group.Key, group => DesignedProcess.NameOf(group.First()), StringComparer.Ordinal);
        return
        [
            .. all.SelectMany(form => form.Rights.Keys.Select(rights => (Rights: rights, form.Title))).GroupBy(one => one.Rights)
                .Select(group => new InputOption(group.Key, Words(group.Key, names) + Where(group.Select(one => one.Title), all.Count))),
        ];
    }

    private static string Words(string rights, Dictionary<string, string> names) =>
        rights == "*" ? "其他环节的权限" : $"同“{names.GetValueOrDefault(rights, rights)}”";

    /// <summary>In which forms, when there are several.</summary>
    private static string Where(IEnumerable<string> titles, int forms) => forms < 2 ? "" : $"（{string.Join("、", titles.Distinct())}）";
}

/// <summary>多行字段 — the tables of the process's forms.</summary>
public sealed class TableOptions(ProcessForms forms) : IOptionSource
{
    /// <inheritdoc />
    public string Name => OptionSources.Tables;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken) =>
    [
        .. (await forms.OfAsync(request.Process, cancellationToken)).SelectMany(form => form.Fields)
            .Where(field => field.Type == FieldType.Rows).DistinctBy(field => field.Key)
            .Select(field => new InputOption(field.Key, $"{field.Label}（{field.Key}）")),
    ];
}

/// <summary>字段和列 — fields that hold one value, and the columns of tables.</summary>
public sealed class FieldAndColumnOptions(ProcessForms forms) : IOptionSource
{
    /// <inheritdoc />
    public string Name => OptionSources.FieldsAndColumns;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken)
    {
        var fields = (await forms.OfAsync(request.Process, cancellationToken)).SelectMany(form => form.Fields)
            .Where(field => !field.IsFile).DistinctBy(field => field.Key).ToList();
        var places = fields.Where(field => field.Type != FieldType.Rows).Select(field => (field.Key, field.Label))
            .Concat(fields.SelectMany(field => field.Columns.Where(column => !column.IsFile)
                .Select(column => (column.Key, Label: $"{field.Label} · {column.Label}"))));

        // A column may have the key of a field; which of the two is meant follows from whether the step names a table.
        return
        [
            .. places.GroupBy(place => place.Key)
                .Select(group => new InputOption(group.Key, $"{string.Join("或", group.Select(place => place.Label).Distinct())}（{group.Key}）")),
        ];
    }
}

/// <summary>依据 — fields with attachments, and the documents issued in the case.</summary>
public sealed class BasisOptions(ProcessForms forms) : IOptionSource
{
    /// <inheritdoc />
    public string Name => OptionSources.BasisFiles;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken) =>
    [
        new InputOption(BasisFiles.Documents, "本业务件已制发的全部文书和证书"),
        .. (await forms.OfAsync(request.Process, cancellationToken)).SelectMany(form => form.Fields)
            .Where(field => field.Type == FieldType.Attachments).DistinctBy(field => field.Key)
            .Select(field => new InputOption(field.Key, $"附件：{field.Label}（{field.Key}）")),
    ];
}

/// <summary>字段 — the fields of the process's forms that hold a value, each once.</summary>
public sealed class FieldOptions(ProcessForms forms) : IOptionSource
{
    /// <inheritdoc />
    public string Name => OptionSources.Fields;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken) =>
    [
        .. (await forms.OfAsync(request.Process, cancellationToken))
            .SelectMany(form => form.Fields)
            .Where(field => field.Type is not (FieldType.Attachments or FieldType.Photo or FieldType.Signature))
            .DistinctBy(field => field.Key)
            .Select(field => new InputOption(field.Key, $"{field.Label}（{field.Key}）")),
    ];
}
