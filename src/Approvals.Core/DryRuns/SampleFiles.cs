using Approvals.Core.Cases;
using Approvals.Core.Forms;
using Approvals.Documents.Images;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.DryRuns;

/// <summary>Files that a dry run hands in: drawn pictures that say what they stand for.</summary>
internal static class SampleFiles
{
    /// <summary>Attaches one to a field as the page does; what is refused becomes a note.</summary>
    public static async Task<bool> AttachAsync(
        IServiceProvider services, DryRunStage stage, AttachPlace place, FormField field, CancellationToken cancellationToken)
    {
        var picture = field.Type == FieldType.Photo ? SamplePictures.Portrait("样例照片") : SamplePictures.Page($"样例附件：{field.Label}");
        using var content = new MemoryStream(picture, writable: false);
        var outcome = await services.GetRequiredService<AttachFile>()
            .AddAsync(place, field.Key, $"样例{field.Label}.png", content, cancellationToken);
        if (outcome is AttachOutcome.Refused refused)
            stage.Note($"样例附件未被接受：{refused.Message}");
        return outcome is AttachOutcome.Attached;
    }
}
