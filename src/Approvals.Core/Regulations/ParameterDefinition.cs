using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Approvals.Core.Regulations;

/// <summary>What values a parameter takes.</summary>
public enum ParameterKind
{
    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number with at most two decimals.</summary>
    Decimal,

    /// <summary>Whole numbers, different from each other, separated by commas.</summary>
    WholeList,
}

/// <summary>A parameter the product knows, with its shipped value; read from <c>parameters.json</c>.</summary>
/// <param name="Key">E.g. <c>commander.age.max</c>.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="Value">Shipped value.</param>
/// <param name="Unit">Unit in Chinese.</param>
/// <param name="Article">Article, or 默认 when it is ours.</param>
/// <param name="Kind">What values it takes.</param>
/// <param name="Min">Least value that makes sense.</param>
/// <param name="Max">Greatest value that makes sense.</param>
public sealed record ParameterDefinition(
    string Key, string Name, string Value, string Unit, string Article, ParameterKind Kind, decimal Min, decimal Max)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Every parameter, in the order they are listed.</summary>
    public static IReadOnlyList<ParameterDefinition> All { get; } = Read();

    /// <summary>The value in invariant form when it may be set; else null and why not, in Chinese.</summary>
    public (string? Value, string? Problem) Check(string? typed)
    {
        var parts = (typed ?? "").Replace('，', ',').Split(',', StringSplitOptions.TrimEntries);
        if (Kind != ParameterKind.WholeList && parts.Length != 1)
        {
            return (null, $"“{Name}”只能是一个数");
        }

        var numbers = new List<decimal>();
        foreach (var part in parts)
        {
            if (!decimal.TryParse(part, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture, out var number)
                || decimal.Round(number, Kind == ParameterKind.Decimal ? 2 : 0) != number)
            {
                return (null, Kind switch
                {
                    ParameterKind.Decimal => "请填写数字，最多两位小数",
                    ParameterKind.WholeList => "请填写整数；多个值用逗号分隔",
                    _ => "请填写整数",
                });
            }

            if (number < Min || number > Max)
            {
                return (null, $"应在 {Min:0.##} 至 {Max:0.##} 之间");
            }

            numbers.Add(number);
        }

        return numbers.Distinct().Count() == numbers.Count
            ? (string.Join(",", numbers.Select(number => number.ToString("0.##", CultureInfo.InvariantCulture))), null)
            : (null, "数值重复，请去掉重复的");
    }

    private static List<ParameterDefinition> Read()
    {
        using var stream = typeof(ParameterDefinition).Assembly
            .GetManifestResourceStream("Approvals.Core.Regulations.parameters.json")!;
        return JsonSerializer.Deserialize<List<ParameterDefinition>>(stream, Json)!;
    }
}
