using Approvals.Core.Designer.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Designer;

/// <summary>Registers what the designer asks the product for.</summary>
public static class DesignerServices
{
    /// <summary>Adds the pick lists.</summary>
    public static IServiceCollection AddDesigner(this IServiceCollection services) => services
        .AddSingleton<DocumentTitles>()
        .AddScoped<DesignedProcesses>()
        .AddScoped<ProcessForms>()
        .AddScoped<PickLists>()
        .AddScoped<ScriptDeclarations>()
        .AddSingleton<DescriptorCache>()
        .AddScoped<DescriptorCatalogue>()
        .AddScoped<IOptionSource, ParticipantOptions>()
        .AddScoped<IOptionSource, FormOptions>()
        .AddScoped<IOptionSource, FieldRightsOptions>()
        .AddScoped<IOptionSource, FieldOptions>()
        .AddScoped<IOptionSource, TableOptions>()
        .AddScoped<IOptionSource, FieldAndColumnOptions>()
        .AddScoped<IOptionSource, BasisOptions>()
        .AddScoped<IOptionSource, DocumentOptions>()
        .AddScoped<IOptionSource, RuleSetOptions>()
        .AddScoped<IOptionSource, ProcessOptions>()
        .AddScoped<IOptionSource, SubProcessOptions>()
        .AddScoped<IOptionSource, ApprovalStepOptions>()
        .AddScoped<IOptionSource, MessageOptions>();
}
