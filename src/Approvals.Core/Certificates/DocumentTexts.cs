using System.Text.Json;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Certificates;

/// <summary>Finds the document texts among the files of a definition version: a running case keeps those it began with.</summary>
public sealed class DocumentTexts(ApprovalsDbContext db)
{
    /// <summary>The text file <c>documents/&lt;name&gt;.json</c> of a version.</summary>
    /// <exception cref="FormatException">There is none, or it is damaged; the message names it, for the incident.</exception>
    public async Task<DocumentText> LoadAsync(string definitionVersionId, string name, CancellationToken cancellationToken)
    {
        var path = $"documents/{name}.json";
        var files = await db.Definitions.AsNoTracking().Where(version => version.Id == definitionVersionId)
            .Select(version => version.Files).SingleAsync(cancellationToken);
        var hashes = JsonSerializer.Deserialize<Dictionary<string, string>>(files)!;
        if (!hashes.TryGetValue(path, out var hash))
        {
            throw new FormatException($"流程中没有文书模板“{path}”。");
        }

        var content = await db.ProcessFiles.AsNoTracking().Where(file => file.Hash == hash)
            .Select(file => file.Content).SingleAsync(cancellationToken);
        try
        {
            return DocumentText.Parse(content);
        }
        catch (JsonException error)
        {
            throw new FormatException($"文书模板“{path}”格式有误：{error.Message}", error);
        }
    }
}
