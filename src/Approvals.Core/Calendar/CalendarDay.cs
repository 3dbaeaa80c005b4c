namespace Approvals.Core.Calendar;

/// <summary>How a day differs from its weekday.</summary>
public enum CalendarDayKind
{
    /// <summary>放假.</summary>
    Holiday,

    /// <summary>调休上班.</summary>
    MakeUpWorkingDay,
}

/// <summary>A day that differs from its weekday, by the State Council's notice (节假日安排). Editable by an administrator.</summary>
public sealed class CalendarDay
{
    /// <summary>The day; primary key.</summary>
    public DateOnly Date { get; init; }

    /// <summary>How it differs.</summary>
    public CalendarDayKind Kind { get; set; }

    /// <summary>Name, e.g. 国庆节.</summary>
    public required string Name { get; set; }
}
