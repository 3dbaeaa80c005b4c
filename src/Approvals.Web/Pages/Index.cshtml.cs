using Approvals.Core.Organisation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Approvals.Web.Pages;

/// <summary>The front door: the inbox for whoever is signed in, the public notices for everybody else.</summary>
[Microsoft.AspNetCore.Authorization.AllowAnonymous]
public sealed class IndexModel(CurrentPerson person) : PageModel
{
    /// <summary>Sends on.</summary>
    public IActionResult OnGet() => LocalRedirect(person.Id is null ? "/public/notices" : "/inbox");
}
