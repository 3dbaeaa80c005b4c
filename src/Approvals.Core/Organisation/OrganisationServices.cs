using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Organisation;

/// <summary>Registers the area.</summary>
public static class OrganisationServices
{
    /// <summary>Adds what resolves people and who acts.</summary>
    public static IServiceCollection AddOrganisation(this IServiceCollection services) => services
        .AddScoped<CurrentPerson>()
        .AddSingleton<OrganisationRows>()
        .AddScoped<ParticipantResolver>()
        .AddScoped<ActingRights>()
        .AddScoped<PersonNames>();
}
