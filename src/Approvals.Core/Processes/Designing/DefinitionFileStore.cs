using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Processes.Designing;

/// <summary>
/// Forms, document texts and dictionaries of a version: as they are stored, and as a definition carries them from one installation or
/// process to another, in its custom properties, which every Elsa keeps as they are.
/// </summary>
public sealed partial class DefinitionFileStore(ApprovalsDbContext db)
{
    /// <summary>Custom property of an exported definition: path → content of each file. Never stored with the definition.</summary>
    public const string Property = "approvalsFiles";

    private const int MaxFiles = 200;
    private const int MaxContent = 1024 * 1024;

    /// <summary>Path → content of a version's files.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(DefinitionVersion row, CancellationToken cancellationToken)
    {
        var hashes = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Files)!;
        var wanted = hashes.Values.Distinct().ToList();
        var contents = await db.ProcessFiles.AsNoTracking().Where(file => wanted.Contains(file.Hash))
            .ToDictionaryAsync(file => file.Hash, file => file.Content, cancellationToken);
        return hashes.Where(file => contents.ContainsKey(file.Value))
            .ToDictionary(file => file.Key, file => contents[file.Value], StringComparer.Ordinal);
    }

    /// <summary>The files of several versions, by the id of each.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> OfAllAsync(
        IEnumerable<DefinitionVersion> rows, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var row in rows)
            all[row.Id] = await OfAsync(row, cancellationToken);
        return all;
    }

    /// <summary>Takes the files out of a definition that was handed in, and stores their contents.</summary>
    /// <returns>The file list of a version; null when the definition carries none.</returns>
    /// <exception cref="DesignRefused">They are no files of a process; nothing was stored.</exception>
    public async Task<string?> TakeAsync(JsonObject definition, CancellationToken cancellationToken)
    {
        if (definition["customProperties"] is not JsonObject custom || !custom.Remove(Property, out var carried) || carried is null)
            return null;
        var files = Read(carried);
        await StoreAsync(files.Values, cancellationToken);
        return ListOf(files);
    }

    /// <summary>Stores contents that are not stored yet.</summary>
    public async Task StoreAsync(IEnumerable<string> contents, CancellationToken cancellationToken)
    {
        var hashed = contents.Distinct().ToDictionary(DefinitionHash.Of);
        var known = await db.ProcessFiles.Where(file => hashed.Keys.Contains(file.Hash)).Select(file => file.Hash)
            .ToListAsync(cancellationToken);
        foreach (var (hash, content) in hashed.Where(file => !known.Contains(file.Key)))
            db.ProcessFiles.Add(new ProcessFile { Hash = hash, Content = content });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Path → SHA-256 of the content, as a JSON object with sorted keys.</summary>
    public static string ListOf(IReadOnlyDictionary<string, string> files) => new JsonObject(files
        .OrderBy(file => file.Key, StringComparer.Ordinal)
        .Select(file => KeyValuePair.Create(file.Key, (JsonNode?)DefinitionHash.Of(file.Value)))).ToJsonString();

    private static Dictionary<string, string> Read(JsonNode carried)
    {
        if (carried is not JsonObject { Count: <= MaxFiles } listed)
            throw new DesignRefused($"导入的流程附带的文件格式有误，或者多于 {MaxFiles} 个，未导入。");
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, content) in listed)
        {
            // The path becomes one on a disk when processes are written back to files.
            if (!Path().IsMatch(path) || content is not JsonValue value || !value.TryGetValue<string>(out var text)
                || text.Length > MaxContent || !IsJson(text))
            {
                throw new DesignRefused($"导入的流程附带的文件“{path}”不是表单、文书模板或字典，未导入。");
            }

            files[path] = text;
        }

        return files;
    }

    private static bool IsJson(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject or JsonArray;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^(forms|documents|dictionaries)/[\p{L}\p{N}_-]{1,80}\.json\z", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}
