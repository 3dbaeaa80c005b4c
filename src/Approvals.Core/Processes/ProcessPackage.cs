using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Approvals.Core.Processes.Designing;

namespace Approvals.Core.Processes;

/// <summary>A process as it lies in <c>workflows/</c>: its definition and the files beside it (流程包).</summary>
/// <param name="Key">Process key, the definition's <c>definitionId</c>.</param>
/// <param name="Json">The definition, byte for byte.</param>
/// <param name="Files">Path relative to the process folder (<c>forms/application.json</c>) → content; shared dictionaries are
/// added under <c>dictionaries/</c>.</param>
public sealed record ProcessPackage(string Key, string Json, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Reads every folder of <paramref name="root"/> that holds a <c>workflow.json</c>.</summary>
    /// <exception cref="InvalidDataException">A definition has no <c>definitionId</c>, or two folders have the same.</exception>
    public static IReadOnlyList<ProcessPackage> ReadAll(string root)
    {
        var dictionaries = ReadFolder(Path.Combine(root, "dictionaries"), "dictionaries/");
        var packages = Directory.EnumerateDirectories(root)
            .Order(StringComparer.Ordinal)
            .Where(folder => File.Exists(Path.Combine(folder, "workflow.json")))
            .Select(folder => Read(folder, dictionaries))
            .ToList();
        var twice = packages.GroupBy(package => package.Key).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? packages : throw new InvalidDataException($"Two folders hold the process {twice.Key}.");
    }

    /// <summary>SHA-256 over the definition and all its files.</summary>
    public string SourceHash => DefinitionHash.Of(Json, HashedFiles());

    /// <summary>The files as path → SHA-256 of the content, as a JSON object with sorted keys.</summary>
    public string HashedFiles() => DefinitionFileStore.ListOf(Files);

    private static ProcessPackage Read(string folder, IReadOnlyDictionary<string, string> dictionaries)
    {
        var json = File.ReadAllText(Path.Combine(folder, "workflow.json"));
        var key = JsonDocument.Parse(json).RootElement.TryGetProperty("definitionId", out var id) ? id.GetString() : null;
        if (string.IsNullOrEmpty(key))
            throw new InvalidDataException($"{folder}/workflow.json has no definitionId.");
        var files = ReadFolder(folder, "");
        files.Remove("workflow.json");

        // Words of another language change no process.
        files.Remove("texts.en.json");
        foreach (var dictionary in dictionaries)
            files.TryAdd(dictionary.Key, dictionary.Value);
        return new ProcessPackage(key, json, files);
    }

    private static Dictionary<string, string> ReadFolder(string folder, string prefix)
    {
        if (!Directory.Exists(folder))
            return [];
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(
                file => prefix + Path.GetRelativePath(folder, file).Replace('\\', '/'),
                File.ReadAllText,
                StringComparer.Ordinal);
    }
}

/// <summary>Hashes of definitions and process files.</summary>
public static class DefinitionHash
{
    /// <summary>SHA-256 of a text in UTF-8, lower-case hex.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>SHA-256 of a definition together with its file list.</summary>
    public static string Of(string json, string files) => Of($"{Of(json)}\n{files}");
}
