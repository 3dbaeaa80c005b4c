using Approvals.Core.Forms;

namespace Approvals.Core.Inbox;

/// <summary>What a decision must bring, judged on plain values.</summary>
public static class DecisionChecks
{
    /// <summary>Longest opinion in characters.</summary>
    public const int LongestOpinion = 2000;

    /// <summary>Largest drawn signature in bytes.</summary>
    public const int LargestDrawing = 200 * 1024;

    private static readonly byte[] PngHead = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Errors of a request at a step; empty when it may go on.</summary>
    /// <param name="step">The step.</param>
    /// <param name="options">What the step offers.</param>
    /// <param name="request">The decision.</param>
    /// <param name="hasStoredSignature">Whether the signer has stored a signature picture.</param>
    public static IReadOnlyList<FieldError> Check(StepRun step, StepOptions options, DecideRequest request, bool hasStoredSignature)
    {
        var errors = new List<FieldError>();
        if (!IsOffered(step, options, request.Kind))
            errors.Add(new FieldError("kind", "办理结果", "此环节不能作出这种办理结果。"));
        CheckOpinion(options, request, errors);
        if (request.Kind == DecisionKind.Return && options.ReturnTargets.All(target => target.ActivityId != request.ReturnTo))
            errors.Add(new FieldError("returnTo", "退回到", "请选择要退回到的环节。", string.IsNullOrEmpty(request.ReturnTo)));
        if (options.RequiresSignature)
            CheckSignature(request, hasStoredSignature, errors);
        return errors;
    }

    /// <summary>Whether the step offers a kind of decision.</summary>
    public static bool IsOffered(StepRun step, StepOptions options, DecisionKind kind) => kind switch
    {
        DecisionKind.Submit => step.Kind == StepKind.Form,
        DecisionKind.Approve => step.Kind == StepKind.Approval,
        DecisionKind.Reject => step.Kind == StepKind.Approval && options.RejectLabel is not null,
        DecisionKind.Return => step.Kind == StepKind.Approval && options.CanReturn && options.ReturnTargets.Count > 0,
        DecisionKind.Abstain => step.Kind == StepKind.Approval && step.Mode == StepMode.Vote,
        _ => false,
    };

    private static void CheckOpinion(StepOptions options, DecideRequest request, List<FieldError> errors)
    {
        var needed = request.Kind is DecisionKind.Reject or DecisionKind.Return
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

    private static void CheckSignature(DecideRequest request, bool hasStoredSignature, List<FieldError> errors)
    {
        var message = request.Method switch
        {
            SignatureMethod.None => "请签名：使用已存的签名，或在下方手写。",
            SignatureMethod.Stored when !hasStoredSignature => "您还没有保存签名图片，请手写签名，或先在“个人设置”中保存。",
            SignatureMethod.Drawn when request.Drawing is null || !request.Drawing.AsSpan().StartsWith(PngHead) => "请在签名框内手写签名。",
            SignatureMethod.Drawn when request.Drawing.Length > LargestDrawing => "签名图片过大，请清除后重写。",
            _ => null,
        };
        if (message is not null)
            errors.Add(new FieldError("signature", "签名", message));
        if (string.IsNullOrEmpty(request.Secret) && !request.IsConfirmed)
            errors.Add(new FieldError("secret", "密码或动态码", "请再次输入密码或动态码。", true));
    }
}
