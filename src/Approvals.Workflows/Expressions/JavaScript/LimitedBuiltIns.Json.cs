using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Approvals.Workflows;

/// <content>What makes JSON.</content>
internal sealed partial class LimitedBuiltIns
{
    /// <summary>JSON, counted value by value: a text that stands in a list a thousand times is written a thousand times.</summary>
    private JsValue Stringify(JsValue inner, JsValue self, JsValue[] arguments)
    {
        var function = At(arguments, 1) as Jint.Native.Function.Function;
        var only = function is null && At(arguments, 1).IsArray() ? KeysOf(At(arguments, 1).AsObject()) : null;
        var gap = At(arguments, 2) is var space && space.IsString() ? Math.Min(10, space.AsString().Length)
            : space.IsNumber() ? Math.Clamp((int)space.AsNumber(), 0, 10) : 0;
        var depths = new Dictionary<ObjectInstance, int>(ReferenceEqualityComparer.Instance);
        var used = 0L;
        var counted = new ClrFunction(engine, "", (holder, pair) =>
        {
            var value = function is null ? pair[1] : Apply(function, holder, pair[0], pair[1]);
            var depth = holder is ObjectInstance above ? depths.GetValueOrDefault(above) : 0;
            used += TypeConverter.ToString(pair[0]).Length + 4 + (gap * depth);
            if (value is JsString text)
                used += text.Length;
            else if (value is ObjectInstance boxed and not (JsObject or JsArray or JsDate or Jint.Native.Function.Function))
                used += BoxedLength(boxed);
            Allow(used);
            if (value is not ObjectInstance item)
                return value;
            if (depth >= MaxDepth)
                throw new ExpressionLimitException($"脚本结果嵌套超过 {MaxDepth} 层，或引用了自身。");
            if (only is not null && !item.IsArray() && item.GetType() == typeof(JsObject))
                value = item = Pick(item, only);
            depths[item] = depth + 1;
            return value;
        });
        return Apply(inner, self, At(arguments, 0), counted, space);
    }

    /// <summary>Length of <c>new String('…')</c>, which is written like the text itself; of anything else none.</summary>
    private int BoxedLength(ObjectInstance item)
    {
        try
        {
            return Apply(valueOfText!, item) is JsString text ? text.Length : 0;
        }
        catch (JavaScriptException)
        {
            return 0;
        }
    }

    private List<JsValue> KeysOf(ObjectInstance list)
    {
        var keys = new List<JsValue>();
        for (uint index = 0; index < LengthOf(list); index++)
        {
            if (ItemOf(list, index) is var key && (key.IsString() || key.IsNumber()))
                keys.Add(new JsString(TypeConverter.ToString(key)));
        }

        return keys;
    }

    private JsObject Pick(ObjectInstance item, List<JsValue> keys)
    {
        var picked = new JsObject(engine);
        foreach (var key in keys.Where(item.HasProperty))
            picked.Set(key, item.Get(key));
        return picked;
    }
}
