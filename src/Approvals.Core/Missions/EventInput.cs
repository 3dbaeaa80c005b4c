using Approvals.Core.Calendar;

namespace Approvals.Core.Missions;

/// <summary>An event as the duty office typed it.</summary>
public sealed record EventInput
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Specialty code.</summary>
    public string? Specialty { get; init; }

    /// <summary>Grade.</summary>
    public EventLevel? Level { get; init; }

    /// <summary>Region code.</summary>
    public string? Region { get; init; }

    /// <summary>Place.</summary>
    public string? Place { get; init; }

    /// <summary>Latitude; both or none.</summary>
    public double? Latitude { get; init; }

    /// <summary>Longitude.</summary>
    public double? Longitude { get; init; }

    /// <summary>When it began, as local time in China.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>What is known.</summary>
    public string? Description { get; init; }

    /// <summary>总指挥.</summary>
    public Guid? GeneralCommanderId { get; init; }

    /// <summary>The instant it began.</summary>
    internal DateTimeOffset Instant => EventTimes.Instant(StartedAt!.Value);

    /// <summary>Problems by field, in plain Chinese; empty when the input will do. Pure.</summary>
    /// <param name="specialties">Codes that may be chosen.</param>
    /// <param name="regions">Codes that may be chosen.</param>
    /// <param name="generals">People who may command.</param>
    /// <param name="now">The instant.</param>
    public IReadOnlyDictionary<string, string> Problems(
        IReadOnlyCollection<string> specialties, IReadOnlyCollection<string> regions, IReadOnlyCollection<Guid> generals, DateTimeOffset now)
    {
        var problems = new Dictionary<string, string>();
        Need(nameof(Name), Name, 100, "事件名称");
        Need(nameof(Place), Place, 100, "事发地点");
        Want(Description is not { Length: > 2000 }, nameof(Description), "情况说明最多 2000 个字，请精简");
        Want(Specialty is not null && specialties.Contains(Specialty), nameof(Specialty), "请选择所需专业领域");
        Want(Region is not null && regions.Contains(Region), nameof(Region), "请选择所在区域，工作补助按区域计算");
        Want(Level is { } level && Enum.IsDefined(level), nameof(Level), "请选择事件等级");
        Want(GeneralCommanderId is { } general && generals.Contains(general), nameof(GeneralCommanderId),
            "请选择总指挥；名单中没有的，请安全管理员授予“总指挥”角色");
        Want(StartedAt is not null, nameof(StartedAt), "请填写发生时间");
        Want(StartedAt is null || Instant <= now, nameof(StartedAt), "发生时间不能晚于现在");
        Want(StartedAt is null || Instant >= now.AddYears(-1), nameof(StartedAt), "发生时间早于一年前，请核对");
        Want((Latitude is null && Longitude is null) || Distance.IsPlace(Latitude, Longitude), nameof(Latitude),
            "纬度应在 -90 至 90 之间，经度应在 -180 至 180 之间，两项都要填写");
        return problems;

        void Want(bool isRight, string field, string problem)
        {
            if (!isRight)
            {
                problems.TryAdd(field, problem);
            }
        }

        void Need(string field, string? text, int most, string caption)
        {
            var length = text?.Trim().Length ?? 0;
            Want(length > 0, field, $"请填写{caption}");
            Want(length <= most, field, $"{caption}最多 {most} 个字，现有 {length} 个字，请精简");
        }
    }
}

/// <summary>Times as people on the scene type them: local time in China.</summary>
internal static class EventTimes
{
    /// <summary>The UTC instant of a local time.</summary>
    public static DateTimeOffset Instant(DateTime local) =>
        new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), ChinaTime.Offset).ToUniversalTime();
}
