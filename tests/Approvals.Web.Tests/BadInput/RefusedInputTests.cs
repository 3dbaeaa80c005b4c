using System.Net;
using System.Text.RegularExpressions;
using Approvals.Core.Cases;
using Approvals.Web.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.BadInput;

/// <summary>Wrong input: a message beside the field, the right status code, a log line without personal data, nothing changed.</summary>
public sealed class RefusedInputTests(RefusedInputTests.Running running) : IClassFixture<RefusedInputTests.Running>
{
    private const string Phone = "13912345678";

    private static readonly string ShouldBeTooYoung = Applications.IdentityNumber("11010120150307103");

    private static readonly string Right = Applications.IdentityNumber("11010119800307103");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_identity_number()
    {
        var wrong = Right[..17] + (Right[17] == '0' ? '1' : '0');

        await RefusedAsync("data.identityNumber", wrong, "f-identityNumber-error", "身份证号码校验位不正确");
    }

    [Fact]
    public async Task Somebody_under_age() =>
        await RefusedAsync("data.identityNumber", ShouldBeTooYoung, "f-identityNumber-error", "周岁");

    [Fact]
    public async Task A_date_in_the_future() =>
        await RefusedAsync("data.commandHistory[0].from", "2031-01-01", "f-commandHistory", "不能晚于今天");

    [Fact]
    public async Task A_date_that_does_not_exist() =>
        await RefusedAsync("data.commandHistory[0].from", "2026-02-30", "f-commandHistory", "日期");

    [Fact]
    public async Task A_program_renamed_to_jpg() =>
        await RefusedAsync("data.phone", Phone, "f-photo-error", "文件内容是程序，不能上传", ("照片.jpg", [.. "MZ"u8, .. new byte[900]]));

    [Fact]
    public async Task A_PDF_where_a_photo_is_asked() =>
        await RefusedAsync("data.phone", Phone, "f-photo-error", "照片", ("照片.jpg", [.. "%PDF-1.7\n"u8, .. new byte[900]]));

    [Fact]
    public async Task A_phone_number_that_is_none() =>
        await RefusedAsync("data.phone", "12345", "f-phone-error", "电话");

    private async Task RefusedAsync(
        string field, string value, string place, string message, (string Name, byte[] Content)? photo = null)
    {
        using var applicant = await running.App.SignedInAsync("liuzhiqiang");
        var draft = await Applications.DraftAsync(applicant);
        var before = await FootprintAsync();
        var form = Applications.Filled(draft).Set("data.phone", Phone).Set(field, value).Set("act", "submit");
        var (name, content) = photo ?? ("照片.png", Applications.Picture());

        var answer = photo is null ? await applicant.PostAsync(form) : await applicant.PostAsync(form, "file:photo", name, content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var text = WebUtility.HtmlDecode(answer.Text);
        var beside = Regex.Match(text, $"""id="{Regex.Escape(place)}[^"]*"[^>]*>(?<words>.*?)</""", RegexOptions.Singleline);
        Assert.Contains(message, text);
        Assert.True(beside.Success, $"No error at {place}.");
        Assert.Contains($"value=\"{value}\"", text);
        Assert.Equal(before, await FootprintAsync());
        running.AssertLogged("/cases/{id:guid}/edit", HttpStatusCode.UnprocessableEntity);
        running.AssertSilentAbout(Right, ShouldBeTooYoung, Phone, value, "刘志强", "照片", Applications.Password);
    }

    /// <summary>Everything that a submission or an accepted file would change.</summary>
    private Task<(int, int, int, int, int)> FootprintAsync() => running.App.DatabaseAsync(async db => (
        await db.Cases.CountAsync(one => one.Status != CaseStatus.Draft, Stop), await db.Instances.CountAsync(Stop),
        await db.Tasks.CountAsync(Stop), await db.Attachments.CountAsync(Stop), await db.Files.CountAsync(Stop)));

    /// <summary>One product for the class, with its logs.</summary>
    public sealed class Running : IAsyncLifetime
    {
        private readonly LogCapture logs = new();

        public Running() => App = new TestApp { Settings = LogCapture.ShippedLevels, Replace = logs.AddTo };

        public TestApp App { get; }

        public void AssertLogged(string route, HttpStatusCode status)
        {
            // The line is written when the request has ended, which may be a moment after its answer was read.
            var logged = SpinWait.SpinUntil(
                () => logs.Lines.Any(line => line.Contains(route, StringComparison.Ordinal)
                    && line.Contains($"\"StatusCode\":{(int)status}", StringComparison.Ordinal)),
                TimeSpan.FromSeconds(30));
            Assert.True(logged, $"No line of {route} with {(int)status} was logged.");
        }

        public void AssertSilentAbout(params string[] secrets)
        {
            foreach (var secret in secrets)
            {
                Assert.DoesNotContain(logs.Lines, line => line.Contains(secret, StringComparison.Ordinal));
            }
        }

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
