using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Approvals.Core.Data;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Designer;

/// <summary>The descriptors of all activity types, ready to be sent.</summary>
/// <param name="Items">The descriptors in order.</param>
/// <param name="Body">Elsa's list of them as UTF-8 JSON.</param>
/// <param name="Compressed">The same, compressed with Brotli.</param>
/// <param name="Tag">Hash of the body, for a browser that has it already.</param>
public sealed record DescriptorSet(IReadOnlyList<ActivityDescriptor> Items, byte[] Body, byte[] Compressed, string Tag)
{
    /// <summary>The descriptor of a type: of the version asked for, else the highest; null when there is none.</summary>
    public ActivityDescriptor? Find(string typeName, int? version) => Items
        .Where(one => one.TypeName == typeName && (version is null || one.Version == version)).MaxBy(one => one.Version);

    internal static DescriptorSet Of(IReadOnlyList<ActivityDescriptor> items)
    {
        var json = new JsonObject
        {
            ["items"] = new JsonArray([.. items.Select(item => item.ToJson())]),
            ["count"] = items.Count,
        };
        var body = Encoding.UTF8.GetBytes(json.ToJsonString(DesignerJson.Options));
        return new DescriptorSet(items, body, Compress(body), Convert.ToHexStringLower(SHA256.HashData(body))[..32]);
    }

    private static byte[] Compress(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            brotli.Write(body);
        return packed.ToArray();
    }
}

/// <summary>What was made of which stored versions. Singleton.</summary>
public sealed class DescriptorCache
{
    internal ConcurrentDictionary<(string Id, string Hash), StoredDefinition> Read { get; } = new();

    /// <summary>The newest answer in each language.</summary>
    internal ConcurrentDictionary<string, (string Key, DescriptorSet Set)> Current { get; } = new(StringComparer.Ordinal);
}

/// <summary>
/// Finds the descriptors. Studio asks for all of them after every save, so they are made anew only when a definition has changed, and
/// then only the changed one is read.
/// </summary>
public sealed class DescriptorCatalogue(ApprovalsDbContext db, ActivityRegistry registry, DescriptorCache cache)
{
    /// <summary>The descriptors as of now.</summary>
    /// <param name="words">The reader's language.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<DescriptorSet> AllAsync(DesignerWords words, CancellationToken cancellationToken)
    {
        var rows = await db.Definitions.AsNoTracking().OrderBy(row => row.Id)
            .Select(row => new { row.Id, row.Hash, row.IsPublished }).ToListAsync(cancellationToken);
        var key = string.Join('\n', rows.Select(row => $"{row.Id} {row.Hash} {row.IsPublished}"));
        if (cache.Current.TryGetValue(words.Language, out var current) && current.Key == key)
            return current.Set;

        foreach (var row in rows.Where(row => !cache.Read.ContainsKey((row.Id, row.Hash))))
        {
            if (await db.Definitions.AsNoTracking().FirstOrDefaultAsync(one => one.Id == row.Id, cancellationToken) is { } version)
                cache.Read[(row.Id, row.Hash)] = StoredDefinition.Read(version);
        }

        // A draft that was saved again has left its former content behind.
        var live = rows.Select(row => (row.Id, row.Hash)).ToHashSet();
        foreach (var gone in cache.Read.Keys.Where(read => !live.Contains(read)))
            cache.Read.TryRemove(gone, out _);

        var stored = rows.Select(row => (row.Id, row.IsPublished, Read: cache.Read.GetValueOrDefault((row.Id, row.Hash))))
            .Where(row => row.Read is not null).ToList();
        var all = Toolbox.Compose(
            registry.Descriptors,
            stored.Where(row => row.IsPublished).Select(row => row.Read!.AsActivity).OfType<ActivityDescriptor>(),
            stored.SelectMany(row => row.Read!.Types),
            id => stored.Where(row => row.Id == id).Select(row => row.Read!.AsActivity).FirstOrDefault());
        var set = DescriptorSet.Of([.. all.Select(words.Of)]);
        cache.Current[words.Language] = (key, set);
        return set;
    }
}
