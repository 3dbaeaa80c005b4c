using System.Text;
using System.Text.Json;
using Approvals.Core.Data;
using Approvals.Core.Processes.Designing;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.RoundTrip;

/// <summary>Writes processes back to files, in the shape of <c>workflows/</c> (导出为文件). Reads the database only.</summary>
public sealed class ExportProcesses(ApprovalsDbContext db)
{
    /// <summary>Writes the published version of each process, the newest one where none is published.</summary>
    /// <param name="definitionId">Only this process; null: all.</param>
    /// <param name="folder">Folder that holds a folder per process; made when it is not there.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>Paths that were written because their content differed, relative to the folder; null when there is no such process.</returns>
    /// <exception cref="InvalidDataException">A process key is no folder name, or two processes hold different dictionaries of a name.</exception>
    public async Task<IReadOnlyList<string>?> WriteAsync(string? definitionId, string folder, CancellationToken cancellationToken)
    {
        var versions = await db.Definitions.AsNoTracking()
            .Where(row => definitionId == null || row.DefinitionId == definitionId)
            .OrderBy(row => row.DefinitionId).ThenBy(row => row.Version).ToListAsync(cancellationToken);
        if (versions.Count == 0)
            return null;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var process in versions.GroupBy(row => row.DefinitionId))
        {
            var row = process.FirstOrDefault(one => one.IsPublished) ?? process.Last();
            await AddAsync(row, process.LastOrDefault(one => one.IsFromFile && one.Version <= row.Version), files, cancellationToken);
        }

        var written = new List<string>();
        foreach (var (path, content) in files)
        {
            if (await ReplaceAsync(Path.Combine(folder, path), content, cancellationToken))
                written.Add(path);
        }

        return written;
    }

    private async Task AddAsync(
        DefinitionVersion row, DefinitionVersion? ancestor, SortedDictionary<string, string> files, CancellationToken cancellationToken)
    {
        if (row.DefinitionId.Any(letter => !char.IsLetterOrDigit(letter) && letter is not ('-' or '_' or '.')) || row.DefinitionId.StartsWith('.'))
            throw new InvalidDataException($"“{row.DefinitionId}”不能用作文件夹名。");
        files[$"{row.DefinitionId}/workflow.json"] = WorkflowText.Of(row, ancestor);
        var hashes = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Files)!;
        var wanted = hashes.Values.Distinct().ToList();
        var contents = await db.ProcessFiles.AsNoTracking().Where(file => wanted.Contains(file.Hash))
            .ToDictionaryAsync(file => file.Hash, file => file.Content, cancellationToken);
        foreach (var (path, hash) in hashes)
        {
            // Dictionaries are shared by all processes and lie beside their folders.
            var target = path.StartsWith("dictionaries/", StringComparison.Ordinal) ? path : $"{row.DefinitionId}/{path}";
            if (files.TryGetValue(target, out var other) && other != contents[hash])
                throw new InvalidDataException($"“{path}”在各流程中内容不同，请分别导出到不同的文件夹。");
            files[target] = contents[hash];
        }
    }

    private static async Task<bool> ReplaceAsync(string path, string content, CancellationToken cancellationToken)
    {
        if (File.Exists(path) && IsSame(path, await File.ReadAllTextAsync(path, cancellationToken), content))
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
        return true;
    }

    /// <summary>A workflow that is only spelt otherwise stays as somebody wrote it.</summary>
    private static bool IsSame(string path, string there, string content)
    {
        if (there == content || Path.GetFileName(path) != "workflow.json")
            return there == content;
        try
        {
            return DesignJson.ContentHash(there) == DesignJson.ContentHash(content);
        }
        catch (Exception fault) when (fault is JsonException or InvalidCastException or InvalidOperationException)
        {
            return false;
        }
    }
}
