using Approvals.Core.Hosting;

namespace Approvals.Web.Demo;

/// <summary>Registers the demonstration bureau in Development, and nothing anywhere else.</summary>
public static class DemoServices
{
    /// <summary>
    /// Adds it when the host runs in Development. There, <c>Demo:DaysAhead</c> sets the product's clock so many days ahead,
    /// and <c>Demo:Register</c>, on unless switched off, enters four commanders and the allowance rates.
    /// </summary>
    /// <exception cref="InvalidOperationException"><c>Demo:DaysAhead</c> is negative: what has happened cannot lie in the future.</exception>
    public static void AddDemoBureau(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            return;
        }

        builder.Services.AddScoped<IStartupTask, DemoSeed>();
        if (builder.Configuration.GetValue("Demo:Register", true))
        {
            builder.Services.AddScoped<IStartupTask, DemoRegister>();
            builder.Services.AddScoped<IStartupTask, DemoRescue>();
        }

        var days = builder.Configuration.GetValue("Demo:DaysAhead", 0);
        if (days < 0)
        {
            throw new InvalidOperationException($"Demo:DaysAhead is {days}; it must be 0 or more.");
        }

        if (days > 0)
        {
            builder.Services.AddSingleton<TimeProvider>(new DemoClock(TimeSpan.FromDays(days)));
        }
    }
}
