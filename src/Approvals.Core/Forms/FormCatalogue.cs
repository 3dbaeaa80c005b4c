using System.Collections.Concurrent;
using System.Text.Json;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Forms;

/// <summary>
/// Parsed forms and dictionaries by the hash of their content, and the files of versions that are fixed; neither ever changes, so nothing
/// expires.
/// </summary>
public sealed class ParsedFormFiles
{
    internal ConcurrentDictionary<string, Dictionary<string, string>> FilesByVersion { get; } = new();

    internal ConcurrentDictionary<(string Hash, string Key), object> Parsed { get; } = new();
}

/// <summary>Forms and dictionaries as of a definition version: a running case keeps those it began with.</summary>
public sealed class FormCatalogue(ApprovalsDbContext db, ParsedFormFiles cache)
{
    private readonly Dictionary<string, Dictionary<string, string>> filesByVersion = [];

    /// <summary>The form of a version.</summary>
    /// <exception cref="KeyNotFoundException">The version or its form does not exist.</exception>
    /// <exception cref="FormDefinitionException">The form file is damaged.</exception>
    public async Task<FormDefinition> GetAsync(string definitionVersionId, string formKey, CancellationToken cancellationToken = default) =>
        await ReadAsync(definitionVersionId, FormFiles.FormPath(formKey), formKey, FormDefinition.Parse, cancellationToken);

    /// <summary>The dictionary of a version.</summary>
    /// <exception cref="KeyNotFoundException">The version or its dictionary does not exist.</exception>
    public async Task<ChoiceDictionary> DictionaryAsync(
        string definitionVersionId, string name, CancellationToken cancellationToken = default) =>
        await ReadAsync(definitionVersionId, FormFiles.DictionaryPath(name), name, ChoiceDictionary.Parse, cancellationToken);

    private async Task<T> ReadAsync<T>(
        string versionId, string path, string key, Func<string, string, T> parse, CancellationToken cancellationToken)
        where T : class
    {
        var files = await FilesAsync(versionId, cancellationToken);
        if (!files.TryGetValue(path, out var hash))
        {
            throw new KeyNotFoundException($"Definition version {versionId} has no file {path}.");
        }

        if (cache.Parsed.TryGetValue((hash, key), out var parsed))
        {
            return (T)parsed;
        }

        var content = await db.ProcessFiles.Where(file => file.Hash == hash).Select(file => file.Content)
            .SingleAsync(cancellationToken);
        return (T)cache.Parsed.GetOrAdd((hash, key), parse(key, content));
    }

    private async Task<Dictionary<string, string>> FilesAsync(string versionId, CancellationToken cancellationToken)
    {
        if (cache.FilesByVersion.TryGetValue(versionId, out var files) || filesByVersion.TryGetValue(versionId, out files))
        {
            return files;
        }

        var version = await db.Definitions.AsNoTracking().SingleOrDefaultAsync(one => one.Id == versionId, cancellationToken)
            ?? throw new KeyNotFoundException($"Definition version {versionId} does not exist.");
        files = JsonSerializer.Deserialize<Dictionary<string, string>>(version.Files)!;
        if (version.IsFixed)
        {
            cache.FilesByVersion[versionId] = files;
        }

        return filesByVersion[versionId] = files;
    }
}
