using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;

namespace Approvals.Workflows;

/// <summary>Values in and out of scripts, always by copy.</summary>
internal static class JavaScriptValues
{
    private const int MaxDepth = 32;

    /// <summary>A whole number as int or long, any other as double.</summary>
    public static object Narrow(double number) =>
        number == Math.Floor(number) && Math.Abs(number) <= 9007199254740991
            ? Math.Abs(number) <= int.MaxValue ? (int)number : (object)(long)number
            : number;

    public static JsValue ToJs(Engine engine, object? value) => value switch
    {
        null => JsValue.Null,
        JsValue js => js,
        bool b => b ? JsBoolean.True : JsBoolean.False,
        string s => new JsString(s),
        int i => JsNumber.Create(i),
        long l => JsNumber.Create((double)l),
        decimal m => JsNumber.Create((double)m),
        double d => JsNumber.Create(d),
        DateTimeOffset t => engine.Construct("Date", JsNumber.Create((double)t.ToUnixTimeMilliseconds())),
        DateTime t => engine.Construct("Date", JsNumber.Create((double)BeijingTime.Instant(t).ToUnixTimeMilliseconds())),
        DateOnly or TimeSpan or Guid or Enum => new JsString(Values.ToText(value)!),
        JsonValue v => ToJs(engine, Values.FromJsonScalar(v)),
        JsonObject o => ToJs(engine, o.Select(p => KeyValuePair.Create(p.Key, (object?)p.Value))),
        IReadOnlyDictionary<string, object?> map => ToJs(engine, map),
        JsonArray a => new JsArray(engine, [.. a.Select(n => ToJs(engine, (object?)n))]),
        IEnumerable<object?> list => new JsArray(engine, [.. list.Select(n => ToJs(engine, n))]),
        IEnumerable list => new JsArray(engine, [.. list.Cast<object?>().Select(n => ToJs(engine, n))]),
        _ => ToJs(engine, (object?)Values.ToJson(value)),
    };

    /// <summary>A value of a script as one of ours; a date has the offset of <paramref name="zone"/>, so that its day is the day the script means.</summary>
    public static object? ToClr(JsValue value, ExpressionLimits limits, TimeZoneInfo zone) => ToClr(value, new Used(limits), zone);

    private static object? ToClr(JsValue value, Used used, TimeZoneInfo zone) => value.Type switch
    {
        Types.Undefined or Types.Null or Types.Empty => null,
        Types.Boolean => value.AsBoolean(),
        Types.Number => Narrow(value.AsNumber()),
        Types.String => used.Text(value.ToString()),
        Types.Object when value.IsDate() => ToDate(value, zone),
        Types.Object => ToJson(value, used, zone, 0),
        _ => value.ToString(),
    };

    private static JsValue ToJs(Engine engine, IEnumerable<KeyValuePair<string, object?>> properties)
    {
        var result = new JsObject(engine);
        foreach (var (name, value) in properties)
            result.Set(name, ToJs(engine, value));
        return result;
    }

    private static object? ToDate(JsValue value, TimeZoneInfo zone)
    {
        var milliseconds = value.AsDate().DateValue;
        return double.IsNaN(milliseconds)
            ? null : TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds), zone);
    }

    private static JsonNode? ToJson(JsValue value, Used used, TimeZoneInfo zone, int depth)
    {
        used.Item();
        if (depth > MaxDepth)
            throw new ExpressionLimitException($"脚本结果嵌套超过 {MaxDepth} 层，或引用了自身。");
        if (value is not ObjectInstance instance || value.IsDate())
            return Values.ToJson(ToClr(value, used, zone));
        if (value.IsArray())
        {
            var array = value.AsArray();
            var list = new JsonArray();
            for (uint i = 0; i < array.Length; i++)
                list.Add(ToJson(array.Get(i.ToString(System.Globalization.CultureInfo.InvariantCulture)), used, zone, depth + 1));
            return list;
        }

        var result = new JsonObject();
        if (instance is Jint.Native.Function.Function)
            return result;
        foreach (var (key, _) in instance.GetOwnProperties())
        {
            var item = instance.Get(key);
            if (key.IsString() && !item.IsUndefined() && item is not Jint.Native.Function.Function)
                result[used.Text(key.ToString())] = ToJson(item, used, zone, depth + 1);
        }

        return result;
    }

    /// <summary>What the copy of one value has come to: a text in a list a thousand times is copied a thousand times.</summary>
    private sealed class Used(ExpressionLimits limits)
    {
        private long characters;
        private long items;

        public string Text(string text) => (characters += text.Length) > limits.TextLength
            ? throw new ExpressionLimitException($"脚本结果超过 {limits.TextLength} 字符。")
            : text;

        public void Item()
        {
            if (++items > limits.ArrayLength)
                throw new ExpressionLimitException($"脚本处理的列表超过 {limits.ArrayLength} 项。");
        }
    }
}
