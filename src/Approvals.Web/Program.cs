using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Commanders.Rules;
using Approvals.Core.Commanders;
using Approvals.Core.Files;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Notices;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Core.Training;
using Approvals.Web.Api;
using Approvals.Web.Cli;
using Approvals.Web.Data;
using Approvals.Web.Demo;
using Approvals.Web.Files;
using Approvals.Web.Hosting;
using Approvals.Web.Jobs;
using Approvals.Web.Pages.Public;
using Approvals.Web.Security;

var builder = WebApplication.CreateBuilder(args);
builder.AddStructuredLogging();
builder.AddTelemetry();
builder.AddRequestLimits();
builder.AddTransportSecurity();
builder.Services.AddApprovalsData(builder.Configuration);
builder.Services.AddJobs(builder.Configuration);
builder.Services.AddScoped<ICliCommand, AuditVerifyCommand>();
builder.Services.AddScoped<ICliCommand, AuditCheckpointCommand>();
builder.Services.AddPageServices();
builder.Services.AddApi();
builder.AddApprovalsIdentity();
builder.AddDemoBureau();
builder.Services.AddScoped<ICliCommand, CreateAdminCommand>();


// One line per area of the product; each area registers its own services.
builder.Services.AddOrganisation();
builder.Services.AddCalendar();
builder.Services.AddFiles();
builder.Services.AddForms();
builder.Services.AddRegulations();
builder.Services.AddCommanderRules();
builder.Services.AddInboxReading();
builder.Services.AddProcesses(builder.Configuration);
builder.Services.AddCases();
builder.Services.AddInbox();
builder.Services.AddCertificates();
builder.Services.AddNotices();
builder.Services.AddTraining();
builder.Services.AddCommanders();
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
app.UseErrorPages();
app.UseRequestSizeLimit();
app.UseRequestLocalization();
app.UseStaticFiles(StaticFiles.LongCached);
app.UseRouting();

// An error page takes the request's place; the log keeps the route that was asked for.
app.Use((context, next) =>
{
    context.Items.TryAdd(typeof(RouteEndpoint), context.GetEndpoint());
    return next(context);
});
app.UseAuthentication();

// After authentication, which answers the identity provider's callback without an endpoint.
app.UseNotFound();
app.UseCurrentPerson();
app.UseRateLimiter();
app.UseAuthorization();
app.UseAntiforgery();
app.UseIdempotency();

app.MapRazorPages();
app.MapCaseFiles();
app.MapApi();
app.MapPreferences();
app.MapPublicFiles();
app.MapHealth();

await app.PrepareAsync();
app.MapJobs();
await app.RunAsync();
return 0;
