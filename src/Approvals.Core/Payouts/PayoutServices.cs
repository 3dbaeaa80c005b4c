using Approvals.Core.Certificates;
using Approvals.Core.Files;
using Approvals.Core.Notifications;
using Approvals.Core.Payouts.Accounts;
using Approvals.Core.Payouts.Bank;
using Approvals.Core.Payouts.Files;
using Approvals.Core.Payouts.Packets;
using Approvals.Core.Payouts.Reconciliation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Payouts;

/// <summary>Registers the area.</summary>
public static class PayoutServices
{
    /// <summary>Adds payees, accounts, entitlements and packets. Section <c>Payouts</c> describes the bank's files.</summary>
    public static IServiceCollection AddPayouts(this IServiceCollection services)
    {
        services.AddOptions<BankOptions>().Configure<IConfiguration>(
            (options, configuration) => configuration.GetSection("Payouts").Bind(options));
        services.AddOptions<BureauOptions>().Configure<IConfiguration>(
            (options, configuration) => configuration.GetSection("Bureau").Bind(options));
        return services.AddSiteFonts().AddEntitlements().AddAccounts().AddPackets();
    }

    private static IServiceCollection AddEntitlements(this IServiceCollection services) => services
        .AddScoped<Payees>()
        .AddScoped<FourEyes>()
        .AddScoped<PersonDayLedger>()
        .AddScoped<CaseApprovals>()
        .AddScoped<GrantChecks>()
        .AddScoped<GrantEntitlements>();

    private static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<AccountVault>()
        .AddScoped<ChangeAccount>()
        .AddScoped<ConfirmAccount>()
        .AddScoped<RevealAccount>()
        .AddScoped<SealAnew>()
        .AddScoped<AccountQuery>()
        .AddScoped<OwnPayee>();

    private static IServiceCollection AddPackets(this IServiceCollection services) => services
        .AddScoped<PacketSource>()
        .AddScoped<BuildPacket>()
        .AddScoped<CorrectPacket>()
        .AddScoped<AcknowledgePacket>()
        .AddScoped<MarkLines>()
        .AddScoped<OffsetLines>()
        .AddScoped<PacketChecks>()
        .AddScoped<PacketQuery>()
        .AddScoped<LineQuery>()
        .AddScoped<ReconciliationQuery>()
        .AddScoped<ExportReconciliation>()
        .AddScoped<ImportResult>()
        .AddScoped<ExportedLines>()
        .AddScoped<TransferFileNow>()
        .AddScoped<DownloadPacketFile>()
        .AddScoped<ExportLines>()
        .AddScoped<SealedFiles>()
        .AddScoped<PacketFiles>()
        .AddScoped<PacketMaterials>()
        .AddScoped<PacketPagesJob>()
        .AddScoped<IOutboxHandler, RenderPacket>();
}
