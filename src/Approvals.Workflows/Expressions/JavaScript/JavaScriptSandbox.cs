using Acornima.Ast;
using Jint;
using Jint.Runtime;

namespace Approvals.Workflows;

/// <summary>
/// Runs a script in an engine of its own: nothing leaks from one evaluation to the next. No .NET object ever enters, only
/// JavaScript values and functions of ours, so there is nothing to reflect on.
/// </summary>
internal static class JavaScriptSandbox
{
    public static object? Run(Prepared<Script> script, ScriptSource source, ExpressionContext context, ExpressionLimits limits)
    {
        var engine = Create(context, limits);
        new LimitedBuiltIns(engine, source, limits).Install();
        new JavaScriptHost(engine, context, source.Named, limits).Install();
        try
        {
            return source.MayNest ? DeepStack.Run(Evaluate) : Evaluate();
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException e)
        {
            throw new ExpressionLimitException("脚本中的正则表达式运行过久。", e);
        }
        catch (TimeoutException e)
        {
            throw new ExpressionLimitException($"脚本运行超过 {limits.Timeout.TotalMilliseconds:0} 毫秒。", e);
        }
        catch (MemoryLimitExceededException e)
        {
            throw new ExpressionLimitException($"脚本使用的内存超过 {limits.MemoryBytes / 1024 / 1024} MB。", e);
        }
        catch (StatementsCountOverflowException e)
        {
            throw new ExpressionLimitException($"脚本执行超过 {limits.Statements} 条语句。", e);
        }
        catch (RecursionDepthOverflowException e)
        {
            throw new ExpressionLimitException($"脚本递归超过 {limits.Recursion} 层。", e);
        }
        catch (InsufficientExecutionStackException e)
        {
            throw new ExpressionLimitException("脚本嵌套过深。", e);
        }
        catch (OutOfMemoryException e)
        {
            // Should a built-in be left that makes much of little: the script is at fault, not the activity.
            throw new ExpressionLimitException($"脚本使用的内存超过 {limits.MemoryBytes / 1024 / 1024} MB。", e);
        }

        object? Evaluate() => JavaScriptValues.ToClr(engine.Evaluate(script), limits, context.Clock.LocalTimeZone);
    }

    private static Engine Create(ExpressionContext context, ExpressionLimits limits) =>
        new(options =>
        {
            options.Strict = true;
            options.Host.StringCompilationAllowed = false;
            options.Constraints.MaxArraySize = limits.ArrayLength;
            options.Constraints.MaxExecutionStackCount = limits.Recursion * 8;
            options.Constraints.RegexTimeout = limits.Timeout;
            options.Constraints.PromiseTimeout = limits.Timeout;
            options.Json.MaxParseDepth = 64;
            options.TimeZone = context.Clock.LocalTimeZone;
            options.TimeoutInterval(limits.Timeout);
            options.LimitMemory(limits.MemoryBytes);
            options.MaxStatements(limits.Statements);
            options.LimitRecursion(limits.Recursion);
        });
}
