using System.Text.Json;
using Approvals.Core.Processes.Designing;
using Approvals.Web.Hosting;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Studio.Api;

/// <summary>Every refusal and fault of Studio's API as Elsa's error body, never as a page.</summary>
internal static class StudioFaults
{
    public static void UseStudioFaults(this IApplicationBuilder app)
    {
        app.Use(InvokeAsync);
        app.UseStatusCodePages(context => WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
    }

    private static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var (status, messages) = Judge(fault);
            if (status >= 500)
                context.RequestServices.GetRequiredService<ILogger<Program>>().LogError(fault, "A request of the designer failed.");
            context.Response.Clear();
            await WriteAsync(context, status, messages);
        }
    }

    private static (int Status, IReadOnlyList<string> Messages) Judge(Exception fault) => fault switch
    {
        DesignRefused refused => (400, refused.Reasons),
        DefinitionFormatException wrong => (400, [$"流程定义有误：{wrong.Message}"]),
        BadHttpRequestException { InnerException: JsonException inner } => (400, [Place(inner)]),
        BadHttpRequestException bad => (bad.StatusCode, []),
        JsonException wrong => (400, [Place(wrong)]),
        _ when StrictJson.IsUnreadable(fault) => (400, ["提交的内容中有类型不对的值。"]),
        DbUpdateConcurrencyException => (400, ["另有人同时保存，您的修改未保存，也没有覆盖任何内容。请重新打开流程后再改。"]),
        _ when StorageFault.IsBehind(fault) => (503, ["系统暂时不能读写数据，修改没有保存。请稍后再试。"]),
        _ => (500, []),
    };

    private static string Place(JsonException fault) =>
        $"提交的内容不是有效的 JSON（{(string.IsNullOrEmpty(fault.Path) ? "$" : fault.Path)}，第 {(fault.LineNumber ?? 0) + 1} 行）。";

    private static Task WriteAsync(HttpContext context, int status, params IEnumerable<string> messages) =>
        StudioAnswers.Error(status, messages).ExecuteAsync(context);
}
