using Approvals.Core.Inbox;
using Approvals.Web.Api;
using Approvals.Web.Cli;
using Approvals.Web.Data;
using Approvals.Web.Demo;
using Approvals.Web.DryRuns;
using Approvals.Web.Files;
using Approvals.Web.Hosting;
using Approvals.Web.Jobs;
using Approvals.Web.Pages.Insurance;
using Approvals.Web.Pages.Public;
using Approvals.Web.Security;
using Approvals.Web.Studio.Api;
using Approvals.Web.Studio.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddStructuredLogging();
builder.AddTelemetry();
builder.AddRequestLimits();
builder.AddTransportSecurity();
builder.Services.AddApprovalsData(builder.Configuration);
builder.Services.AddJobs(builder.Configuration);
builder.Services.AddScoped<ICliCommand, AuditVerifyCommand>();
builder.Services.AddScoped<ICliCommand, AuditCheckpointCommand>();
builder.Services.AddScoped<ICliCommand, CheckCommand>();
builder.Services.AddScoped<ICliCommand, ExportCommand>();
builder.Services.AddScoped<ICliCommand, KeysListCommand>();
builder.Services.AddScoped<ICliCommand, KeysNewCommand>();
builder.Services.AddScoped<ICliCommand, KeysSealCommand>();
builder.Services.AddPageServices();
builder.Services.AddBrowserFiles();
builder.Services.AddApi();
builder.Services.AddStudioHosting();
builder.AddApprovalsIdentity();
builder.AddDemoBureau();
builder.Services.AddScoped<ICliCommand, CreateAdminCommand>();
builder.Services.AddProductAreas(builder.Configuration);
builder.Services.AddDryRunHosting();
builder.Services.AddScoped<ISignerCheck, SignerCheck>();

var app = builder.Build();

// `dotnet Approvals.Web.dll create-admin`, `… audit verify`: do one thing and leave without serving.
if (CommandLine.IsCommand(args))
{
    return await CommandLine.RunAsync(app.Services, args);
}

app.UseForwardedHeaders();
app.UseSecurityHeaders();
app.UseTransportSecurity();
app.UseRequestLogging();

// Before the error pages: what they say of a fault is in the reader's language, too.
app.UseRequestLocalization();
app.UseErrorPages();
app.UseTlsForPrograms();
app.UseKnownMethods();
app.UseRequestSizeLimit();
app.UseBrowserFiles();
app.UseRouting();
app.UseAskedRoute();
app.UseAuthentication();

// After authentication, which answers the identity provider's callback without an endpoint.
app.UseNotFound();
app.UseCurrentPerson();
app.UseInitialPasswords();
app.UseRateLimiter();
app.UseAuthorization();
app.UseAntiforgery();
app.UseIdempotency();

app.MapRazorPages();
app.MapCaseFiles();
app.MapDryRunDocuments();
app.MapApi();
app.MapStudioApi();
app.MapStudioHosting();
app.MapPreferences();
app.MapPublicFiles();
app.MapInsuranceFiles();
app.MapHealth();

await app.PrepareAsync();
app.WatchBacklog();
app.MapJobs();
await app.RunAsync();
return 0;
