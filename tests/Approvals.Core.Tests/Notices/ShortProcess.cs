using System.Text.Json.Nodes;

namespace Approvals.Core.Tests.Notices;

/// <summary>The issuing steps of the shipped appointment process alone, with its own document texts.</summary>
internal static class ShortProcess
{
    public const string Key = "short-appointment";

    public static void Write(string folder)
    {
        var shipped = Shipped();
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var own = Path.Combine(folder, Key);
        Directory.Move(Path.Combine(folder, "commander-appointment"), own);
        var definition = JsonNode.Parse(File.ReadAllText(Path.Combine(own, "workflow.json")))!;
        definition["id"] = Key + "-1";
        definition["definitionId"] = Key;
        var root = definition["root"]!;
        foreach (var connection in root["connections"]!.AsArray())
        {
            Redirect(connection!, "start", "apply", "notice");
            Redirect(connection!, "training-certificate", "check-again", "appointment-certificate");
        }

        File.WriteAllText(Path.Combine(own, "workflow.json"), definition.ToJsonString());
    }

    private static void Redirect(JsonNode connection, string from, string to, string instead)
    {
        if ((string?)connection["source"]!["activity"] == from && (string?)connection["target"]!["activity"] == to)
        {
            connection["target"]!["activity"] = instead;
        }
    }

    private static string Shipped()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder!.FullName, "workflows", "commander-appointment")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "workflows");
    }
}
