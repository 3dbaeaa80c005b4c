using System.Text.Json.Nodes;
using Acornima.Ast;
using Jint;

namespace Approvals.Workflows;

/// <summary>JavaScript in a sandbox: no CLR, and limits on time, memory, statements, recursion and arrays.</summary>
internal sealed class JavaScriptExpressions(ExpressionLimits limits) : IExpressionHandler
{
    public string Type => "JavaScript";

    public CompiledExpression Compile(JsonNode? value, ExpressionScope scope)
    {
        var text = Values.ToText(value) ?? "";
        Prepared<Script> script;
        try
        {
            script = Engine.PrepareScript(text, strict: true, options: Warm.Preparation);
        }
        catch (Jint.Runtime.JavaScriptException e)
        {
            throw new ExpressionCompileException(e.Message, e);
        }
        catch (ScriptPreparationException e)
        {
            throw new ExpressionCompileException(e.InnerException?.Message ?? e.Message, e);
        }

        var simple = SimpleScript.TryRead(script.Program!, scope);
        var (source, counted) = ScriptSource.Read(text, script.Program!);
        if (counted != text)
            script = Engine.PrepareScript(counted, strict: true, options: Warm.Preparation);
        return new JavaScriptExpression(script, source, simple, limits) { Type = Type, Text = text };
    }

    /// <summary>
    /// The engine, made ready at the first script and not before: it costs 0.4 s and 20 MB, most of it for the names of the world's time
    /// zones, and a server may start, serve pages and stop without running a script.
    /// </summary>
    private static class Warm
    {
        public static readonly ScriptPreparationOptions Preparation = new()
        {
            ParsingOptions = new ScriptParsingOptions { AllowReturnOutsideFunction = true, Tolerant = false },
        };

        /// <summary>The first script a process runs compiles the engine itself; that must not count against its time limit.</summary>
        static Warm() =>
            new Engine(options => options.Strict = true).Evaluate(
                "const f = x => ({ a: [x, 'x'.repeat(2)], b: `${x}` }); JSON.stringify(f(1)).length > 1 && /a+/.test('aa')");
    }
}

/// <summary>A prepared script, and its short cut when it is simple enough to need no engine.</summary>
internal sealed class JavaScriptExpression(
    Prepared<Script> script, ScriptSource source, SimpleNode? simple, ExpressionLimits limits) : CompiledExpression
{
    public override ValueTask<object?> EvaluateAsync(ExpressionContext context)
    {
        if (simple is not null)
        {
            var value = simple.Evaluate(context);
            if (!ReferenceEquals(value, SimpleNode.Unknown))
                return new ValueTask<object?>(value is double number ? JavaScriptValues.Narrow(number) : value);
        }

        return new ValueTask<object?>(JavaScriptSandbox.Run(script, source, context, limits));
    }
}
