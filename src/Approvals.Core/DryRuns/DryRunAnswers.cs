using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Approvals.Core.DryRuns;

/// <summary>
/// What the people of a dry run do (试运行脚本). Everything may be left out: then a sample applicant hands in sample data, the first
/// of the people asked approves at once, nobody objects and everybody passes. docs/dry-run.md describes the file.
/// </summary>
public sealed record DryRunAnswers
{
    /// <summary>Most acts a dry run may take, whatever is asked for.</summary>
    public const int MostActs = 1000;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Who applies: user name, number, name or id; null for a made-up applicant of <see cref="Unit"/>.</summary>
    public string? Applicant { get; init; }

    /// <summary>Unit of the made-up applicant: code or name; null for the first unit that has a representative.</summary>
    public string? Unit { get; init; }

    /// <summary>Day on which it begins, at 09:00 in China; null for now.</summary>
    public DateOnly? StartOn { get; init; }

    /// <summary>
    /// Process to start instead, for trying a sub-process inside the process that uses it; null to start the process itself.
    /// </summary>
    public string? Within { get; init; }

    /// <summary>Form data of the application: field key → value. What is missing is filled with samples.</summary>
    public JsonObject Fields { get; init; } = [];

    /// <summary>How many sample files go to a file field of the application; required and advised fields get one by themselves.</summary>
    public IReadOnlyDictionary<string, int> Files { get; init; } = new Dictionary<string, int>();

    /// <summary>Workflow inputs for a process that people do not start.</summary>
    public JsonObject Inputs { get; init; } = [];

    /// <summary>Activity id, or <c>process/activity</c>, → what is decided there.</summary>
    public IReadOnlyDictionary<string, StepAnswers> Steps { get; init; } = new Dictionary<string, StepAnswers>();

    /// <summary>Objections that the public files to the notices, in order.</summary>
    public IReadOnlyList<ObjectionAnswer> Objections { get; init; } = [];

    /// <summary>Results of the candidate's sittings, in order; a sitting without an answer scores <see cref="SittingAnswer.GoodScore"/>.</summary>
    public IReadOnlyList<SittingAnswer> Training { get; init; } = [];

    /// <summary>Events that arrive from outside: name → when and with what.</summary>
    public IReadOnlyDictionary<string, EventAnswer> Events { get; init; } = new Dictionary<string, EventAnswer>();

    /// <summary>Most acts (decisions, timers …) before it is stopped; at most <see cref="MostActs"/>.</summary>
    public int MaxActs { get; init; } = 300;

    /// <summary>Reads an answers file strictly: an unknown property is refused, never ignored.</summary>
    /// <exception cref="FormatException">It cannot be read; the message says where, in Chinese.</exception>
    public static DryRunAnswers Parse(string json)
    {
        try
        {
            var answers = JsonSerializer.Deserialize<DryRunAnswers>(json, Options)
                ?? throw new FormatException("试运行脚本为空。");
            return answers.MaxActs is < 1 or > MostActs
                ? throw new FormatException($"maxActs 应在 1 至 {MostActs} 之间。")
                : answers;
        }
        catch (JsonException fault)
        {
            throw new FormatException($"试运行脚本第 {fault.LineNumber + 1} 行（{fault.Path}）不正确：{Reason(fault)}", fault);
        }
    }

    /// <summary>The answers as a file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, new JsonSerializerOptions(Options)
    {
        WriteIndented = true,
        Encoder = Forms.FormJson.Data.Encoder,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    /// <summary>What is decided at a step; the default when the file says nothing.</summary>
    /// <param name="process">Process of the instance.</param>
    /// <param name="activity">Activity id.</param>
    /// <param name="round">How often the step has been reached, from 1.</param>
    public StepAnswer At(string process, string activity, int round)
    {
        var given = Steps.GetValueOrDefault($"{process}/{activity}") ?? Steps.GetValueOrDefault(activity);
        return given?.InRound(round) ?? new StepAnswer();
    }

    private static string Reason(JsonException fault) => fault.Message.Contains("could not be mapped", StringComparison.Ordinal)
        ? "没有这个项目，请对照说明核对拼写。"
        : fault.InnerException?.Message ?? "格式或内容不对。";
}

/// <summary>Answers of one step: one for every round, or a list by round.</summary>
/// <param name="ByRound">The answers.</param>
/// <param name="IsList">Whether they were given as a list.</param>
[JsonConverter(typeof(StepAnswersConverter))]
public sealed record StepAnswers(IReadOnlyList<StepAnswer> ByRound, bool IsList)
{
    /// <summary>
    /// The answer of a round. Behind the end of a list the step is approved; a single answer holds for every round, but a return
    /// only once, because the case would never get on.
    /// </summary>
    public StepAnswer? InRound(int round) => IsList
        ? ByRound.ElementAtOrDefault(round - 1)
        : round > 1 && ByRound[0].Decision == ScriptedDecision.Return ? null : ByRound[0];
}

/// <summary>Reads an object or a list of objects.</summary>
internal sealed class StepAnswersConverter : JsonConverter<StepAnswers>
{
    public override StepAnswers Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.TokenType == JsonTokenType.StartArray
                ? new StepAnswers(JsonSerializer.Deserialize<List<StepAnswer>>(ref reader, options)!, true)
                : new StepAnswers([JsonSerializer.Deserialize<StepAnswer>(ref reader, options)!], false);
        }
        catch (JsonException fault)
        {
            // Without a path of its own, the serializer around it gives it the step's.
            throw new JsonException(fault.Message, fault.InnerException);
        }
    }

    public override void Write(Utf8JsonWriter writer, StepAnswers value, JsonSerializerOptions options)
    {
        if (value.IsList)
            JsonSerializer.Serialize(writer, value.ByRound, options);
        else
            JsonSerializer.Serialize(writer, value.ByRound[0], options);
    }
}
