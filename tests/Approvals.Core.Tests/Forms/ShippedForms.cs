using System.Text.Json.Nodes;
using Approvals.Core.Forms;
using Approvals.Core.Regulations;

namespace Approvals.Core.Tests.Forms;

/// <summary>The forms in <c>workflows/</c> as tests use them.</summary>
internal static class ShippedForms
{
    public static readonly DateOnly Today = new(2026, 3, 2);

    public static readonly string Root = FindRoot();

    public static FormDefinition Application { get; } = Read("commander-appointment", "application");

    public static FormDefinition Purchase { get; } = Read("accident-insurance", "purchase");

    public static FormDefinition Read(string process, string form) => FormDefinition.Parse(
        form, File.ReadAllText(Path.Combine(Root, "workflows", process, "forms", form + ".json")));

    public static FormContext Context(string rightsKey, params (string Field, int Count)[] files) => new(
        rightsKey, Today, files.ToDictionary(file => file.Field, file => file.Count),
        new Dictionary<string, IReadOnlyList<Choice>>
        {
            ["specialty"] = [new("hazchem", "危险化学品"), new("fire", "火灾与高层建筑")],
            ["unit"] = [new("u1", "重庆某化工有限公司")],
        },
        ParameterDefinition.All.Where(parameter => parameter.Kind != ParameterKind.WholeList)
            .ToDictionary(parameter => parameter.Key, parameter => decimal.Parse(parameter.Value)));

    /// <summary>An application that lacks nothing. The identity number is made up; its checksum is right.</summary>
    public static JsonObject Complete() => JsonNode.Parse("""
        {
          "name": "张建国", "identityNumber": "500101197803124210", "phone": "13800001234", "unit": "u1", "post": "总工程师",
          "specialty": "hazchem",
          "commandHistory": [
            { "from": "2012-05-01", "until": "2018-04-30", "unit": "化工救援队", "post": "队长", "isCommandPost": true },
            { "from": "2018-05-01", "until": null, "unit": "化工公司", "post": "总工程师", "isCommandPost": false }
          ],
          "qualifications": [{ "name": "注册安全工程师", "number": "A-1", "issuedOn": "2010-06-01" }],
          "health": "健康", "cleanRecordDeclared": true, "declarationSigned": true
        }
        """)!.AsObject();

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Approvals.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
