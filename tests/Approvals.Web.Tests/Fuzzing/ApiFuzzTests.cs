using System.IO.Compression;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Approvals.Core.Tests.Fuzzing;
using Approvals.Web.Tests.Api;
using Approvals.Web.Tests.Infrastructure;
using Approvals.Web.Tests.Security.Access;
using Approvals.Web.Tests.Studio;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Web.Tests.Fuzzing;

/// <summary>
/// Every route of the API and of the designer's API as the running product lists them — a new one is tried at once — with spoilt
/// addresses, queries, JSON and files: every answer is below 500. Bodies and names of queries are read from the handlers. Nothing
/// is committed, so that what one call deletes is there for the next.
/// </summary>
public sealed class ApiFuzzTests(ApiFuzzTests.World world) : IClassFixture<ApiFuzzTests.World>
{
    private static readonly int Seed = Mutator.FirstSeed;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_answers_what_is_spoilt_in_words()
    {
        var doors = (await Door.AllAsync(world.App.Services))
            .Where(one => one.Pattern.StartsWith("/api/", StringComparison.Ordinal) || IsStudio(one)).ToList();
        Assert.True(doors.Count(IsStudio) > 50 && doors.Count > 80, $"Only {doors.Count} routes were found.");
        var rounds = Mutator.Rounds(4, 400) * doors.Count;
        var taken = new HashSet<string>();
        for (var round = 0; round < rounds; round++)
        {
            var (door, mutator) = (doors[round % doors.Count], new Mutator(Seed + round));
            using var request = RequestTo(door, mutator, out var sent);
            using var answer = await world.ClientOf(door, mutator).SendAsync(request, Stop);
            if (answer.IsSuccessStatusCode)
                taken.Add(door.Name);
            if ((int)answer.StatusCode >= 500)
            {
                var text = await answer.Content.ReadAsStringAsync(Stop);
                Assert.Fail($"seed {Seed + round}: {door.Name}: {request.RequestUri}: {(int)answer.StatusCode}\n{sent}\n{text}");
            }
        }

        Assert.True(taken.Count > 25, $"Only these took anything, so little was tried: {string.Join(", ", taken)}");
    }

    private static bool IsStudio(Door door) => door.Pattern.StartsWith("/elsa/api", StringComparison.Ordinal);

    private HttpRequestMessage RequestTo(Door door, Mutator mutator, out string sent)
    {
        // Most parts of an address stay good: what is behind is to be reached.
        var address = door.AddressOf((_, name) =>
            Uri.EscapeDataString(mutator.Pick(Odds) ? InAddress(mutator.Word()) : world.ValueOf(door, name)));
        var request = new HttpRequestMessage(new HttpMethod(door.Method), address + QueryOf(door, mutator));
        if (IsStudio(door))
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (mutator.Seed % 11 == 0 && !IsStudio(door))
            request.Headers.TryAddWithoutValidation("Idempotency-Key", mutator.Seed % 2 == 0 ? $"key-{mutator.Seed}" : "钥 匙");
        sent = "";
        if (door.Method != "GET")
            request.Content = BodyOf(door, mutator, out sent);
        return request;
    }

    /// <summary>Names that the handler binds from the query, or that the designer's endpoints read themselves.</summary>
    private static string QueryOf(Door door, Mutator mutator)
    {
        var names = Parameters(door).Where(one => IsSimple(one.ParameterType)).Select(one => one.Name!).ToList();
        if (IsStudio(door))
            names.AddRange(StudioNames);
        var pairs = Enumerable.Range(0, names.Count == 0 ? 0 : mutator.Pick([0, 1, 2, 4])).Select(_ =>
        {
            var value = mutator.Pick([true, false]) ? mutator.Pick(StudioValues) : InAddress(mutator.Word());
            return $"{mutator.Pick(names)}={Uri.EscapeDataString(value)}";
        });
        return "?" + string.Join('&', pairs);
    }

    private HttpContent BodyOf(Door door, Mutator mutator, out string sent)
    {
        if (door.Takes.Contains("multipart/form-data") || door.Pattern.EndsWith("import-files", StringComparison.Ordinal))
        {
            var (name, good) = mutator.Pick(world.Files);
            var content = mutator.Seed % 5 == 0 ? good : mutator.Bytes(good);
            sent = $"{name}, {content.Length} bytes";
            var part = new ByteArrayContent(content);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return new MultipartFormDataContent { { part, "file", name } };
        }

        var json = world.JsonOf(door, mutator);
        sent = mutator.Seed % 7 == 0 ? json.ToJsonString()
            : mutator.Seed % 2 == 0 ? mutator.Document(json).ToJsonString() : mutator.Text(json.ToJsonString());
        return new StringContent(sent, Encoding.UTF8, "application/json");
    }

    /// <summary>Servers read addresses up to some length and without zeros; others would try them and not the product.</summary>
    private static string InAddress(string word) =>
        (word.Length > 500 ? word[..500] : word).Replace("\0", "", StringComparison.Ordinal);

    internal static IEnumerable<ParameterInfo> Parameters(Door door) =>
        door.Endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [];

    internal static bool IsSimple(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(Guid) || type == typeof(DateOnly);
    }

    private static readonly bool[] Odds = [true, false, false, false, false, false, false, false];

    private static readonly string[] StudioValues =
        ["1", "0", "-1", "true", "Published", "Latest", "running", "2026-11-23", Guid.Empty.ToString(), "commander-appointment"];

    private static readonly string[] StudioNames =
    [
        "page", "pageSize", "skip", "take", "version", "versionOptions", "definitionId", "definitionIds", "definitionVersionIds",
        "ids", "id", "name", "searchTerm", "orderBy", "orderDirection", "status", "subStatus", "statuses", "workflowInstanceId",
        "completed", "activityNodeId", "childNodeId", "parentNodeId", "hasIncidents", "isSystem", "includeConsumingWorkflows",
        "correlationId",
    ];

    /// <summary>One product, with something behind each kind of id, and from then on nothing is kept.</summary>
    public sealed class World : IAsyncLifetime
    {
        private readonly HeldCommits commits = new();
        private readonly Dictionary<string, string> ids = [];
        private readonly List<HttpClient> callers = [];
        private JsonObject model = null!;
        private StudioClient owner = null!;

        public World() => App = new TestApp
        {
            RunsJobs = false, Replace = services => services.ConfigureDbContext<Core.Data.ApprovalsDbContext>(
                options => options.AddInterceptors(commits)),
        };

        public TestApp App { get; }

        /// <summary>What is uploaded: picture, PDF, definitions, wrong ones, and archives as the designer exports them.</summary>
        internal IReadOnlyList<(string Name, byte[] Content)> Files { get; private set; } = [];

        internal HttpClient ClientOf(Door door, Mutator mutator) => IsStudio(door) ? owner.Client : mutator.Pick(callers);

        internal string ValueOf(Door door, string name) => name switch
        {
            "attachmentId" or "documentId" => ids["attachment"],
            "id" when door.Pattern.Contains("/tasks/", StringComparison.Ordinal) => ids["task"],
            "id" when door.Pattern.Contains("/draft", StringComparison.Ordinal) => ids["draft"],
            "id" when door.Pattern.Contains("/cases/", StringComparison.Ordinal) => ids["case"],
            "id" when door.Pattern.Contains("/workflow-instances/", StringComparison.Ordinal) => ids["instance"],
            "id" => ids["version"],
            "field" => "photo",
            "type" => "Approvals.ApprovalStep",
            "input" => "participants",
            _ => "commander-appointment",
        };

        /// <summary>A body that is right: as the handler's type wants it; for the designer what its own pages send.</summary>
        internal JsonObject JsonOf(Door door, Mutator mutator)
        {
            var body = Parameters(door).Select(one => one.ParameterType).FirstOrDefault(type =>
                type.Assembly == typeof(Program).Assembly && type.Name.EndsWith("Request", StringComparison.Ordinal));
            if (body is not null)
                return Sample(body, 0)!.AsObject();
            if (door.Pattern.EndsWith("/import", StringComparison.Ordinal) || mutator.Seed % 3 == 0)
                return (JsonObject)model.DeepClone();
            return new JsonObject
            {
                ["model"] = model.DeepClone(), ["publish"] = false, ["page"] = 0, ["pageSize"] = 10,
                ["versionOptions"] = "Latest",
                ["definitionId"] = "commander-appointment", ["definitionIds"] = new JsonArray("commander-appointment"),
                ["ids"] = new JsonArray(ids["version"], ids["instance"]), ["workflowInstanceId"] = ids["instance"],
                ["workflowInstanceIds"] = new JsonArray(ids["instance"]), ["activityNodeIds"] = new JsonArray("apply"),
                ["activityIds"] = new JsonArray("apply"), ["consumingDefinitionIds"] = new JsonArray("none"),
                ["input"] = new JsonObject(), ["timestampFilters"] = new JsonArray(), ["typeName"] = "x",
            };
        }

        public async ValueTask InitializeAsync()
        {
            using (var applicant = await App.SignedInAsync("liuzhiqiang"))
            {
                ids["case"] = (await Applications.SubmittedAsync(applicant)).ToString();
                ids["draft"] = (await Applications.DraftAsync(applicant)).Address["/cases/".Length..][..36];
            }

            var id = Guid.Parse(ids["case"]);
            ids["task"] = (await Applications.OpenTaskAsync(App, id)).ToString();
            await App.DatabaseAsync(async db =>
            {
                ids["attachment"] = (await db.Attachments.FirstAsync(row => row.CaseId == id, Stop)).Id.ToString();
                ids["instance"] = (await db.Cases.SingleAsync(row => row.Id == id, Stop)).InstanceId!.Value.ToString();
                ids["version"] = (await db.Definitions.FirstAsync(row => row.DefinitionId == "commander-appointment", Stop)).Id;
                return true;
            });
            foreach (var user in new[] { "liuzhiqiang", "chenguihua" })
                callers.Add((await ApiClient.AsAsync(App, user)).Client);
            owner = await StudioClient.AsAsync(App, StudioClient.Owner);
            model = await owner.OpenAsync("accident-insurance");
            var definition = Encoding.UTF8.GetBytes(model.ToJsonString());
            Files =
            [
                ("照片.png", Applications.Picture()), ("证明.pdf", Encoding.ASCII.GetBytes("%PDF-1.4\n%%EOF\n")),
                ("流程.json", definition), ("列表.json", "[1,2]"u8.ToArray()),
                ("流程.zip", Zip(("流程.json", definition), ("../../外面.json", definition))),
                ("空.zip", Zip()),
            ];
            commits.Holds = true;
        }

        public async ValueTask DisposeAsync()
        {
            owner.Dispose();
            callers.ForEach(caller => caller.Dispose());
            await App.DisposeAsync();
        }

        private static byte[] Zip(params (string Name, byte[] Content)[] entries)
        {
            using var archive = new MemoryStream();
            using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var (name, content) in entries)
                {
                    using var entry = zip.CreateEntry(name).Open();
                    entry.Write(content);
                }
            }

            return archive.ToArray();
        }

        /// <summary>A value of a type, as JSON.</summary>
        private JsonNode? Sample(Type type, int depth)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (type == typeof(JsonObject))
                return new JsonObject { ["post"] = "队长", ["commandHistory"] = new JsonArray(new JsonObject { ["unit"] = "队" }) };
            if (type == typeof(string))
                return "commander-appointment";
            if (type == typeof(bool))
                return true;
            if (type == typeof(Guid))
                return ids["task"];
            if (type.IsEnum)
                return NameOf(Enum.GetNames(type)[0]);
            if (type.IsPrimitive)
                return 1;
            if (type.IsGenericType && typeof(System.Collections.IEnumerable).IsAssignableFrom(type))
                return new JsonArray(Sample(type.GetGenericArguments()[0], depth + 1));
            if (depth > 3)
                return null;
            var fields = new JsonObject();
            foreach (var property in type.GetProperties().Where(one => one.Name != "EqualityContract"))
                fields[NameOf(property.Name)] = Sample(property.PropertyType, depth + 1);
            return fields;
        }

        private static string NameOf(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
    }
}
