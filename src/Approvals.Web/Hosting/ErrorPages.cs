namespace Approvals.Web.Hosting;

/// <summary>Every refusal and fault gets a page in plain words, or problem details for the API.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
    }
}
