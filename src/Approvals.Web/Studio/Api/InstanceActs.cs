using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Watching;

namespace Approvals.Web.Studio.Api;

/// <summary>Ending, retrying, deleting and exporting instances.</summary>
internal static class InstanceActs
{
    /// <summary>Studio asks for no reason; the record and the applicant get this one.</summary>
    private const string Reason = "流程管理员在流程设计器中终止";

    /// <summary>Most instances that one call acts on.</summary>
    private const int Most = 500;

    private sealed record BulkRequest(string[]? Ids, string? DefinitionVersionId, string? DefinitionId, string? VersionOptions);

    private sealed record RetryRequest(string[]? WorkflowInstanceIds, string[]? ActivityIds);

    public static void MapInstanceActs(this RouteGroupBuilder group)
    {
        group.MapPost("/cancel/workflow-instances/{id:guid}", CancelAsync);
        group.MapPost("/bulk-actions/cancel/workflow-instances", CancelManyAsync);
        group.MapDelete("/workflow-instances/{id:guid}", DeleteAsync);
        group.MapPost("/bulk-actions/delete/workflow-instances", DeleteManyAsync);
        group.MapPost("/bulk-actions/delete/workflow-instances/by-id", DeleteManyAsync);
        group.MapPost("/bulk-actions/export/workflow-instances", ExportManyAsync).ReadsOnly();
        group.MapPost("/bulk-actions/import/workflow-instances", () => StudioAnswers.Refused("流程实例是办理记录，不能导入。"));
        group.MapPost("/alterations/workflows/retry", RetryAsync);
    }

    private static async Task<IResult> CancelAsync(Guid id, HttpContext http, EndInstance ending, EndEffects effects)
    {
        string? confirmation = http.Request.Headers[StudioAnswers.Confirmed];
        return await ending.CancelAsync(id, Reason, confirmation, http.RequestAborted) switch
        {
            EndOutcome.Unconfirmed when await effects.OfAsync(id, http.RequestAborted) is { Confirmation: { } asked } effect =>
                StudioAnswers.Unconfirmed(confirmation is null ? effect.Says : $"情况已经变化，未终止。{effect.Says}", asked),
            EndOutcome.Unconfirmed => StudioAnswers.Refused("情况已经变化，请重新载入后再试。"),
            EndOutcome.NotFound => StudioAnswers.NotFound(),
            EndOutcome.AlreadyEnded => StudioAnswers.Refused("流程实例已经结束，未作任何改变。"),
            _ => Results.Ok(),
        };
    }

    private static async Task<IResult> CancelManyAsync(HttpContext http, EndInstance ending, EndEffects effects)
    {
        var asked = await http.Request.ReadAsync<BulkRequest>();

        // A whole version at once is one click away from "delete"; people's applications are not ended that way.
        if (asked.Ids is not { Length: > 0 } ids)
        {
            return StudioAnswers.Refused(
                "不能一次终止一个版本的全部业务件。请在流程实例列表中逐件选择；要让在办业务件改按新版本办理，请用“移动在办业务件”。");
        }

        // What moves a process that waits is ended one by one, each with its own question.
        foreach (var id in Parsed(ids))
        {
            if (await effects.OfAsync(id, http.RequestAborted) is { Confirmation: not null } effect)
                return StudioAnswers.Refused($"{effect.Says}请单独打开这个流程实例，确认后终止；所选的都没有终止。");
        }

        var cancelled = 0;
        foreach (var id in Parsed(ids))
            cancelled += await ending.CancelAsync(id, Reason, null, http.RequestAborted) == EndOutcome.Done ? 1 : 0;
        return StudioAnswers.Ok(new { cancelled });
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext http, EndInstance ending) =>
        await ending.DeleteAsync(id, http.RequestAborted) switch
        {
            EndOutcome.NotFound => StudioAnswers.NotFound(),
            EndOutcome.Kept => StudioAnswers.Refused("流程实例正在运行或属于业务件，办理记录须保留，不能删除。"),
            _ => Results.NoContent(),
        };

    private static async Task<IResult> DeleteManyAsync(HttpContext http, EndInstance ending)
    {
        var asked = await http.Request.ReadAsync<BulkRequest>();
        var (deleted, kept) = (0, 0);
        foreach (var id in Parsed(asked.Ids ?? []))
        {
            var outcome = await ending.DeleteAsync(id, http.RequestAborted);
            deleted += outcome == EndOutcome.Done ? 1 : 0;
            kept += outcome == EndOutcome.Kept ? 1 : 0;
        }

        return deleted == 0 && kept > 0
            ? StudioAnswers.Refused("所选流程实例正在运行或属于业务件，办理记录须保留，不能删除。")
            : StudioAnswers.Ok(new { deleted });
    }

    private static async Task<IResult> RetryAsync(HttpContext http, InstanceHistory history, ResolveIncident incidents)
    {
        var asked = await http.Request.ReadAsync<RetryRequest>();
        var retried = 0;
        foreach (var id in Parsed(asked.WorkflowInstanceIds ?? []))
        {
            foreach (var incident in await history.IncidentsAsync(id, http.RequestAborted))
            {
                if (asked.ActivityIds is { Length: > 0 } activities && !activities.Contains(incident.ActivityId))
                    continue;
                retried += await incidents.RetryAsync(incident.Id, http.RequestAborted) ? 1 : 0;
            }
        }

        return StudioAnswers.Ok(new { retried });
    }

    private static async Task<IResult> ExportManyAsync(HttpContext http, InstanceViews views, InstanceHistory history)
    {
        var asked = await http.Request.ReadAsync<BulkRequest>();
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var id in Parsed(asked.Ids ?? []))
            {
                if (await views.FindAsync(id, http.RequestAborted) is not { } view)
                    continue;
                var model = await Instances.ExportOfAsync(view, history, http.RequestAborted);
                await using var file = await zip.CreateEntry($"workflow-instance-{id}.json").OpenAsync(http.RequestAborted);
                await JsonSerializer.SerializeAsync(file, (JsonNode)model, StudioAnswers.Json, http.RequestAborted);
            }
        }

        http.Response.Headers.CacheControl = "no-store";
        return Results.File(content.ToArray(), "application/zip", "workflow-instances.zip");
    }

    private static IEnumerable<Guid> Parsed(string[] ids) =>
        ids.Take(Most).Select(id => Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty).Where(id => id != Guid.Empty).Distinct();
}
