using Approvals.Core.Hosting;

namespace Approvals.Web.Demo;

/// <summary>Registers the demonstration bureau in Development, and nothing anywhere else.</summary>
public static class DemoServices
{
    /// <summary>Adds it when the host runs in Development.</summary>
    public static void AddDemoBureau(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.AddScoped<IStartupTask, DemoSeed>();
        }
    }
}
