using Approvals.Core.DryRuns;
using Approvals.Web.Cli;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.DryRuns;

/// <summary>Registers dry runs with the sandboxes of this host, the command and the pages' runner.</summary>
public static class DryRunHosting
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddDryRunHosting(this IServiceCollection services) => services
        .AddDryRuns()
        .AddSingleton<IDryRunSandboxes, Sandboxes>()
        .AddScoped<ICliCommand, SimulateCommand>()
        .AddScoped<RequestDryRun>()
        .AddScoped<DryRunViewer>()
        .Configure<RazorPagesOptions>(options => options.Conventions.AddPageApplicationModelConvention(
            "/Studio/Index", model => model.Filters.Add(new ServiceFilterAttribute(typeof(DryRunViewer)))))
        .AddSingleton<DryRunQueue>()
        .AddHostedService(provider => provider.GetRequiredService<DryRunQueue>());
}
