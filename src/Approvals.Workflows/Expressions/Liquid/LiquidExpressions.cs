using System.Globalization;
using System.Text.Json.Nodes;
using DotLiquid;
using DotLiquid.Exceptions;

namespace Approvals.Workflows;

/// <summary>Liquid templates, limited in time, loops and length. Names: <c>{{ Variables.X }}</c>, <c>{{ Input.X }}</c>.</summary>
internal sealed class LiquidExpressions(ExpressionLimits limits) : IExpressionHandler
{
    public string Type => "Liquid";

    public CompiledExpression Compile(JsonNode? value, ExpressionScope scope)
    {
        var text = Values.ToText(value) ?? "";
        try
        {
            var template = Tags.Parse(text);
            if (LiquidSyntax.ProblemOf(text, typeof(LimitedFilters), typeof(LiquidDates)) is { } problem)
                throw new ExpressionCompileException(problem);
            template.MakeThreadSafe();
            return new LiquidExpression(template, limits) { Type = Type, Text = text };
        }
        catch (LiquidException e)
        {
            throw new ExpressionCompileException(e.Message, e);
        }
    }

    /// <summary>The library with our tags, set up at the first template and not before.</summary>
    private static class Tags
    {
        static Tags()
        {
            // The library registers its own tags when it is first touched, and would replace ours later.
            System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(DotLiquid.Liquid).TypeHandle);

            // These keep what they make in memory, where the limit on the output cannot see it.
            Template.RegisterTag<LimitedAssign>("assign");
            Template.RegisterTag<LimitedCapture>("capture");
            Template.RegisterTag<LimitedIfChanged>("ifchanged");
            Template.RegisterTag<LimitedFor>("for");
        }

        public static Template Parse(string text) => Template.Parse(text, SyntaxCompatibility.DotLiquid22a);
    }

    private sealed class LiquidExpression(Template template, ExpressionLimits limits) : CompiledExpression
    {
        public override ValueTask<object?> EvaluateAsync(ExpressionContext context)
        {
            using var late = new CancellationTokenSource(limits.Timeout);

            // A context of our own: a template that several threads share takes no filters from the parameters of a rendering.
            var rendering = new Context(
                [LiquidValues.For(context, Text)], new Hash(), LiquidDates.By(context.Clock), ErrorsOutputMode.Rethrow, maxIterations: 2_000,
                CultureInfo.InvariantCulture, late.Token)
            {
                SyntaxCompatibilityLevel = SyntaxCompatibility.DotLiquid22a,
            };
            rendering.AddFilters(typeof(LimitedFilters), typeof(LiquidDates));
            using var writer = new LimitedWriter(limits.TextLength);
            LimitedFor.Allow(limits.MemoryBytes);
            try
            {
                template.Render(writer, RenderParameters.FromContext(rendering, CultureInfo.InvariantCulture));
                return new ValueTask<object?>(writer.ToString());
            }
            catch (MaximumIterationsExceededException e)
            {
                throw new ExpressionLimitException("模板循环次数过多。", e);
            }
            catch (OperationCanceledException e) when (late.IsCancellationRequested)
            {
                throw new ExpressionLimitException($"模板渲染超过 {limits.Timeout.TotalMilliseconds:0} 毫秒。", e);
            }
            catch (OutOfMemoryException e)
            {
                throw new ExpressionLimitException("模板使用的内存过多。", e);
            }
            finally
            {
                LimitedFor.Release();
            }
        }
    }
}
