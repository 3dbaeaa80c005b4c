using Approvals.Core.Data;
using Approvals.Core.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Integrity;

/// <summary>Every stored file has its content in the data folder, in its length. What it holds is checked when it is read.</summary>
internal sealed class FilesAreThere(ApprovalsDbContext db, IOptions<DataOptions> options) : IInvariant
{
    public async Task<IReadOnlyList<Violation>> CheckAsync(CancellationToken cancellationToken)
    {
        var root = options.Value.FilesFolder;
        var found = new List<Violation>();
        var files = db.Files.AsNoTracking().Select(row => new { row.Id, row.Sha256, row.Size });
        await foreach (var file in files.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var content = new FileInfo(FileStore.PathIn(root, file.Sha256));
            if ((!content.Exists || content.Length != file.Size) && found.Count < IntegrityCheck.Limit)
                found.Add(new Violation("file", $"file {file.Id}", "数据目录中没有这个文件的内容，或长度不符。"));
        }

        return found;
    }
}
