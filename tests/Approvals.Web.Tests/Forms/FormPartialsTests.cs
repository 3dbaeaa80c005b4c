using System.Text.Json.Nodes;
using Approvals.Core.Forms;
using Approvals.Web.Forms;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Forms;

/// <summary>The application of A1 as the partials draw it.</summary>
public sealed class FormPartialsTests(FormPartialsTests.Drawing drawing) : IClassFixture<FormPartialsTests.Drawing>
{
    private static readonly JsonObject Typed = JsonNode.Parse("""
        { "name": "张建国<script>", "identityNumber": "123", "specialty": "hazchem", "specialtyName": "危险化学品",
          "commandHistory": [{ "from": "去年五月", "unit": "化工救援队", "post": "队长", "isCommandPost": true }] }
        """)!.AsObject();

    [Fact]
    public async Task TheApplicantGetsLabelledInputsWithErrorsBesideThem()
    {
        var html = await drawing.DrawAsync("_FormEdit", "apply", Typed);
        Assert.Contains("<label class=\"form-label required\" for=\"f-name\">姓名</label>", html);
        Assert.Contains("value=\"张建国&lt;script&gt;\"", html);
        Assert.Contains("aria-describedby=\"f-identityNumber-help f-identityNumber-error\"", html);
        Assert.Contains("身份证号码应为 18 位，现为 3 位，请核对", html);
        Assert.DoesNotContain("waiverReason", html);
        Assert.DoesNotContain("style=", html);
    }

    [Fact]
    public async Task WhatIsNoDateStaysVisibleAsTyped()
    {
        var html = await drawing.DrawAsync("_FormEdit", "apply", Typed);
        Assert.Matches("type=\"text\" id=\"f-commandHistory-0-from\" name=\"data.commandHistory\\[0\\].from\" value=\"去年五月\"", html);
    }

    [Fact]
    public async Task RowsHaveButtonsThatWorkWithoutJavaScript()
    {
        var html = await drawing.DrawAsync("_FormEdit", "apply", Typed);
        Assert.Contains("name=\"rows-add\" value=\"commandHistory\"", html);
        Assert.Contains("name=\"rows-remove\" value=\"commandHistory[0]\"", html);
    }

    [Fact]
    public async Task ASignerGetsThePaperFormWithTheirOwnFieldsMarked()
    {
        var html = await drawing.DrawAsync("_FormPaper", "recommend", Typed);
        Assert.Contains("<caption>抢险救援技术指挥官申请（推荐）表</caption>", html);
        Assert.Contains("<span class=\"form-value\">危险化学品</span>", html);
        Assert.Equal(2, html.Split("class=\"paper-edit").Length - 1);
        Assert.Contains("name=\"data.recommendationOpinion\"", html);
        Assert.DoesNotContain("name=\"data.name\"", html);
    }

    [Fact]
    public async Task TheListOfErrorsLinksToTheFields()
    {
        var html = await drawing.DrawAsync("_FormErrors", "apply", Typed);
        Assert.Contains("<a href=\"#f-commandHistory-0-from\">指挥岗位任职经历第 1 行 起始日期</a>", html);
        Assert.Contains("<a href=\"#f-photo\">近期免冠照片</a>", html);

        // What is missing is said once; what is only advised stands in no list of errors.
        html = await drawing.DrawAsync("_FormMissing", "apply", Typed);
        Assert.DoesNotContain("#f-photo", html);
        Assert.Contains("<a href=\"#f-healthCertificate\">体检证明</a>", html);
    }

    /// <summary>Draws partials with the services of the running product.</summary>
    public sealed class Drawing : IAsyncLifetime
    {
        private readonly TestApp app = new();

        public ValueTask InitializeAsync()
        {
            _ = app.Services;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        public async Task<string> DrawAsync(string partial, string rightsKey, JsonObject data)
        {
            await using var scope = app.Services.CreateAsyncScope();
            var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
            var action = new Microsoft.AspNetCore.Mvc.ActionContext(http, new RouteData(), new ActionDescriptor());
            var view = scope.ServiceProvider.GetRequiredService<IRazorViewEngine>().GetView(null, $"/Forms/{partial}.cshtml", false).View!;
            await using var text = new StringWriter();
            var model = new ViewDataDictionary<FormView>(new EmptyModelMetadataProvider(), new ModelStateDictionary())
            {
                Model = ViewOf(rightsKey, data),
            };
            var tempData = new TempDataDictionary(http, scope.ServiceProvider.GetRequiredService<ITempDataProvider>());
            await view.RenderAsync(new ViewContext(action, view, model, tempData, text, new HtmlHelperOptions()));
            return System.Net.WebUtility.HtmlDecode(text.ToString().Replace("&lt;", "&amp;lt;").Replace("&gt;", "&amp;gt;"));
        }

        private static FormView ViewOf(string rightsKey, JsonObject data)
        {
            var form = FormDefinition.Parse("application", File.ReadAllText(
                Path.Combine(Repository.Root, "workflows", "commander-appointment", "forms", "application.json")));
            var context = new Core.Forms.FormContext(
                rightsKey, new DateOnly(2026, 3, 2), new Dictionary<string, int>(),
                new Dictionary<string, IReadOnlyList<Choice>> { ["specialty"] = [new("hazchem", "危险化学品")], ["unit"] = [] },
                new Dictionary<string, decimal> { ["applicant.age.min"] = 18 });
            return new FormView(new LoadedForm(form, context, []), data) { Errors = FormValidator.Validate(form, data, context) };
        }
    }
}
