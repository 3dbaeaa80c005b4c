using Approvals.Core.Forms;
using Approvals.Documents.Images;

namespace Approvals.Core.Inbox;

/// <summary>What a decision must bring, judged on plain values.</summary>
public static class DecisionChecks
{
    /// <summary>Longest opinion in characters.</summary>
    public const int LongestOpinion = 2000;

    /// <summary>Largest drawn signature in bytes.</summary>
    public const int LargestDrawing = 200 * 1024;

    // What is drawn on a page has less than a million pixels; a decision is kept for ever, and with it a picture every print decodes.
    private static readonly PhotoInspector Drawings = new(new PhotoLimits { MaxBytes = LargestDrawing, MaxPixels = 4_000_000, StoredSide = 800 });

    private static readonly byte[] PngHead = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Errors of a request at a step; empty when it may go on.</summary>
    /// <param name="step">The step.</param>
    /// <param name="options">What the step offers.</param>
    /// <param name="request">The decision.</param>
    /// <param name="isDelegated">Whether it is work that comes back (委派).</param>
    /// <param name="hasStoredSignature">Whether the signer has stored a signature picture.</param>
    /// <param name="picture">The drawn signature as it is to be stored, written anew; null when none counts.</param>
    public static IReadOnlyList<FieldError> Check(
        StepRun step, StepOptions options, DecideRequest request, bool isDelegated, bool hasStoredSignature, out byte[]? picture)
    {
        var errors = new List<FieldError>();
        picture = null;
        if (!IsOffered(step, options, request.Kind, isDelegated))
            errors.Add(new FieldError("kind", "办理结果", "此环节不能作出这种办理结果。"));
        CheckOpinion(options, request, isDelegated && step.Kind == StepKind.Approval, errors);
        if (request.Kind == DecisionKind.Return && options.ReturnTargets.All(target => target.ActivityId != request.ReturnTo))
            errors.Add(new FieldError("returnTo", "退回到", "请选择要退回到的环节。", string.IsNullOrEmpty(request.ReturnTo)));
        if (options.RequiresSignature)
            picture = CheckSignature(request, hasStoredSignature, errors);
        return errors;
    }

    /// <summary>Whether the step offers a kind of decision. Whoever works in another's place (委派) hands in and decides nothing.</summary>
    public static bool IsOffered(StepRun step, StepOptions options, DecisionKind kind, bool isDelegated) => kind switch
    {
        _ when isDelegated => kind == DecisionKind.Submit,
        DecisionKind.Submit => step.Kind == StepKind.Form,
        DecisionKind.Approve => step.Kind == StepKind.Approval,
        DecisionKind.Reject => step.Kind == StepKind.Approval && options.RejectLabel is not null,
        DecisionKind.Return => step.Kind == StepKind.Approval && options.CanReturn && options.ReturnTargets.Count > 0,
        DecisionKind.Abstain => step.Kind == StepKind.Approval && step.Mode == StepMode.Vote,
        _ => false,
    };

    private static void CheckOpinion(StepOptions options, DecideRequest request, bool givesAdvice, List<FieldError> errors)
    {
        var needed = givesAdvice || request.Kind is DecisionKind.Reject or DecisionKind.Return
            || (request.Kind == DecisionKind.Approve && options.RequiresOpinion);
        if (needed && string.IsNullOrWhiteSpace(request.Opinion))
        {
            var message = request.Kind switch
            {
                DecisionKind.Reject => "请写明不同意的理由。",
                DecisionKind.Return => "请写明需要更正的内容。",
                _ => "请填写意见。",
            };
            errors.Add(new FieldError("opinion", "意见", message, true));
        }
        else if (request.Opinion?.Length > LongestOpinion)
        {
            errors.Add(new FieldError("opinion", "意见", $"意见最多 {LongestOpinion} 字，现为 {request.Opinion.Length} 字。"));
        }
    }

    private static byte[]? CheckSignature(DecideRequest request, bool hasStoredSignature, List<FieldError> errors)
    {
        var (picture, message) = request.Method switch
        {
            SignatureMethod.None => (null, "请签名：使用已存的签名，或在下方手写。"),
            SignatureMethod.Stored when !hasStoredSignature => (null, "您还没有保存签名图片，请手写签名，或先在“个人设置”中保存。"),
            SignatureMethod.Drawn => Take(request.Drawing),
            _ => (null, null),
        };
        if (message is not null)
            errors.Add(new FieldError("signature", "签名", message));
        if (string.IsNullOrEmpty(request.Secret) && !request.IsConfirmed)
            errors.Add(new FieldError("secret", "密码或动态码", "请再次输入密码或动态码。", true));
        return picture;
    }

    private static (byte[]? Picture, string? Message) Take(byte[]? drawing) =>
        drawing is null || !drawing.AsSpan().StartsWith(PngHead) ? (null, "请在签名框内手写签名。") : Drawings.InspectSignature(drawing) switch
        {
            PhotoVerdict.Accepted accepted => (accepted.Image, null),
            PhotoVerdict.Refused { Reason: PhotoRefusal.TooManyBytes or PhotoRefusal.TooManyPixels } => (null, "签名图片过大，请清除后重写。"),
            _ => (null, "签名图片已损坏，请清除后重写。"),
        };
}
