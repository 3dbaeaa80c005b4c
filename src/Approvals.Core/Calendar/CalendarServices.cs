using Approvals.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Calendar;

/// <summary>Registers the calendar.</summary>
public static class CalendarServices
{
    /// <summary>Working calendar and its official days; needs the database.</summary>
    public static IServiceCollection AddCalendar(this IServiceCollection services) => services
        .AddScoped<WorkingCalendarStore>()
        .AddScoped<EditCalendar>()
        .AddScoped<IStartupTask, SeedCalendar>();
}
