using System.Text.Json.Nodes;
using System.Diagnostics;

namespace Approvals.Workflows.Tests;

[CollectionDefinition(nameof(SandboxFacts), DisableParallelization = true)]
public sealed class SandboxFactsAlone;

/// <summary>Expressions that attack: each becomes an incident that names activity and expression, soon and without
/// harm.</summary>
[Collection(nameof(SandboxFacts))]
public sealed class SandboxFacts
{
    [Theory]
    [InlineData("while (true) {}")]
    [InlineData("for (;;) { let x = 1; }")]
    [InlineData("function f() { return f(); } f()")]
    [InlineData("const f = () => f() + 1; f()")]
    [InlineData("const o = { get x() { return this.x; } }; o.x")]
    [InlineData("'x'.repeat(2000000000)")]
    [InlineData("'x'['rep' + 'eat'](1e9)")]
    [InlineData("'x'.padStart(2000000000)")]
    [InlineData("let s = 'x'; while (true) { s += s; }")]
    [InlineData("let s = 'xxxxxxxxxxxxxxxx'; for (let i = 0; i < 40; i++) s = s + s; s")]
    [InlineData("let a = []; while (true) { a.push('0123456789'); }")]
    [InlineData("new Array(4000000000).fill(1)")]
    [InlineData("Array.from({ length: 1e9 }, (_, i) => i)")]
    [InlineData("let a = [1]; while (true) { a = a.concat(a); }")]
    [InlineData("new ArrayBuffer(2000000000)")]
    [InlineData("new Uint8Array(2000000000)")]
    [InlineData("/(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')")]
    [InlineData("'aaaaaaaaaaaaaaaaaaaaaa! '.repeat(1000).replace(/(a+)+\\$/g, '')")]
    [InlineData("JSON.parse('['.repeat(100000))")]
    [InlineData("Array(2000).fill('x'.repeat(262144)).join('')")]
    [InlineData("Array(100000).join('x'.repeat(262144))")]
    [InlineData("Array(2000).fill('x'.repeat(262144)) + ''")]
    [InlineData("Array(2000).fill('x'.repeat(262144)).toLocaleString()")]
    [InlineData("String(Array(2000).fill('x'.repeat(262144)))")]
    [InlineData("Array(2000).fill('x'.repeat(262144))")]
    [InlineData("toJson(Array(2000).fill('x'.repeat(262144)))")]
    [InlineData("let a = 'x'.repeat(262144), f = (...l) => ''.concat(...l); f(...Array(2000).fill(a))")]
    [InlineData("String.raw({ raw: Array(2000).fill('x'.repeat(262144)) })")]
    [InlineData("JSON.stringify(Array(2000).fill('x'.repeat(262144)))")]
    [InlineData("JSON.stringify(Array(2000).fill(new String('x'.repeat(262144))))")]
    [InlineData("JSON['string' + 'ify'](Array(2000).fill('x'.repeat(262144)))")]
    [InlineData("JSON.stringify(Array(60000).fill([0]), null, '          ')")]
    [InlineData("'x'.repeat(262144).replace(/x/g, 'y'.repeat(4000))")]
    [InlineData("'x'.repeat(262144).replace(/x/g, () => 'y'.repeat(4000))")]
    [InlineData("'x'.repeat(262144).replaceAll('x', 'y'.repeat(4000))")]
    [InlineData("'x'.repeat(60000).replace(/x/g, '$`')")]
    [InlineData("/x/g[Symbol.replace]('x'.repeat(262144), 'y'.repeat(4000))")]
    [InlineData("let s = 'x'.repeat(262144); `${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}`.length")]
    [InlineData("new Intl.ListFormat('en').format(Array(2000).fill('x'.repeat(262144)))")]
    [InlineData("Array(60000).fill('a'.repeat(262144)).map(Function.prototype.call, String.prototype.toUpperCase)")]
    [InlineData("Array(60000).fill(Array(60000).fill(1)).map(Object.keys)")]
    [InlineData("BigInt('9'.repeat(200000)).toString()")]
    [InlineData("new ShadowRealm().evaluate('1')")]
    [InlineData("let a = ['x']; for (let i = 0; i < 40; i++) a = [a, a]; a.join()")]
    [InlineData("let a = ['x']; for (let i = 0; i < 40; i++) a = [a, a]; JSON.stringify(a)")]
    [InlineData("let a = ['x']; for (let i = 0; i < 40; i++) a = [a, a]; a.flat(Infinity)")]
    [InlineData("let a = []; for (let i = 0; i < 30; i++) a = [a, a]; a")]
    [InlineData("let a = []; for (let i = 0; i < 20000; i++) a = [a]; JSON.stringify(a)")]
    [InlineData("let a = []; for (let i = 0; i < 20000; i++) a = [a]; a + ''")]
    [InlineData("let p = {}; for (let i = 0; i < 30000; i++) p = new Proxy(p, {}); p.x.y")]
    [InlineData("let o = {}; o.o = o; o")]
    [InlineData("let o = {}; for (let i = 0; i < 5000; i++) o = { o }; o")]
    [InlineData("new Function('return 1')()")]
    [InlineData("(() => {}).constructor('return 1')()")]
    [InlineData("eval('1 + 1')")]
    [InlineData("System.IO.File.ReadAllText('/etc/passwd')")]
    [InlineData("importNamespace('System')")]
    [InlineData("getVariable.GetType().Assembly.FullName")]
    [InlineData("getWorkflowInstanceId.GetType().FullName.length")]
    [InlineData("variables.Json.GetType().FullName.length")]
    [InlineData("variables.Json.Parent.Root.x.y")]
    [InlineData("require('fs').readFileSync('/etc/passwd')")]
    [InlineData("process.exit(1)")]
    [InlineData("undeclared = 1")]
    [InlineData("throw new Error('by the script')")]
    [InlineData("null.x")]
    public Task A_script_is_stopped(string script) => Stopped("JavaScript", script);

    [Theory]
    [InlineData("{% for i in (1..100000000) %}x{% endfor %}")]
    [InlineData("{% for i in (1..1999) %}{% for j in (1..1999) %}{% for k in (1..1999) %}{% endfor %}{% endfor %}{% endfor %}")]
    [InlineData("{% assign s = 'xxxxxxxx' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}")]
    [InlineData("{% capture s %}xx{% endcapture %}{% for i in (1..60) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}")]
    [InlineData("{% assign s = 'aaaaaaaa' %}{% for i in (1..20) %}{% assign s = s | replace: 'a', s %}{% endfor %}")]
    [InlineData("{% for i in (1..1900) %}{% for j in (1..9) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}{% endfor %}{% endfor %}")]
    [InlineData("{% include '/etc/passwd' %}")]
    [InlineData("{% capture s %}{% for i in (1..9) %}{% for j in (1..1999) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}{% endfor %}{% endfor %}{% endcapture %}")]
    [InlineData("{% ifchanged %}{% for i in (1..9) %}{% for j in (1..1999) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}{% endfor %}{% endfor %}{% endifchanged %}")]
    [InlineData("{{ '' | times: 2000000000 | sort | size }}")]
    [InlineData("{{ 'x' | times: 2000000000 | join: '' }}")]
    [InlineData("{% assign a = 'a,b' | split: ',' %}{% for i in (1..60) %}{% assign a = a | concat: a %}{% endfor %}{{ a | size }}")]
    public async Task A_template_is_stopped(string template)
    {
        var incident = await Stopped("Liquid", template);
        if (template.Contains(" s ", StringComparison.Ordinal))
            Assert.Contains("字符", incident.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ Variables.Json.GetType }}")]
    [InlineData("{{ Variables.GetType.Assembly.FullName }}")]
    [InlineData("{{ Variables.class.methods }}")]
    public async Task A_template_sees_no_dotnet(string template)
    {
        var host = Make("Liquid", template);
        await host.Start();
        Assert.Equal([""], host.Lines);
    }

    [Theory]
    [InlineData("JavaScript", "1 +")]
    [InlineData("JavaScript", "let let = 1")]
    [InlineData("JavaScript", "with (a) { }")]
    [InlineData("JavaScript", "2n ** 1000000n")]
    [InlineData("JavaScript", "`${1}${")]
    [InlineData("Liquid", "{% if %}")]
    [InlineData("Liquid", "{% nothing %}")]
    [InlineData("Liquid", "{% if a %}")]
    [InlineData("Liquid", "{{ a")]
    [InlineData("Liquid", "{% if a")]
    [InlineData("Liquid", "{% if a === 'b' %}x{% endif %}")]
    [InlineData("Liquid", "{% unless a foo 'b' %}x{% endunless %}")]
    [InlineData("Liquid", "{% if a %}x{% elsif a =< 2 %}y{% endif %}")]
    [InlineData("Liquid", "{% if x %}{% for i in a %}{% if i ~ 'b' and i %}x{% endif %}{% endfor %}{% endif %}")]
    [InlineData("Liquid", "{% case a %}{% when %}x{% endcase %}")]
    [InlineData("Liquid", "{% for i on a %}{% endfor %}")]
    [InlineData("Liquid", "{% assign = 1 %}")]
    [InlineData("Liquid", "{{ a | upcasse }}")]
    [InlineData("Liquid", "{{ a | }}")]
    [InlineData("Liquid", "{{ }}")]
    [InlineData("Liquid", "{{ a b }}")]
    [InlineData("Liquid", "{% assign b = a | upcasse %}")]
    [InlineData("CSharp", "1")]
    public void A_syntax_error_is_found_before_anything_runs(string type, string source)
    {
        var problem = Assert.Single(Make(type, source).Workflow.Problems);
        Assert.Equal((ProblemCodes.Expression, "a"), (problem.Code, problem.ActivityId));
    }

    /// <summary>What is written in unusual ways is no mistake.</summary>
    [Theory]
    [InlineData("{% if 'x'=='x' and 'a b' != \"c|d\" %}y{% elsif Input['n'] contains 'q' or 2 <= 3 %}z{% endif %}", "y")]
    [InlineData("{%- unless Input.n -%}{{ 'x' }}{%- endunless -%}", "x")]
    [InlineData("{% assign t = 'a,b' | split: ',' | join: '|' %}{{ t | replace: '|', '}' | upcase }}", "A}B")]
    [InlineData("{% raw %}{{ a | nothing }}{% if a === b %}{% endraw %}{% comment %}{{ a b }}{% endcomment %}", "{{ a | nothing }}{% if a === b %}")]
    public async Task A_template_that_is_right_is_taken(string template, string expected)
    {
        var host = Make("Liquid", template);
        Assert.Empty(host.Workflow.Problems);
        var run = await host.Start();
        Assert.Empty(run.NewIncidents.Select(incident => incident.Message));
        Assert.Equal([expected], host.Lines);
    }

    /// <summary>Publishing refuses what has such a problem, so none may hide in a branch, a loop, a case or a script.</summary>
    [Theory]
    [InlineData("JavaScript", "1 +")]
    [InlineData("Liquid", "{{ a | nothing }}")]
    [InlineData("Object", "[1,")]
    [InlineData("Variable", "{")]
    [InlineData("CSharp", "1")]
    public void A_syntax_error_is_found_wherever_it_stands(string type, string source)
    {
        var wrong = Draw.Expression(type, source);
        JsonNode Copy() => wrong.DeepClone();
        JsonObject Line(string id) => Draw.Activity(id, "WriteLine", ("text", Copy()));
        var cases = new JsonArray(new JsonObject { ["label"] = "one", ["condition"] = Copy(), ["activity"] = Line("case") });
        var host = Draw.Of(
            Draw.Activity("if", "If", ("condition", Copy()), ("then", Draw.Sequence("s", Line("then"))), ("else", Draw.Chart("c", Line("else")))),
            Draw.Activity("switch", "Switch", ("cases", cases), ("default", Line("default"))),
            Draw.Activity("each", "ForEach", ("items", Copy()), ("body", Line("body"))),
            Draw.Activity("while", "While", ("condition", Copy()), ("body", Line("loop"))),
            Draw.Activity("set", "SetVariable", ("value", Copy()), ("variable", new JsonObject { ["id"] = "Json", ["name"] = "Json" })))
            .Variable("Json", "Object", "{}").Host();
        Assert.Equal(
            ["body", "case", "default", "each", "else", "if", "loop", "set", "switch", "then", "while"],
            host.Workflow.Problems.Where(one => one.Code == ProblemCodes.Expression).Select(one => one.ActivityId).Distinct().Order());
        Assert.False(host.Workflow.CanStart);
    }

    [Theory]
    [InlineData("[1, [2, [3, null, undefined]], 'x'].join('-')", "1-2,3,,-x")]
    [InlineData("'' + [1, [2]] + String([3]) + [1.5, 'a'].toLocaleString()", "1,231.5,a")]
    [InlineData("let a = [1]; a.push(a); a.join() + a", "1,1,")]
    [InlineData("[[1, [2, [3]]], 4].flat(Infinity).length + [[1, [2]]].flat().length + [1, , 2].flat().length", "8")]
    [InlineData("''.concat('a', 1, null, [1, 2]) + 'abc'.concat()", "a1null1,2abc")]
    [InlineData("String.raw`a\\n${1}b` + `x${`y${1}`}z`.length + (() => { return`r${1}` })() + typeof`q${1}`", "a\\n1b4r1string")]
    [InlineData("((s, ...v) => s[0] + v[0])`t${`u${2}`}` + `${null}|${undefined}|${[1, 2]}`", "tu2null|undefined|1,2")]
    [InlineData("'a-b-c'.replace(/(\\w)-(?<n>\\w)/g, \"[$1|$<n>|$&|$`|$'|$$|$3]\")", "[a|b|a-b||-c|$|$3]-c")]
    [InlineData("'aXbX'.replaceAll('X', '$&$&') + 'aXb'.replace('X', (m, i) => m + i) + 'abc'.replace(/b/, '')", "aXXbXXaX1bac")]
    [InlineData("JSON.stringify({ a: [1, { b: 'x', c: undefined }], e: new String('s') })", "{\"a\":[1,{\"b\":\"x\"}],\"e\":\"s\"}")]
    [InlineData("JSON.stringify({ a: 1, b: 2, c: { a: 3, z: 4 } }, ['c', 'a'])", "{\"c\":{\"a\":3},\"a\":1}")]
    [InlineData("JSON.stringify({ a: 1, b: 'q' }, (k, v) => typeof v === 'number' ? v + 1 : v) + JSON.stringify([1], null, 1)", "{\"a\":2,\"b\":\"q\"}[\n 1\n]")]
    [InlineData("'x'.repeat(3) + '7'.padStart(3, '0') + ['b', 'a'].sort().concat(['c']).slice(1)", "xxx007b,c")]
    [InlineData("new Intl.NumberFormat('zh-CN').format(1234.5)", "1,234.5")]
    public async Task What_stands_in_the_place_of_a_function_does_what_it_did(string script, string expected)
    {
        var host = Make("JavaScript", script);
        var run = await host.Start();
        Assert.Empty(run.NewIncidents);
        Assert.Equal([expected], host.Lines);
    }

    [Theory]
    [InlineData("{% capture s %}a{{ 1 }}{% endcapture %}{{ s }}{{ 3 | times: 4 }}{{ 'ab' | times: 2 }}", "a112abab")]
    [InlineData("{% assign a = 'a,b' | split: ',' %}{% assign b = a | concat: a %}{{ b | join: '-' }}{{ '<' | escape }}{{ '中' | url_encode }}", "a-b-a-b&lt;%E4%B8%AD")]
    [InlineData("{% for i in (1..3) %}{% ifchanged %}x{% endifchanged %}{% endfor %}", "x")]
    public async Task What_stands_in_the_place_of_a_filter_or_tag_does_what_it_did(string template, string expected)
    {
        var host = Make("Liquid", template);
        await host.Start();
        Assert.Equal([expected], host.Lines);
    }

    private static async Task<Incident> Stopped(string type, string source)
    {
        var host = Make(type, source);
        Assert.Empty(host.Workflow.Problems);

        // Of all threads, because a script may have one of its own; nothing else runs beside these tests.
        var allocated = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        var run = await host.Start();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        Assert.True(allocated < 200_000_000, $"allocated {allocated / 1_000_000} MB");
        var incident = Assert.Single(run.NewIncidents);
        Assert.Equal(("a", "Text", source), (incident.ActivityId, incident.InputName, incident.Expression));
        Assert.Equal(WorkflowStatus.Running, run.Status);
        Assert.Empty(host.Lines);
        return incident;
    }

    private static Host Make(string type, string source) =>
        Draw.Of(Draw.Activity("a", "WriteLine", ("text", Draw.Expression(type, source)))).Variable("Json", "Object",
            "{\"x\":1}").Host();
}
