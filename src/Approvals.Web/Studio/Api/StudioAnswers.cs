using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Approvals.Web.Localisation;

namespace Approvals.Web.Studio.Api;

/// <summary>Answers in the shape that Studio reads: camel case, enums by name, values that are null left out, Chinese as it is.</summary>
internal static class StudioAnswers
{
    /// <summary>How this API writes and reads JSON; a property that nobody knows is ignored.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        MaxDepth = 256,
    };

    public static IResult Ok(object? value, int status = StatusCodes.Status200OK) => Results.Json(value, Json, statusCode: status);

    /// <summary>A list in Elsa's envelope.</summary>
    public static IResult List<T>(IReadOnlyCollection<T> items) => Ok(new { items, count = items.Count });

    /// <summary>What could not be done and why, one message a line in Studio's red box; 400, the only refusal Studio shows.</summary>
    public static IResult Refused(params IEnumerable<string> messages) => Error(StatusCodes.Status400BadRequest, messages);

    /// <summary>Header by which a call is repeated after its consequences were shown.</summary>
    public const string Confirmed = "X-Confirmed";

    /// <summary>A refusal until the caller repeats the call with what it asks for: our scripts show the words and a button.</summary>
    public static IResult Unconfirmed(string message, string asked) => new Refusal(StatusCodes.Status409Conflict, [message], asked);

    public static IResult NotFound() => Error(StatusCodes.Status404NotFound);

    /// <summary>A refusal with the usual words of its status, or with words of its own.</summary>
    public static IResult Error(int status, params IEnumerable<string> messages) =>
        new Refusal(status, [.. messages], null);

    /// <summary>Elsa's error body.</summary>
    public static JsonObject Body(int status, params IEnumerable<string> messages)
    {
        var lines = messages.DefaultIfEmpty(WordsOf(status)).Select(line => (JsonNode)line!).ToArray();
        return new JsonObject
        {
            ["statusCode"] = status,
            ["message"] = lines.Length == 1 ? (string)lines[0]! : WordsOf(status),
            ["errors"] = new JsonObject { ["generalErrors"] = new JsonArray(lines) },
        };
    }

    private static string WordsOf(int status) => status switch
    {
        400 => "请求有误，未作任何改变。",
        401 => "登录已过期，请重新登录。",
        403 => "您无权进行此操作。",
        404 => "没有找到。",
        405 => "此地址不支持这种方法。",
        413 => "内容过大。",
        415 => "不接受这种内容。",
        429 => "请求过于频繁，请稍后再试。",
        < 500 => "请求被拒绝。",
        _ => "系统出错，请稍后再试。",
    };

    /// <summary>A refusal in the reader's language: in English as far as its sentences have English.</summary>
    private sealed class Refusal(int status, IReadOnlyList<string> messages, string? asked) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var words = httpContext.RequestServices.GetRequiredService<Wording>().Designer;
            var body = Body(status, messages.DefaultIfEmpty(WordsOf(status)).Select(words.Say));
            if (asked is not null)
                body["confirm"] = asked;
            return Results.Json(body, Json, "application/problem+json", status).ExecuteAsync(httpContext);
        }
    }
}
