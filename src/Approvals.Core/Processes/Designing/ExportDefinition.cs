using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Calendar;

namespace Approvals.Core.Processes.Designing;

/// <summary>导出 — a version as a file in the shape a stock Elsa 3.8 exports and imports, with its forms and document texts.</summary>
public static class ExportDefinition
{
    /// <summary>What marks a file as a workflow definition.</summary>
    public const string Schema = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256,
    };

    /// <summary>The file's content, one property a line, with a line break at its end; the same version is always the same text.</summary>
    /// <param name="row">The version.</param>
    /// <param name="files">Path → content of its files.</param>
    public static string Text(DefinitionVersion row, IReadOnlyDictionary<string, string> files)
    {
        var model = DefinitionDocument.Model(row);
        if (files.Count > 0 && model["customProperties"] is JsonObject custom)
        {
            custom[DefinitionFileStore.Property] = new JsonObject(files.OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => KeyValuePair.Create(file.Key, (JsonNode?)file.Value)));
        }

        model.Insert(0, "$schema", Schema);
        return Format(model);
    }

    /// <summary>JSON as files hold it.</summary>
    public static string Format(JsonNode json) => json.ToJsonString(Indented) + "\n";

    /// <summary>A file name that says which version it is and that every system can store.</summary>
    public static string NameOf(DefinitionVersion row) =>
        $"{string.Concat(row.DefinitionId.Select(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' ? one : '-'))}-v{row.Version}.json";

    /// <summary>Several versions in one ZIP archive.</summary>
    /// <param name="rows">The versions.</param>
    /// <param name="files">The files of each, by its id.</param>
    public static byte[] Zip(
        IEnumerable<DefinitionVersion> rows, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                var entry = archive.CreateEntry(NameOf(row));
                entry.LastWriteTime = ChinaTime.ToLocal(row.SavedAt ?? row.CreatedAt);
                using var content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(Text(row, files[row.Id])));
            }
        }

        return packed.ToArray();
    }
}
