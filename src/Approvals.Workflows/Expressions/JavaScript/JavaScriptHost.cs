using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Workflows;

/// <summary>
/// Elsa's functions for scripts: variables, inputs, outputs, the instance. Only what the script's text mentions is put in,
/// because filling a global object costs more than most scripts.
/// </summary>
internal sealed class JavaScriptHost(Engine engine, ExpressionContext context, string text, ExpressionLimits limits)
{
    public void Install()
    {
        Contributed();
        Instance();
        Variables();
        Inputs();
        Outputs();
        Helpers();
    }

    private void Contributed()
    {
        Dictionary<string, object?>? values = null;
        foreach (var contributor in context.Services.GetServices<IExpressionContributor>())
            contributor.Contribute(context, values ??= []);
        foreach (var (name, value) in values ?? [])
        {
            if (Mentions(name))
                engine.SetValue(name, JavaScriptValues.ToJs(engine, value is Func<object?> ask ? ask() : value));
        }
    }

    private void Instance()
    {
        Define("getWorkflowInstanceId", _ => context.InstanceId.ToString());
        Define("getWorkflowDefinitionId", _ => context.Definition.DefinitionId);
        Define("getWorkflowDefinitionVersionId", _ => context.Definition.Id);
        Define("getWorkflowDefinitionVersion", _ => context.Definition.Version);
        Define("getCorrelationId", _ => context.CorrelationId);
        Define("setCorrelationId", a => context.CorrelationId = Text(a, 0));
        Define("getWorkflowInstanceName", _ => context.Burst.State.Name);
        Define("setWorkflowInstanceName", a => context.Burst.State.Name = Text(a, 0));
    }

    private void Variables()
    {
        Define("getVariable", a => context.GetVariable(Text(a, 0)));
        Define("setVariable", a => Set(Text(a, 0), Value(a, 1)));
        foreach (var name in context.VariableNames)
        {
            Define("get" + JavaScriptNames.Pascal(name), _ => context.GetVariable(name));
            Define("set" + JavaScriptNames.Pascal(name), a => Set(name, Value(a, 0)));
        }

        if (!Mentions("variables"))
            return;
        var variables = new JsObject(engine);
        foreach (var name in context.VariableNames.Where(Mentions).Distinct())
        {
            variables.DefineOwnProperty(name, new GetSetPropertyDescriptor(
                Function("get " + name, _ => context.GetVariable(name)),
                Function("set " + name, a => Set(name, Value(a, 0))), enumerable: true, configurable: false));
        }

        engine.SetValue("variables", variables);
    }

    private void Inputs()
    {
        Define("getInput", a => context.GetInput(Text(a, 0)));
        foreach (var name in context.InputNames)
        {
            // A variable of the same name has the function already, as in Elsa.
            if (!context.VariableNames.Contains(name))
                Define("get" + JavaScriptNames.Pascal(name), _ => context.GetInput(name));
        }

        if (!Mentions("inputs"))
            return;
        var inputs = new JsObject(engine);
        foreach (var name in context.InputNames.Where(Mentions))
            inputs.Set(name, JavaScriptValues.ToJs(engine, context.GetInput(name)));
        engine.SetValue("inputs", inputs);
    }

    private void Outputs()
    {
        Define("getOutputFrom", a => context.GetOutputFrom(Text(a, 0), a.Length > 1 ? Text(a, 1) : null));
        Define("getLastResult", _ => context.LastResult);
        Define("setOutcome", a => context.ChosenOutcomes = [Text(a, 0)]);
        Define("setOutcomes", a => context.ChosenOutcomes = [.. ItemList.Read(Value(a, 0)).Select(o => Values.ToText(o) ?? "")]);
        if (!Mentions("From"))
            return;
        foreach (var (activityId, outputs) in context.Burst.State.ActivityOutputs ?? [])
        {
            foreach (var (name, value) in outputs)
            {
                var activity = context.Burst.Workflow.FindActivity(activityId)?.Name ?? activityId;
                Define($"get{name}From{JavaScriptNames.Pascal(activity)}", _ => value);
            }
        }
    }

    private void Helpers()
    {
        Define("isNullOrWhiteSpace", a => string.IsNullOrWhiteSpace(a.Length == 0 || a[0].IsNull() ? null : Text(a, 0)));
        Define("isNullOrEmpty", a => string.IsNullOrEmpty(a.Length == 0 || a[0].IsNull() ? null : Text(a, 0)));
        Define("toJson", a => Values.ToJson(Value(a, 0))?.ToJsonString(JsonText.Compact) ?? "null");
        Define("parseGuid", a => Guid.Parse(Text(a, 0)).ToString());
        Define("newGuid", _ => Guid.NewGuid().ToString());
        Define("getGuid", _ => Guid.NewGuid().ToString());
        Define("getGuidString", _ => Guid.NewGuid().ToString());
        Define("getShortGuid", _ => Convert.ToBase64String(Guid.NewGuid().ToByteArray()).Replace('+', '-').Replace('/',
            '_')[..22]);
        Define("stringToBase64", a => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Text(a, 0))));
        Define("stringFromBase64", a => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(Text(a, 0))));
    }

    private object? Set(string name, object? value) => context.SetVariable(name, value)
        ? null
        : throw new JavaScriptException(engine.Intrinsics.TypeError, $"变量“{name}”不存在。");

    private void Define(string name, Func<JsValue[], object?> body)
    {
        if (Mentions(name))
            engine.SetValue(name, Function(name, body));
    }

    private ClrFunction Function(string name, Func<JsValue[], object?> body) => new(engine, name, (_, arguments) =>
    {
        try
        {
            return JavaScriptValues.ToJs(engine, body(arguments));
        }
        catch (FormatException e)
        {
            // A script may catch what it caused.
            throw new JavaScriptException(engine.Intrinsics.TypeError, e.Message);
        }
    });

    private bool Mentions(string name) => text.Contains(name, StringComparison.Ordinal);

    private static string Text(JsValue[] arguments, int index) =>
        index < arguments.Length && !arguments[index].IsUndefined() ? TypeConverter.ToString(arguments[index]) : "";

    private object? Value(JsValue[] arguments, int index) =>
        index < arguments.Length ? JavaScriptValues.ToClr(arguments[index], limits, context.Clock.LocalTimeZone) : null;
}
