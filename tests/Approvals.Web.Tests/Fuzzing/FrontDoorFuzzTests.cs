using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Approvals.Core.Tests.Fuzzing;
using Approvals.Web.Tests.Api;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Studio;

namespace Approvals.Web.Tests.Fuzzing;

/// <summary>Spoilt bodies through the front doors: every answer is below 500, and the product still works afterwards.</summary>
public sealed class FrontDoorFuzzTests(ApiApp api) : IClassFixture<ApiApp>
{
    private static readonly int Seed = Mutator.FirstSeed;

    private string sent = "";

    [Fact]
    public async Task Spoilt_calls_of_the_api_are_refused_in_words()
    {
        var (id, task) = await api.SubmittedAsync();
        var draft = await api.DraftAsync();
        using var applicant = await api.AsAsync("liuzhiqiang");
        using var unit = await api.AsAsync("chenguihua");
        var hash = (await unit.GetAsync($"/tasks/{task}"))["shownHash"]!;
        var start = Json(new { process = ApiApp.Process, fields = ApiApp.Fields(), submit = false });
        var doors = new (ApiClient Client, HttpMethod Method, string Path, JsonObject Good)[]
        {
            (applicant, HttpMethod.Post, "/cases", start),
            (applicant, HttpMethod.Put, $"/cases/{draft}/draft", Json(new { fields = ApiApp.Fields(), rowVersion = 1 })),
            (applicant, HttpMethod.Post, $"/cases/{id}/withdraw", Json(new { reason = "不再申请" })),
            (unit, HttpMethod.Post, $"/tasks/{task}/decision", Json(ApiApp.Return(hash, "wrong"))),
        };
        await EachAsync(Mutator.Rounds(150, 10_000), async mutator =>
        {
            var (client, method, path, good) = mutator.Pick(doors);
            using var request = new HttpRequestMessage(method, "/api/v1" + path) { Content = Body(mutator, good) };
            return await client.Client.SendAsync(request);
        });
        Assert.Equal(HttpStatusCode.OK, (await unit.GetAsync($"/tasks/{task}")).Status);
    }

    [Fact]
    public async Task Spoilt_definitions_are_refused_by_the_designer_in_words()
    {
        using var owner = await StudioClient.AsAsync(api.App, StudioClient.Owner);
        var model = await owner.OpenAsync("accident-insurance");
        var doors = new (HttpMethod Method, string Path, JsonObject Good)[]
        {
            (HttpMethod.Post, "/workflow-definitions", new JsonObject { ["model"] = model.DeepClone(), ["publish"] = false }),
            (HttpMethod.Post, "/workflow-definitions/import", (JsonObject)model.DeepClone()),
            (HttpMethod.Post, "/workflow-instances", Json(new { page = 0, pageSize = 10, definitionId = "accident-insurance" })),
            (HttpMethod.Post, "/bulk-actions/publish/workflow-definitions/by-definition-ids", Json(new { definitionIds = new[] { "none" } })),
            (HttpMethod.Post, "/activity-executions/report", Json(new { workflowInstanceId = Guid.Empty, activityNodeIds = new[] { "a" } })),
        };
        await EachAsync(Mutator.Rounds(120, 5_000), async mutator =>
        {
            var (method, path, good) = mutator.Pick(doors);
            return (await owner.SendAsync(method, path, Body(mutator, good))).Message;
        });
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/workflow-definitions/by-definition-id/accident-insurance?versionOptions=Published")).Status);
    }

    /// <summary>Found by seed 49764856: a file may name a field of an activity with an empty text.</summary>
    [Fact]
    public async Task An_activity_with_a_nameless_field_is_no_fault_of_the_designer()
    {
        using var owner = await StudioClient.AsAsync(api.App, StudioClient.Owner);
        var model = await owner.OpenAsync("accident-insurance");
        model["root"]![""] = new JsonObject { ["id"] = "inner", ["type"] = "Elsa.Finish" };
        var answer = await owner.SendAsync(
            HttpMethod.Post, "/workflow-definitions/import", new StringContent(model.ToJsonString(), Encoding.UTF8, "application/json"));
        Assert.True((int)answer.Status < 500, answer.Text);
    }

    private static JsonObject Json(object value) => System.Text.Json.JsonSerializer.SerializeToNode(value)!.AsObject();

    private StringContent Body(Mutator mutator, JsonObject good)
    {
        sent = mutator.Seed % 2 == 0 ? mutator.Document(good).ToJsonString() : mutator.Text(good.ToJsonString());
        return new StringContent(sent, Encoding.UTF8, "application/json");
    }

    private async Task EachAsync(int rounds, Func<Mutator, Task<HttpResponseMessage>> send)
    {
        for (var round = 0; round < rounds; round++)
        {
            using var answer = await send(new Mutator(Seed + round));
            if ((int)answer.StatusCode >= 500)
            {
                Assert.Fail($"seed {Seed + round}: {answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {(int)answer.StatusCode}"
                    + $"\n{sent}\n{await answer.Content.ReadAsStringAsync()}");
            }
        }
    }
}
