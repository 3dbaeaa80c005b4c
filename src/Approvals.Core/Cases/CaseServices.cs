using Approvals.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Cases;

/// <summary>Registers the cases.</summary>
public static class CaseServices
{
    /// <summary>Adds the use cases of cases.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<IExpressionContributor, CaseValues>()
        .AddScoped<CaseAccess>()
        .AddScoped<PendingSubmission>()
        .AddScoped<StartCase>()
        .AddScoped<OpenCase>()
        .AddScoped<DraftCase>()
        .AddScoped<SubmitCase>()
        .AddScoped<WithdrawCase>()
        .AddScoped<CommentOnCase>()
        .AddScoped<CaseList>()
        .AddScoped<ExportCases>()
        .AddScoped<AttachFile>()
        .AddScoped<PrintCase>()
        .AddScoped<AttachmentAccess>()
        .AddScoped<Processes.ResolveIncident>()
        .AddScoped<CaseSheets>()
        .AddScoped<DraftList>();
}
