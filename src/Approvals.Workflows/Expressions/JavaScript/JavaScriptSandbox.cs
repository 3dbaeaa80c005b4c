using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Approvals.Workflows;

/// <summary>
/// Runs a script in an engine of its own: nothing leaks from one evaluation to the next. No .NET object ever enters, only
/// JavaScript values and functions of ours, so there is nothing to reflect on.
/// </summary>
internal static class JavaScriptSandbox
{
    /// <summary>Ways to allocate much in one step, which no limit between steps can see; no workflow needs them.</summary>
    private static readonly string[] Removed =
    [
        "ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array",
        "Uint16Array", "Int32Array", "Uint32Array", "Float16Array", "Float32Array", "Float64Array", "BigInt64Array",
            "BigUint64Array",
        "WeakRef", "FinalizationRegistry",
    ];

    public static object? Run(Prepared<Script> script, string text, ExpressionContext context, ExpressionLimits limits)
    {
        var engine = Create(context, limits);
        new JavaScriptHost(engine, context, text).Install();
        try
        {
            return JavaScriptValues.ToClr(engine.Evaluate(script), limits, context.Clock.LocalTimeZone);
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
    }

    private static Engine Create(ExpressionContext context, ExpressionLimits limits)
    {
        var engine = new Engine(options =>
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
        foreach (var name in Removed)
            engine.Global.Delete(name);
        LimitTexts(engine, limits.TextLength);
        return engine;
    }

    /// <summary>These make a text of any length in one step, before the memory limit can look.</summary>
    private static void LimitTexts(Engine engine, int limit)
    {
        var prototype = (ObjectInstance)engine.Global.Get("String").Get("prototype");
        foreach (var name in (string[])["repeat", "padStart", "padEnd"])
        {
            var inner = prototype.Get(name);
            prototype.Set(name, new ClrFunction(engine, name, (self, arguments) =>
            {
                var count = arguments.Length > 0 ? TypeConverter.ToNumber(arguments[0]) : 0;
                var length = name == "repeat" ? count * TypeConverter.ToString(self).Length : count;
                return length > limit
                    ? throw new ExpressionLimitException($"脚本生成的文本超过 {limit} 字符。")
                    : engine.Invoke(inner, self, [.. arguments]);
            }));
        }
    }
}
