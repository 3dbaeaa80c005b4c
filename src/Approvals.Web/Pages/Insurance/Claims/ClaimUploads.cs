using Approvals.Core.Files;
using Approvals.Core.Insurance;

namespace Approvals.Web.Pages.Insurance.Claims;

/// <summary>Documents as uploaded with a claim, judged by their content.</summary>
internal static class ClaimUploads
{
    /// <summary>Judges them; the streams stay open until the request ends.</summary>
    /// <returns>The documents, or the first problem in Chinese.</returns>
    public static (IReadOnlyList<ClaimDocument> Documents, string? Problem) Judge(IFormFileCollection files)
    {
        var documents = new List<ClaimDocument>();
        foreach (var file in files)
        {
            switch (FileIntake.JudgeScan(file.OpenReadStream()))
            {
                case FileVerdict.Accepted accepted:
                    documents.Add(new ClaimDocument(file.FileName, accepted));
                    break;
                case FileVerdict.Refused refused:
                    return ([], $"{Path.GetFileName(file.FileName)}：{refused.Message}");
            }
        }

        return documents.Count > RecordClaim.MostFiles ? ([], $"一件理赔最多 {RecordClaim.MostFiles} 份材料。") : (documents, null);
    }
}
