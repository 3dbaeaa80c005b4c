using System.Text;
using Approvals.Core.Designer;
using Approvals.Web.Localisation;

namespace Approvals.Web.Studio.Api;

/// <summary>What an expression can use, as TypeScript for the editor's completion.</summary>
internal static class ScriptTypes
{
    public static async Task<IResult> DeclareAsync(
        string definitionId, HttpContext http, DesignedProcesses processes, ScriptDeclarations declarations, Wording wording)
    {
        var process = await processes.FindAsync(definitionId, http.RequestAborted);
        var text = await declarations.OfAsync(process, wording.Designer, http.RequestAborted);
        return Results.Text(text, "application/x-typescript", Encoding.UTF8);
    }
}
