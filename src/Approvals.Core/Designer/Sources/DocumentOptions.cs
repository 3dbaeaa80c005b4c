using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Designer.Sources;

/// <summary>Titles of document templates by the hash of their content, which never changes. Singleton.</summary>
public sealed class DocumentTitles
{
    internal ConcurrentDictionary<string, string> Known { get; } = new(StringComparer.Ordinal);
}

/// <summary>文书模板 — the document templates of the process, by title.</summary>
public sealed partial class DocumentOptions(ApprovalsDbContext db, DocumentTitles titles) : IOptionSource
{
    /// <inheritdoc />
    public string Name => OptionSources.Documents;

    /// <inheritdoc />
    public async Task<IReadOnlyList<InputOption>> ListAsync(OptionRequest request, CancellationToken cancellationToken)
    {
        var files = request.Process?.FilesIn("documents").ToList() ?? [];
        var missing = files.Select(file => file.Hash).Where(hash => !titles.Known.ContainsKey(hash)).Distinct().ToList();
        if (missing.Count > 0)
        {
            var contents = await db.ProcessFiles.AsNoTracking().Where(file => missing.Contains(file.Hash)).ToListAsync(cancellationToken);
            foreach (var file in contents)
                titles.Known[file.Hash] = TitleOf(file.Content);
        }

        return
        [
            .. files.Select(file => titles.Known.GetValueOrDefault(file.Hash) is { Length: > 0 } title
                ? new InputOption(file.Name, $"{title}（{file.Name}）")
                : new InputOption(file.Name, file.Name)),
        ];
    }

    /// <summary>A template that cannot be read has no title; publishing says what is wrong with it.</summary>
    private static string TitleOf(string content)
    {
        try
        {
            return Placeholder().Replace(DocumentText.Parse(content).TitleLine, "…");
        }
        catch (JsonException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"\{[{%].*?[}%]\}")]
    private static partial Regex Placeholder();
}
