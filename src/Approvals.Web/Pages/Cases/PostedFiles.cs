using Approvals.Core.Cases;
using Approvals.Core.Forms;

namespace Approvals.Web.Pages.Cases;

/// <summary>Files sent and ticked for removal with a form.</summary>
internal static class PostedFiles
{
    private const string Prefix = "file:";

    /// <summary>
    /// Takes them in and out one by one; a refused file is an error beside its field and stops no other. <c>Changed</c> are the
    /// attachments that came or went.
    /// </summary>
    public static async Task<(IReadOnlySet<Guid> Changed, IReadOnlyList<FieldError> Errors)> TakeAsync(
        AttachFile attaching, AttachPlace place, IFormFileCollection files, IReadOnlyList<Guid> removed, FormDefinition form,
        CancellationToken cancellationToken)
    {
        var errors = new List<FieldError>();
        var changed = new HashSet<Guid>();
        foreach (var id in removed)
        {
            if (await attaching.RemoveAsync(place, id, cancellationToken) is AttachOutcome.Removed)
            {
                changed.Add(id);
            }
        }

        foreach (var file in files.Where(file => file.Length > 0 && file.Name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var key = file.Name[Prefix.Length..];
            await using var content = file.OpenReadStream();
            var outcome = await attaching.AddAsync(place, key, file.FileName, content, cancellationToken);
            if (outcome is AttachOutcome.Attached attached)
            {
                changed.Add(attached.AttachmentId);
            }
            else if (outcome is AttachOutcome.Refused refused)
            {
                var label = form.Find(key)?.Label ?? key;
                errors.Add(new FieldError(key, label, About(file.FileName, label, refused.Message)));
            }
        }

        return (changed, errors);
    }

    // The message begins with the field for callers that show nothing else; here the field stands before it, and which of several
    // files is meant does not.
    private static string About(string fileName, string label, string message)
    {
        var caption = $"{label}：";
        return $"“{Path.GetFileName(fileName)}”：{(message.StartsWith(caption, StringComparison.Ordinal) ? message[caption.Length..] : message)}";
    }
}
