using System.Text.RegularExpressions;

namespace Approvals.Core.Notices;

/// <summary>An objection as it was typed on the public page.</summary>
/// <param name="Name">Who objects.</param>
/// <param name="Contact">Phone or mail.</param>
/// <param name="Content">What is objected.</param>
public sealed partial record ObjectionInput(string? Name, string? Contact, string? Content)
{
    /// <summary>Fewest characters that can say what is wrong.</summary>
    public const int MinContent = 10;

    /// <summary>Most characters.</summary>
    public const int MaxContent = 4000;

    /// <summary>Trimmed.</summary>
    public ObjectionInput Clean() => new(Name?.Trim() ?? "", Contact?.Trim() ?? "", Content?.Trim() ?? "");

    /// <summary>What is wrong with it, by field, in plain Chinese; empty when it can be filed.</summary>
    public IReadOnlyDictionary<string, string> Problems()
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var (name, contact, content) = Clean();
        if (name!.Length is < 2 or > 50)
        {
            problems[nameof(Name)] = "请填写您的姓名或单位名称（2 至 50 个字），实名反映才能核查";
        }

        if (!Phone().IsMatch(contact!) && !Mail().IsMatch(contact!))
        {
            problems[nameof(Contact)] = "请填写能联系到您的手机号码、固定电话（带区号）或电子邮箱";
        }

        if (content!.Length is < MinContent or > MaxContent)
        {
            problems[nameof(Content)] = $"请写明异议的事实和理由，{MinContent} 至 {MaxContent} 个字（现有 {content.Length} 个字）";
        }

        return problems;
    }

    [GeneratedRegex(@"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$")]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+$")]
    private static partial Regex Mail();
}
