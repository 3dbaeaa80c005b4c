using System.Globalization;
using System.Text;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Security.Access;

/// <summary>How a door is tried: the address of a real thing, and a body that names real things too and says enough to be understood.</summary>
internal static class Visits
{
    private static readonly byte[] Photo = Applications.Picture();

    private const string Nothing = "0192f000-0000-7000-8000-000000000000";

    /// <summary>The request.</summary>
    public static HttpRequestMessage Of(Door door, Things things, string token)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(door.Method), door.AddressOf((pattern, parameter) => ValueOf(door, parameter, things)) + QueryOf(door, things));
        if (door.Method is not "GET")
        {
            request.Headers.Add("X-CSRF-TOKEN", token);
            request.Content = BodyOf(door, things, token);
        }

        return request;
    }

    private static string ValueOf(Door door, string parameter, Things things)
    {
        var pattern = door.Pattern;
        bool Is(string start) => pattern.StartsWith(start, StringComparison.Ordinal);
        var kind = parameter switch
        {
            "id" or "caseId" when door.VisitsDraft => "draft",
            "id" or "caseId" when door.IsCase => "case",
            "attachmentId" => "attachment",
            "documentId" => "document",
            "decisionId" => "decision",
            "file" => "claim file",
            "receipt" => "receipt",
            "code" => "code",
            "runId" => "run",
            "id" when Is("/api/v1/tasks/") && pattern.EndsWith("/remove", StringComparison.Ordinal) => "added",
            "id" when pattern.Contains("/tasks/", StringComparison.Ordinal) => "task",
            "id" when Is("/commanders/") => "commander",
            "id" when Is("/events/") || Is("/allowances/new/") => "event",
            "id" when Is("/allowances/correct/") => "entitlement",
            "id" when Is("/draws/") => "draw",
            "id" when Is("/finance/accounts/") => "payee",
            "id" when Is("/finance/lines/") => "line",
            "id" when Is("/finance/packets/") => "packet",
            "id" when Is("/finance/results/") => "result",
            "id" when Is("/insurance/claims/") => "claim",
            "id" when Is("/insurance/policies/") => "policy",
            "id" when Is("/objections/") => "objection",
            "id" when Is("/public/notices/") => "notice",
            "id" when Is("/public/documents/") => "notice document",
            "id" when Is("/training/") => "session",
            "id" when Is("/admin/people/") => "person",
            "id" when Is("/admin/organisation/") => "unit",
            "id" when pattern.Contains("/workflow-instances/", StringComparison.Ordinal) => "instance",
            "id" when Is("/elsa/api/workflow-definition") => "version",
            _ => "",
        };
        return parameter switch
        {
            "id" when Is("/compensation/") =>
                (string)things["case", door.Of is null ? Things.Compensation : Things.OtherCompensation],
            "definitionId" => "commander-appointment",
            "key" when Is("/admin/parameters/") => "notice.working-days",
            "key" => "commander-appointment",
            "type" => "Approvals.ApprovalStep",
            "input" => "participants",
            "field" => "photo",
            "documentName" => "v1",
            "activityId" => "apply",
            "fullName" => "Elsa.Workflows",
            _ when kind.Length == 0 => Nothing,
            _ => (string)(things.Has(kind, door.Of) ? things[kind, door.Of] : things[kind]),
        };
    }

    private static string QueryOf(Door door, Things things) => door.Pattern switch
    {
        "/finance/lines/{id:guid}" when door.Handler == "Basis" && things.Has("basis", null) => $"&document={things["basis"]}",
        "/insurance/claims/new" => $"?policy={things["policy"]}",
        var one when one.StartsWith("/elsa/api/activity-execution", StringComparison.Ordinal) && door.Method == "GET" =>
            $"?workflowInstanceId={things["instance"]}&activityNodeId=apply",
        _ => "",
    };

    /// <summary>The fields of a form or of JSON; empty for what takes none.</summary>
    private static IReadOnlyDictionary<string, object> FieldsOf(Door door, Things things) => (door.Pattern, door.Handler) switch
    {
        ("/admin/incidents", _) => new Dictionary<string, object> { ["id"] = things["incident"], ["reason"] = "不再办理" },
        ("/admin/jobs", "Message") => new Dictionary<string, object> { ["id"] = things["message"] },
        ("/admin/jobs", "Timer") => new Dictionary<string, object> { ["id"] = things["timer"] },
        ("/admin/people/{id:guid}", "EndPost") => new Dictionary<string, object> { ["postId"] = things["post"] },
        ("/admin/roles", "Revoke") => new Dictionary<string, object> { ["personId"] = things["person"], ["role"] = "finance" },
        ("/admin/tokens", "Revoke") => new Dictionary<string, object> { ["id"] = things["token"] },
        ("/admin/unassigned", _) => new Dictionary<string, object> { ["step"] = things["step"], ["person"] = things["person"], ["reason"] = "指定" },
        ("/cases/{id:guid}", "Comment") => new Dictionary<string, object> { ["comment"] = "请补充材料" },
        ("/cases/{id:guid}", "RemoveSigner") => new Dictionary<string, object> { ["task"] = things["added", door.Of] },
        ("/cases/{id:guid}", "Withdraw") => new Dictionary<string, object> { ["Reason"] = "不再申请" },
        ("/commanders/{id:guid}", "Void") => new Dictionary<string, object>
        {
            ["certificate"] = things["certificate"], ["reason"] = "登记有误",
        },
        ("/cases/{id:guid}", "Urge") => new Dictionary<string, object> { ["message"] = "请尽快办理" },
        ("/draws/{id:guid}", _) => new Dictionary<string, object> { ["candidate"] = "none", ["reason"] = "出差" },
        ("/events/{id:guid}", "Appoint") => new Dictionary<string, object> { ["commander"] = things["commander"] },
        ("/events/{id:guid}", "Close") => new Dictionary<string, object> { ["note"] = "处置完毕" },
        ("/events/{id:guid}", "HandOver") => new Dictionary<string, object> { ["to"] = things["general", door.Of] },
        ("/events/{id:guid}", "Log") => new Dictionary<string, object> { ["kind"] = "Situation", ["text"] = "现场平稳" },
        ("/events/{id:guid}", "Revoke") => new Dictionary<string, object>
        {
            ["mission"] = things["mission", door.Of], ["reason"] = "改派",
        },
        ("/finance/accounts/{id:guid}", "Confirm") => new Dictionary<string, object> { ["account"] = things["account"] },
        ("/finance/packets/{id:guid}", "Mark") => new Dictionary<string, object> { ["chosen"] = things["line"], ["to"] = "Paid" },
        ("/insurance/purchases", _) => new Dictionary<string, object>
        {
            ["caseId"] = things["case", Things.Insurance], ["memberId"] = things["member"], ["reason"] = "已另行投保",
        },
        ("/inbox/batch", _) => new Dictionary<string, object> { ["Chosen"] = things["task"], ["Secret"] = Applications.Password },
        ("/missions", "Back") => new Dictionary<string, object> { ["id"] = things["absence", door.Of] },
        ("/profile/notifications", "Open") => new Dictionary<string, object> { ["id"] = things["notification", door.Of] },
        ("/profile/sessions", _) => new Dictionary<string, object>
        {
            ["which"] = things["sign-in", door.Of], ["Secret"] = Applications.Password,
        },
        ("/profile/substitutes", "End") => new Dictionary<string, object> { ["id"] = things["substitution", door.Of] },
        ("/start", _) => new Dictionary<string, object> { ["process"] = "commander-appointment" },
        ("/training/sessions/{id:guid}", "Unseat") => new Dictionary<string, object> { ["enrolment"] = things["enrolment"] },
        ("/training/sessions/{id:guid}", "Seat") => new Dictionary<string, object> { ["chosen"] = things["enrolment"] },
        _ => new Dictionary<string, object>(),
    };

    private static HttpContent BodyOf(Door door, Things things, string token)
    {
        if (door.Takes.Contains("application/json") || door.Pattern.StartsWith("/elsa/", StringComparison.Ordinal))
        {
            return new StringContent(JsonOf(door, things), Encoding.UTF8, "application/json");
        }

        var fields = FieldsOf(door, things).Select(field =>
            new KeyValuePair<string, string>(field.Key, Convert.ToString(field.Value, CultureInfo.InvariantCulture)!));
        return door.Takes.Contains("multipart/form-data")
            ? new MultipartFormDataContent
            {
                { new ByteArrayContent(Photo), "file", "照片.png" }, { new StringContent(token), "__RequestVerificationToken" },
            }
            : new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields]);
    }

    /// <summary>What is right but for whom it comes from: what is refused is refused to the person.</summary>
    private static string JsonOf(Door door, Things things) => door.Pattern.Split('/')[^1] switch
    {
        "decision" => """{"kind":"approve","shownHash":"0"}""",
        "draft" => """{"fields":{"post":"救援队副队长"}}""",
        "hand-over" => $$"""{"to":"{{things["person"]}}","reason":"出差"}""",
        "signers" => $$"""{"people":["{{things["person"]}}"],"place":"before","reason":"请会签"}""",
        "urge" => """{"message":"请尽快办理"}""",
        "comments" => """{"text":"请补充材料"}""",
        "withdraw" => """{"reason":"不再申请"}""",
        _ when door.Pattern.TrimEnd('/') == "/api/v1/cases" => """{"process":"commander-appointment"}""",
        _ => "{}",
    };
}
