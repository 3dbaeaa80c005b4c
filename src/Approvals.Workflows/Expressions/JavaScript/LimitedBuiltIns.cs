using System.Runtime.CompilerServices;
using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Approvals.Workflows;

/// <summary>
/// The built-in functions that make much of little in one call, between two looks at the limits of an engine: those that make texts count
/// what they make and stop in time, those that copy or search have the limits looked at after each call, and what no workflow needs is
/// not there. One for each engine.
/// </summary>
internal sealed partial class LimitedBuiltIns(Engine engine, ScriptSource script, ExpressionLimits limits)
{
    /// <summary>Name of the function that puts template literals together, see <see cref="ScriptSource"/>.</summary>
    public const string TemplateTag = "__text";

    /// <summary>Deepest structure that is followed, as that of JSON that is read.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// What allocates or computes without bound and no workflow needs: memory in bytes, numbers of any length, engines of their own.
    /// </summary>
    private static readonly string[] Removed =
    [
        "ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array",
        "Uint16Array", "Int32Array", "Uint32Array", "Float16Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array",
        "TypedArray", "BigInt", "Temporal", "ShadowRealm", "WeakRef", "FinalizationRegistry",
    ];

    /// <summary>Parts of <c>Intl</c> that put texts together.</summary>
    private static readonly string[] RemovedOfIntl = ["ListFormat", "DurationFormat", "Segmenter"];

    private static readonly string[] WatchedOfTexts =
    [
        "toUpperCase", "toLowerCase", "toLocaleUpperCase", "toLocaleLowerCase", "normalize", "split", "slice", "substring", "substr", "trim",
        "trimStart", "trimEnd", "indexOf", "lastIndexOf", "includes", "match", "matchAll", "search", "localeCompare", "anchor", "link",
        "fontcolor", "fontsize",
    ];

    private static readonly string[] WatchedOfArrays =
    [
        "concat", "slice", "splice", "toSpliced", "toSorted", "toReversed", "sort", "reverse", "with", "fill", "copyWithin", "indexOf",
        "lastIndexOf", "includes",
    ];

    private static readonly string[] WatchedOfObjects =
        ["keys", "values", "entries", "assign", "fromEntries", "getOwnPropertyNames", "getOwnPropertyDescriptors"];

    private readonly HashSet<ObjectInstance> joining = new(ReferenceEqualityComparer.Instance);

    // A pattern is asked by the text that is searched: what counts already is not counted twice.
    private readonly HashSet<JsValue> counting = new(ReferenceEqualityComparer.Instance);

    private JsValue? valueOfText;

    private delegate JsValue Body(JsValue inner, JsValue self, JsValue[] arguments);

    /// <summary>Takes the place of the engine's own functions, of those that the script can call.</summary>
    public void Install()
    {
        var global = engine.Global;
        foreach (var name in Removed)
            global.Delete(name);

        // Its names of the world's time zones cost more than any script, so it is not even looked at unless it is named.
        if (!script.Named.Contains("Intl", StringComparison.Ordinal))
            global.Delete("Intl");
        else if (global.Get("Intl") is ObjectInstance intl)
            Array.ForEach(RemovedOfIntl, name => intl.Delete(name));

        valueOfText = global.Get("String").AsObject().Get("prototype").AsObject().Get("valueOf");
        Texts((ObjectInstance)global.Get("String"));
        Arrays((ObjectInstance)global.Get("Array").AsObject().Get("prototype"));
        Watch((ObjectInstance)global.Get("Object"), WatchedOfObjects);
        var json = (ObjectInstance)global.Get("JSON");
        json.Delete("rawJSON");
        Replace(json, "stringify", Stringify);
        if (script.Mentions("replace"))
        {
            var patterns = (ObjectInstance)global.Get("RegExp").AsObject().Get("prototype");
            Put(patterns, global.Get("Symbol").AsObject().Get("replace"), (inner, self, arguments) =>
                Apply(inner, self, At(arguments, 0), Counting(At(arguments, 1))));
        }

        if (script.Named.Contains('`', StringComparison.Ordinal))
        {
            engine.SetValue(TemplateTag, new ClrFunction(engine, TemplateTag, (_, arguments) =>
                At(arguments, 0) is ObjectInstance texts ? Together(texts, arguments) : JsString.Empty));
        }
    }

    private void Texts(ObjectInstance constructor)
    {
        var prototype = (ObjectInstance)constructor.Get("prototype");
        foreach (var name in (string[])["repeat", "padStart", "padEnd"])
        {
            Replace(prototype, name, (inner, self, arguments) =>
            {
                var count = TypeConverter.ToNumber(At(arguments, 0));
                Allow(name == "repeat" ? count * TypeConverter.ToString(self).Length : count);
                return Apply(inner, self, arguments);
            });
        }

        Replace(prototype, "concat", (inner, self, arguments) =>
        {
            if (self.IsNull() || self.IsUndefined())
                return Apply(inner, self, arguments);
            var result = new LimitedText(this).Add(self);
            foreach (var argument in arguments)
                result.Add(argument);
            return result.ToJs();
        });
        foreach (var name in (string[])["replace", "replaceAll"])
            Replace(prototype, name, (inner, self, arguments) => Apply(inner, self, At(arguments, 0), Counting(At(arguments, 1))));
        Replace(constructor, "raw", (inner, self, arguments) => At(arguments, 0) is ObjectInstance template
            && template.Get("raw") is ObjectInstance raw ? Together(raw, arguments) : Apply(inner, self, arguments));
        Watch(prototype, WatchedOfTexts);
    }

    private void Arrays(ObjectInstance prototype)
    {
        // These two are called for every list that becomes a text, named or not.
        Put(prototype, "join", (inner, self, arguments) => self.IsNull() || self.IsUndefined()
            ? Apply(inner, self, arguments)
            : Join(ToObject(self), At(arguments, 0).IsUndefined() ? "," : TypeConverter.ToString(At(arguments, 0)), static item => item));
        Put(prototype, "toString", (inner, self, arguments) =>
            self is ObjectInstance list && list.Get("join") is Jint.Native.Function.Function join ? Apply(join, list) : Apply(inner, self, arguments));
        Replace(prototype, "toLocaleString", (inner, self, arguments) => self is ObjectInstance list
            ? Join(list, ",", item => Apply(ToObject(item).Get("toLocaleString"), item))
            : Apply(inner, self, arguments));
        Replace(prototype, "flat", (_, self, arguments) =>
        {
            var flat = new List<JsValue>();
            var visits = 0L;
            Flatten(ToObject(self), At(arguments, 0).IsUndefined() ? 1 : TypeConverter.ToNumber(At(arguments, 0)), flat, ref visits);
            return new JsArray(engine, [.. flat]);
        });
        Watch(prototype, WatchedOfArrays);
    }

    /// <summary>As <c>join</c> has it: nothing for null and undefined, nothing for a list that holds itself.</summary>
    private JsValue Join(ObjectInstance list, string separator, Func<JsValue, JsValue> map)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!joining.Add(list))
            return JsString.Empty;
        try
        {
            var (length, result) = (LengthOf(list), new LimitedText(this));
            for (uint index = 0; index < length; index++)
            {
                if (index > 0)
                    result.Add(separator);
                if (index % 256 == 255)
                    engine.Constraints.Check();
                var item = ItemOf(list, index);
                if (!item.IsNull() && !item.IsUndefined())
                    result.Add(map(item));
            }

            return result.ToJs();
        }
        finally
        {
            joining.Remove(list);
        }
    }

    private void Flatten(ObjectInstance list, double depth, List<JsValue> into, ref long visits)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var length = LengthOf(list);
        for (uint index = 0; index < length; index++)
        {
            if (++visits % 256 == 0)
                engine.Constraints.Check();
            if (visits > limits.ArrayLength)
                throw TooManyItems();
            var item = ItemOf(list, index);
            if (depth >= 1 && item.IsArray())
                Flatten(item.AsObject(), depth - 1, into, ref visits);
            else if (!item.IsUndefined() || list.HasProperty(Key(index)))
                into.Add(item);
        }
    }

    /// <summary>The texts of a template and the values between them: <c>String.raw</c>, and every template literal.</summary>
    private JsValue Together(ObjectInstance texts, JsValue[] arguments)
    {
        var (length, result) = (LengthOf(texts), new LimitedText(this));
        for (uint index = 0; index < length; index++)
        {
            result.Add(ItemOf(texts, index));
            if (index + 1 < length && index + 1 < arguments.Length)
                result.Add(arguments[index + 1]);
        }

        return result.ToJs();
    }

    /// <summary>A function in the place of what replaces matches, which counts what all of them are replaced by.</summary>
    private JsValue Counting(JsValue replacement)
    {
        if (counting.Contains(replacement))
            return replacement;
        var function = replacement as Jint.Native.Function.Function;
        var template = function is null ? TypeConverter.ToString(replacement) : "";
        var used = 0L;
        var counted = new ClrFunction(engine, "", (_, arguments) =>
        {
            var text = function is not null ? TypeConverter.ToString(Apply(function, JsValue.Undefined, arguments))
                : template.Contains('$', StringComparison.Ordinal) ? Substitute(template, arguments) : template;
            Allow(used += text.Length);
            return new JsString(text);
        });
        counting.Add(counted);
        return counted;
    }

    /// <summary>What <c>$&amp;</c>, <c>$1</c>, <c>$&lt;name&gt;</c> and the like stand for in a replacement.</summary>
    private string Substitute(string template, JsValue[] match)
    {
        // The match, its groups, its place, the whole text, and named groups when the pattern has any.
        var named = match[^1] as ObjectInstance;
        var end = named is null ? match.Length : match.Length - 1;
        var (found, whole) = (TypeConverter.ToString(match[0]), TypeConverter.ToString(match[end - 1]));
        var (place, groups) = ((int)TypeConverter.ToNumber(match[end - 2]), end - 3);
        var result = new LimitedText(this);
        for (var at = 0; at < template.Length; at++)
        {
            var next = template[at] == '$' && at + 1 < template.Length ? template[at + 1] : '\0';
            switch (next)
            {
                case '$':
                    result.Add("$");
                    at++;
                    break;
                case '&':
                    result.Add(found);
                    at++;
                    break;
                case '`':
                    result.Add(whole[..place]);
                    at++;
                    break;
                case '\'':
                    result.Add(whole[Math.Min(whole.Length, place + found.Length)..]);
                    at++;
                    break;
                case '<' when named is not null && template.IndexOf('>', at) is > 0 and var close:
                    var group = named.Get(template[(at + 2)..close]);
                    if (!group.IsUndefined())
                        result.Add(group);
                    at = close;
                    break;
                case >= '0' and <= '9' when GroupAt(template, at + 1, groups) is (> 0 and var number, var digits):
                    if (!match[number].IsUndefined())
                        result.Add(match[number]);
                    at += digits;
                    break;
                default:
                    result.Add(template[at].ToString());
                    break;
            }
        }

        return result.ToString();
    }

    private static (int Number, int Digits) GroupAt(string template, int at, int groups)
    {
        var one = template[at] - '0';
        var two = at + 1 < template.Length && char.IsAsciiDigit(template[at + 1]) ? (one * 10) + template[at + 1] - '0' : 0;
        return two > 0 && two <= groups ? (two, 2) : one <= groups ? (one, 1) : (0, 0);
    }

    private void Watch(ObjectInstance owner, string[] names)
    {
        foreach (var name in names)
            Replace(owner, name, static (inner, self, arguments) => Apply(inner, self, arguments));
    }

    private void Replace(ObjectInstance owner, string name, Body body)
    {
        if (script.Mentions(name))
            Put(owner, name, body);
    }

    /// <summary>Puts a function in the place of another; the limits are looked at after each call.</summary>
    private void Put(ObjectInstance owner, JsValue name, Body body)
    {
        var inner = owner.Get(name);
        owner.Set(name, new ClrFunction(engine, name.IsString() ? name.AsString() : "", (self, arguments) =>
        {
            var result = body(inner, self, arguments);
            engine.Constraints.Check();
            return result;
        }));
    }

    private uint LengthOf(ObjectInstance list)
    {
        var length = TypeConverter.ToNumber(list.Get("length"));
        return length > limits.ArrayLength ? throw TooManyItems() : length > 0 ? (uint)length : 0;
    }

    private ExpressionLimitException TooManyItems() => new($"脚本处理的列表超过 {limits.ArrayLength} 项。");

    private static JsValue ItemOf(ObjectInstance list, uint index) => list is JsArray array ? array[index] : list.Get(Key(index));

    private static JsString Key(uint index) => new(index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private ObjectInstance ToObject(JsValue value) =>
        value as ObjectInstance ?? engine.Intrinsics.Object.Construct([value], engine.Intrinsics.Object);

    private static JsValue Apply(JsValue function, JsValue self, params JsValue[] arguments) => function.Call(self, arguments);

    private static JsValue At(JsValue[] arguments, int index) => index < arguments.Length ? arguments[index] : JsValue.Undefined;

    private void Allow(double length)
    {
        if (length > limits.TextLength)
            throw new ExpressionLimitException($"脚本生成的文本超过 {limits.TextLength} 字符。");
    }

    /// <summary>A text that is put together and stops at the limit.</summary>
    private sealed class LimitedText(LimitedBuiltIns owner)
    {
        private readonly StringBuilder text = new();

        public LimitedText Add(JsValue value) => Add(TypeConverter.ToString(value));

        public LimitedText Add(string more)
        {
            owner.Allow((double)text.Length + more.Length);
            text.Append(more);
            return this;
        }

        public JsString ToJs() => new(text.ToString());

        public override string ToString() => text.ToString();
    }
}
