using System.Diagnostics;

namespace Approvals.Workflows.Tests;

/// <summary>Expressions that attack: each becomes an incident that names activity and expression, soon and without
/// harm.</summary>
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
    [InlineData("JSON.parse('['.repeat(100000))")]
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
    [InlineData("Liquid", "{% if %}")]
    [InlineData("Liquid", "{% nothing %}")]
    [InlineData("CSharp", "1")]
    public void A_syntax_error_is_found_before_anything_runs(string type, string source)
    {
        var problem = Assert.Single(Make(type, source).Workflow.Problems);
        Assert.Equal((ProblemCodes.Expression, "a"), (problem.Code, problem.ActivityId));
    }

    private static async Task<Incident> Stopped(string type, string source)
    {
        var host = Make(type, source);
        Assert.Empty(host.Workflow.Problems);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var run = await host.Start();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
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
