using System.Globalization;
using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Forms;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Insurance;

/// <summary>A document given with a claim, judged already.</summary>
/// <param name="Name">File name as given.</param>
/// <param name="Content">Content and its true type.</param>
public sealed record ClaimDocument(string Name, FileVerdict.Accepted Content);

/// <summary>What became of a claim.</summary>
public abstract record ClaimOutcome
{
    /// <summary>Recorded or changed.</summary>
    public sealed record Done(Guid ClaimId, string Number) : ClaimOutcome;

    /// <summary>Fields are wrong; nothing was stored.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ClaimOutcome;

    /// <summary>The person may not, or there is no such policy or claim.</summary>
    public sealed record NotAllowed : ClaimOutcome;
}

/// <summary>登记理赔 — records a claim against a policy with its documents.</summary>
public sealed class RecordClaim(
    ApprovalsDbContext db, UnitOfWork unitOfWork, InsuranceAccess access, ClaimQuery claims, FileStore files, Numbering numbering,
    ClaimNews news, CurrentPerson person, AuditTrail audit, TimeProvider time)
{
    /// <summary>Documents of a claim at most.</summary>
    public const int MostFiles = 20;

    /// <summary>Records it.</summary>
    public async Task<ClaimOutcome> RecordAsync(
        Guid policyId, ClaimInput input, IReadOnlyList<ClaimDocument> documents, CancellationToken cancellationToken)
    {
        var policy = await db.InsurancePolicies.AsNoTracking().FirstOrDefaultAsync(row => row.Id == policyId, cancellationToken);
        if (policy is null || !access.MayRecord)
        {
            return new ClaimOutcome.NotAllowed();
        }

        var missions = (await claims.MissionsAsync(policy.CommanderId, cancellationToken)).Select(one => one.Mission.Id).ToList();
        if (input.ErrorsFor(policy, missions, time.Today()) is { Count: > 0 } errors)
        {
            return new ClaimOutcome.Invalid(errors);
        }

        return await unitOfWork.RunAsync<ClaimOutcome>(
            async _ =>
            {
                var year = time.Today().Year;
                var number = await numbering.NextAsync($"insurance-claim:{year}", cancellationToken);
                var claim = new InsuranceClaim
                {
                    Number = string.Create(CultureInfo.InvariantCulture, $"BXLP-{year}-{number:0000}"),
                    PolicyId = policy.Id,
                    CommanderId = policy.CommanderId,
                    MissionId = Guid.TryParse(input.MissionId, out var mission) ? mission : null,
                    AccidentOn = input.Day!.Value,
                    Injury = input.Injury!.Trim(),
                    ClaimedSum = input.Sum!.Value,
                    RecordedById = person.RequiredId,
                    RecordedAt = time.GetUtcNow(),
                };
                db.InsuranceClaims.Add(claim);
                await AddFilesAsync(claim.Id, documents, cancellationToken);
                await news.TellAsync(claim, $"您的意外伤害保险理赔 {claim.Number} 已登记", cancellationToken);
                audit.Record("insurance.claim-recorded", "insurance-claim", claim.Id.ToString(), new
                {
                    number = claim.Number, policy = policy.Id, claim.AccidentOn, claimed = Yuan(claim.ClaimedSum), files = documents.Count,
                });
                return new ClaimOutcome.Done(claim.Id, claim.Number);
            },
            cancellationToken);
    }

    /// <summary>Adds documents to a claim that has not ended.</summary>
    /// <returns>Null when done; otherwise why not, in Chinese.</returns>
    public Task<string?> AddAsync(Guid claimId, IReadOnlyList<ClaimDocument> documents, CancellationToken cancellationToken) =>
        unitOfWork.RunAsync(
            async scope =>
            {
                var problem = await AddInsideAsync(claimId, documents, cancellationToken);
                if (problem is not null)
                    scope.Abort();
                return problem;
            },
            cancellationToken);

    private async Task<string?> AddInsideAsync(
        Guid claimId, IReadOnlyList<ClaimDocument> documents, CancellationToken cancellationToken)
    {
        // Race closed: two who add documents at once, past the limit, or one while the claim ends. The claim's row is locked first.
        var locked = await db.InsuranceClaims.Where(row => row.Id == claimId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RowVersion, row => row.RowVersion + 1), cancellationToken);
        if (locked == 0 || !access.MayRecord)
            return "没有这件理赔，或者您不能登记。";
        var state = await db.InsuranceClaims.Where(row => row.Id == claimId).Select(row => row.State).SingleAsync(cancellationToken);
        if (state is InsuranceClaimState.Paid or InsuranceClaimState.Refused)
            return $"理赔已是“{InsuranceWords.Of(state)}”，不能再补充材料。";
        var present = await db.InsuranceClaimFiles.CountAsync(row => row.ClaimId == claimId, cancellationToken);
        if (present + documents.Count > MostFiles)
            return $"一件理赔最多 {MostFiles} 份材料，现有 {present} 份。";
        await AddFilesAsync(claimId, documents, cancellationToken);
        audit.Record("insurance.claim-files", "insurance-claim", claimId.ToString(), new { files = documents.Count });
        return null;
    }

    private async Task AddFilesAsync(Guid claimId, IReadOnlyList<ClaimDocument> documents, CancellationToken cancellationToken)
    {
        foreach (var document in documents)
        {
            var stored = await files.SaveAsync(document.Content.Content, document.Content.ContentType, person.Id, cancellationToken);
            var name = document.Name.Replace('\\', '/').Split('/')[^1];
            db.InsuranceClaimFiles.Add(new InsuranceClaimFile
            {
                ClaimId = claimId, FileId = stored.Id, FileName = name.Length is 0 or > 120 ? "理赔材料" : name,
                GivenById = person.RequiredId, GivenAt = time.GetUtcNow(),
            });
        }
    }

    private static string Yuan(decimal sum) => sum.ToString("0.00", CultureInfo.InvariantCulture);
}
