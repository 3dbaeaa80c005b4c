using System.Net;
using Approvals.Core.Inbox;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Tasks;

/// <summary>A case that changes while its signer's password is checked: the page then shows what is stored now, and what was typed.</summary>
public sealed class TaskMeanwhileTests
{
    private readonly SlowPassword password = new();

    [Fact]
    public async Task The_page_shows_the_new_content_under_its_new_hash()
    {
        await using var app = new TestApp { Replace = services => services.AddSingleton<ISignerCheck>(password) };
        using var applicant = await app.SignedInAsync("liuzhiqiang");
        var caseId = await Applications.SubmittedAsync(applicant);
        var task = await Applications.OpenTaskAsync(app, caseId);
        using var representative = await app.SignedInAsync("chenguihua");
        var page = await representative.GetAsync($"/tasks/{task}");
        Assert.Contains("救援队副队长", WebUtility.HtmlDecode(page.Text));
        password.Meanwhile = () => app.DatabaseAsync(db => Applications.SetAsync(db, caseId, "post", "后改的职务"));

        var answer = await representative.PostAsync(
            Applications.Decision(page, "Return", "材料不齐").Set("data.recommendationOpinion", "写了很久的推荐").Set("ReturnTo", ReturnTo(page)));

        var text = WebUtility.HtmlDecode(answer.Text);
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.NotEqual(page.Form("ShownHash")["ShownHash"], answer.Form("ShownHash")["ShownHash"]);
        Assert.Contains("后改的职务", text);
        Assert.DoesNotContain("救援队副队长", text);
        Assert.Contains("写了很久的推荐", text);
    }

    private static string ReturnTo(Page page) => System.Text.RegularExpressions.Regex.Match(
        page.Text, "name=\"ReturnTo\"(?:>\\s*<option)? value=\"([^\"]+)\"").Groups[1].Value;

    /// <summary>Something happens once while a password is checked.</summary>
    private sealed class SlowPassword : ISignerCheck
    {
        public Func<Task>? Meanwhile { get; set; }

        public async Task<SignerCheckOutcome> VerifyAsync(Guid personId, string? secret, CancellationToken cancellationToken)
        {
            var happens = Meanwhile;
            Meanwhile = null;
            if (happens is not null)
            {
                await happens();
            }

            return SignerCheckOutcome.Confirmed;
        }
    }
}
