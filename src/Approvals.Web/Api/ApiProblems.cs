using Approvals.Core.Forms;
using Approvals.Web.Resources;
using Microsoft.Extensions.Localization;

namespace Approvals.Web.Api;

/// <summary>Refusals as RFC 9457 problem details in the caller's language.</summary>
internal sealed class ApiProblems(IStringLocalizer<ApiTexts> texts)
{
    public IResult NotFound() => Problem(StatusCodes.Status404NotFound, texts["没有找到，或您无权读取。"]);

    public IResult Forbidden() => Problem(StatusCodes.Status403Forbidden, texts["这不是您的待办。"]);

    public IResult LockedOut() => Problem(StatusCodes.Status403Forbidden, texts["多次输入错误，账号已锁定。"]);

    public IResult AlreadyDecided(string? by, DateTimeOffset? at, string? decidedAs) => Results.Problem(
        statusCode: StatusCodes.Status409Conflict, title: texts["已经有人办理。"],
        extensions: new Dictionary<string, object?> { ["by"] = by, ["at"] = at, ["as"] = decidedAs });

    public IResult ContentChanged() => Problem(StatusCodes.Status409Conflict, texts["内容已更新，请重新读取后再办理。"]);

    public IResult ChangedElsewhere(int rowVersion) => Results.Problem(
        statusCode: StatusCodes.Status409Conflict, title: texts["草稿已在别处修改，请重新读取。"],
        extensions: new Dictionary<string, object?> { ["rowVersion"] = rowVersion });

    public IResult TooLate() => Problem(StatusCodes.Status409Conflict, texts["已经有人办理，不能再撤回。"]);

    public IResult Conflict(string message) => Problem(StatusCodes.Status409Conflict, message);

    public IResult Refused(string message) => Problem(StatusCodes.Status422UnprocessableEntity, message);

    public IResult Invalid(IReadOnlyList<FieldError> errors) => Results.ValidationProblem(
        errors.GroupBy(error => error.Path).ToDictionary(group => group.Key, group => group.Select(error => error.Message).ToArray()),
        statusCode: StatusCodes.Status422UnprocessableEntity, title: texts["内容有误，未作任何改变。"]);

    private static IResult Problem(int status, string title) => Results.Problem(statusCode: status, title: title);
}
