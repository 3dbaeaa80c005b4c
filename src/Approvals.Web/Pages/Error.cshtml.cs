using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages;

/// <summary>A refusal or fault in plain words, whatever the method of the request that met it.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    /// <summary>Status code of the answer.</summary>
    [BindProperty(SupportsGet = true)]
    public int Code { get; set; }

    /// <summary>Number to find the fault in the logs with.</summary>
    public string TraceId => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    /// <summary>For pages that were read.</summary>
    public void OnGet() => Response.StatusCode = Code;

    /// <summary>For forms that were sent.</summary>
    public void OnPost() => Response.StatusCode = Code;
}
