using System.Text.Json.Nodes;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Tests.Infrastructure;

/// <summary>Applications for appointment as people of the demonstration bureau make them.</summary>
public static class Applications
{
    /// <summary>Password of everybody in the demonstration bureau.</summary>
    public const string Password = "Demo-2026!";

    /// <summary>A PNG of one pixel, as a drawn signature.</summary>
    public const string Drawing =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /// <summary>A draft of <c>liuzhiqiang</c> as the page shows it, with everything required filled in but the photo.</summary>
    public static async Task<Page> DraftAsync(Browser applicant)
    {
        var start = await applicant.GetAsync("/start");
        var draft = await applicant.SubmitAsync(start.Form("commander-appointment"));
        return draft;
    }

    /// <summary>Fills the form in.</summary>
    public static HtmlForm Filled(Page draft) => draft.Form("id=\"draft\"")
        .Set("data.identityNumber", IdentityNumber("11010119800307103")).Set("data.phone", "13800000001")
        .Set("data.post", "救援队副队长").Set("data.specialty", "hazchem").Set("data.health", "健康")
        .Set("data.commandHistory[0].from", "2012-01-01").Set("data.commandHistory[0].unit", "江州化工集团")
        .Set("data.commandHistory[0].post", "指挥员").Set("data.commandHistory[0].isCommandPost", "true")
        .Set("data.cleanRecordDeclared", "true").Set("data.declarationSigned", "true");

    /// <summary>A submitted case; returns its id.</summary>
    public static async Task<Guid> SubmittedAsync(Browser applicant)
    {
        var draft = await DraftAsync(applicant);
        var answer = await applicant.PostAsync(Filled(draft).Set("act", "submit"), "file:photo", "photo.png", Picture());
        return answer.Location is { } location && location.StartsWith("/cases/", StringComparison.Ordinal)
            ? Guid.Parse(location["/cases/".Length..])
            : throw new InvalidOperationException($"The draft could not be submitted: {answer.Status}\n{answer.Text}");
    }

    /// <summary>The open task of a case; the first when there are several.</summary>
    public static Task<Guid> OpenTaskAsync(TestApp app, Guid caseId) => app.DatabaseAsync(db =>
        db.Tasks.Where(task => task.CaseId == caseId && task.State == TaskState.Open).OrderBy(task => task.Id)
            .Select(task => task.Id).FirstAsync());

    /// <summary>Makes a task one that a colleague asked for (加签), at a step whose opinion is written already.</summary>
    public static async Task AskedInAsync(TestApp app, Guid taskId, string opinion)
    {
        await app.DatabaseAsync(async db =>
        {
            var task = await db.Tasks.AsNoTracking().SingleAsync(one => one.Id == taskId);
            var asker = new InboxTask
            {
                StepRunId = task.StepRunId, CaseId = task.CaseId, AssigneeId = task.AssigneeId, State = TaskState.Queued,
                SubjectName = task.SubjectName, CaseNumber = task.CaseNumber, ProcessKey = task.ProcessKey, ProcessName = task.ProcessName,
                StepName = task.StepName, FromName = task.FromName, ArrivedAt = task.ArrivedAt, SortDue = task.SortDue,
            };
            db.Tasks.Add(asker);
            await db.SaveChangesAsync();
            await db.Tasks.Where(one => one.Id == taskId).ExecuteUpdateAsync(set => set
                .SetProperty(one => one.AddedForTaskId, asker.Id).SetProperty(one => one.AddedPlace, AddedPlace.Before));
            return await SetAsync(db, task.CaseId, "recommendationOpinion", opinion);
        });
    }

    /// <summary>Changes a field of a case, as another signer does.</summary>
    public static async Task<int> SetAsync(ApprovalsDbContext db, Guid caseId, string field, string value)
    {
        var data = JsonNode.Parse(await db.Cases.Where(one => one.Id == caseId).Select(one => one.Data).SingleAsync())!.AsObject();
        data[field] = value;
        var text = data.ToJsonString();
        return await db.Cases.Where(one => one.Id == caseId).ExecuteUpdateAsync(set => set.SetProperty(one => one.Data, text)
            .SetProperty(one => one.DataVersion, one => one.DataVersion + 1).SetProperty(one => one.RowVersion, one => one.RowVersion + 1));
    }

    /// <summary>The decision form of a task page, filled in.</summary>
    public static HtmlForm Decision(Page task, string kind, string opinion = "同意。") => task.Form("ShownHash")
        .Set("Kind", kind).Set("Opinion", opinion).Set("Method", "Drawn").Set("Drawing", Drawing).Set("Secret", Password)
        .Without("redraw");

    /// <summary>A photo large enough to be taken.</summary>
    public static byte[] Picture()
    {
        using var bitmap = new SkiaSharp.SKBitmap(300, 400);
        bitmap.Erase(SkiaSharp.SKColors.SteelBlue);
        using var data = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    /// <summary>Seventeen digits with their check digit, GB 11643.</summary>
    public static string IdentityNumber(string digits)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return digits + "10X98765432"[digits.Select((digit, index) => (digit - '0') * weights[index]).Sum() % 11];
    }
}
