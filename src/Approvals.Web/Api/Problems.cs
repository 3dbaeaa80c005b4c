using System.Globalization;
using Approvals.Core.Calendar;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Web.Localisation;
using Approvals.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Api;

/// <summary>Refusals as problem details (RFC 9457): a stable <c>type</c> for programs, title and detail in the caller's language.</summary>
internal sealed class Problems(IStringLocalizer<ApiTexts> texts, Wording wording)
{
    /// <summary>Every type of ours begins so.</summary>
    public const string Prefix = "urn:approvals:";

    public IResult NotFound() => Of(404, "not-found", texts["没有找到。"]);

    public IResult Forbidden() => Of(403, "forbidden", texts["您无权进行此操作。"]);

    public IResult TlsRequired() => Of(
        403, "tls-required", texts["接口只能通过 https 访问。"], texts["请求未被处理。随它发送的令牌可能已被他人看到，请更换。"]);

    public IResult NotYours(string? why = null) => Of(
        403, "not-yours", texts["这不是您的待办。"], why is not null ? wording[why] : texts["只有办理人本人和当日的代理人可以读取和办理；业务件可以从 /cases 读取。"]);

    public IResult NoAntiforgeryToken() => Of(
        400, "no-csrf-token", texts["缺少 X-CSRF-TOKEN。"], texts["以浏览器登录身份调用时，改变数据的请求须带 X-CSRF-TOKEN 请求头；用令牌调用则不需要。"]);

    public IResult AlreadyDecided(string? by, DateTimeOffset? at, string? decidedAs) => Of(
        409, "already-decided", texts["已经有人办理。"],
        by is null || at is null
            ? wording[decidedAs]
            : texts["已由 {0} 于 {1} 办理：{2}。", by, ChinaTime.ToLocal(at.Value).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), wording[decidedAs]],
        new() { ["by"] = by, ["at"] = at, ["as"] = decidedAs });

    public IResult ContentChanged(string? shownHash) => Of(
        409, "content-changed", texts["内容已更新。"], texts["请重新读取待办，核对后用新的 shownHash 办理。"],
        new() { ["shownHash"] = shownHash });

    public IResult DraftChanged(int rowVersion) => Of(
        409, "draft-changed", texts["草稿已在别处修改。"], texts["没有覆盖任何内容；请重新读取后再保存。"], new() { ["rowVersion"] = rowVersion });

    public IResult NotADraft() => Of(409, "not-a-draft", texts["已经提交，不再是草稿。"]);

    public IResult TooLateToWithdraw() => Of(409, "too-late", texts["已经有人办理或者已经结束，不能再撤回。"]);

    public IResult NotStartable(string message) => Of(409, "not-startable", texts["该流程目前不能发起。"], wording[message]);

    public IResult LockedOut() => Of(423, "locked-out", texts["账号已锁定。"], texts["多次输入错误。请稍后再试，或联系安全管理员。"]);

    public IResult TooLarge(string message) => Of(413, "too-large", texts["内容过大。"], wording[message]);

    public IResult UnsupportedMedia(string message) => Of(415, "unsupported-media", texts["不接受这种内容。"], wording[message]);

    public IResult KeyMalformed() => Of(400, "idempotency-key", texts["Idempotency-Key 应为 1 至 100 个可见的 ASCII 字符。"]);

    public IResult KeyUsedOtherwise() => Of(
        422, "idempotency-mismatch", texts["此 Idempotency-Key 已用于另一个请求。"], texts["新的请求请使用新的 Idempotency-Key。"]);

    public IResult InProgress() => Of(409, "in-progress", texts["同一请求正在处理。"], texts["请稍后用同一个 Idempotency-Key 再次发送。"]);

    /// <summary>Field errors; path → messages.</summary>
    public IResult Invalid(IEnumerable<FieldError> errors) => Of(
        400, "validation", texts["内容有误，未作任何改变。"], null,
        new()
        {
            ["errors"] = errors.GroupBy(error => error.Path)
                .ToDictionary(group => group.Key, group => group.Select(error => wording[error.Message]).Distinct().ToArray()),
        });

    /// <summary>The answer to an act: 204, or why it was refused.</summary>
    public IResult OfAct(ActOutcome outcome) => outcome switch
    {
        ActOutcome.Done => Results.NoContent(),
        ActOutcome.NotYours => NotYours(),
        ActOutcome.AlreadyDecided first => AlreadyDecided(first.By, first.At, first.As),
        ActOutcome.NotAllowed refused => Of(409, "not-allowed", texts["此处不能这样办理。"], wording[refused.Why]),
        ActOutcome.TooSoon soon => Of(
            429, "too-soon", texts["刚刚催办过。"],
            texts["{0} 之后可以再次催办。", ChinaTime.ToLocal(soon.Until).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)],
            new() { ["until"] = soon.Until }),
        ActOutcome.Invalid invalid => Invalid(invalid.Errors),
        _ => NotFound(),
    };

    /// <summary>One wrong value.</summary>
    public IResult Invalid(string path, string message) => Invalid([new FieldError(path, path, message)]);

    /// <summary>Fields the form does not know or the step may not fill in.</summary>
    public IResult UnknownFields(IReadOnlyList<string> keys) =>
        Invalid(keys.Select(key => new FieldError("fields." + key, key, texts["表单没有此字段，或此环节不能填写。"])));

    public IResult NotOneOf(string path, string choices) => Invalid(path, texts["应为以下之一：{0}。", choices]);

    /// <summary>Names problems that were only a status code: of the framework, of routing, of the limits.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var details = context.ProblemDetails;
        if (!context.HttpContext.IsApi() || details.Type?.StartsWith(Prefix, StringComparison.Ordinal) == true)
        {
            return;
        }

        var problems = context.HttpContext.RequestServices.GetRequiredService<Problems>();
        var (type, title) = problems.NameOf(details.Status ?? context.HttpContext.Response.StatusCode);
        (details.Type, details.Title) = (Prefix + type, title);
    }

    private (string Type, string Title) NameOf(int status) => status switch
    {
        400 => ("malformed", texts["请求无法读取。"]),
        401 => ("unauthenticated", texts["请用有效的令牌或登录后访问。"]),
        403 => ("forbidden", texts["您无权进行此操作。"]),
        404 => ("not-found", texts["没有找到。"]),
        405 => ("method-not-allowed", texts["此地址不支持这种方法。"]),
        413 => ("too-large", texts["内容过大。"]),
        415 => ("unsupported-media", texts["不接受这种内容。"]),
        429 => ("too-many-requests", texts["请求过于频繁，请稍后再试。"]),
        < 500 => ("refused", texts["请求被拒绝。"]),
        503 => ("unavailable", texts["系统暂时不能读写数据，请稍后再试。"]),
        _ => ("fault", texts["系统出错，请稍后再试。"]),
    };

    private static IResult Of(
        int status, string type, string title, string? detail = null, Dictionary<string, object?>? extensions = null) =>
        Results.Problem(statusCode: status, type: Prefix + type, title: title, detail: detail, extensions: extensions);
}
