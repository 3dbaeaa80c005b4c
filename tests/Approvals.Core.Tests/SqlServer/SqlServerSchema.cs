using System.Text.RegularExpressions;
using Approvals.Core.Tests.Databases;
using Approvals.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.SqlServer.Dac.Model;

namespace Approvals.Core.Tests.SqlServer;

/// <summary>The schema our migrations make on SQL Server, compiled by SQL Server's own compiler without a server.</summary>
internal static partial class SqlServerSchema
{
    /// <summary>Compiles the script of the migrations.</summary>
    public static TSqlModel Compile()
    {
        using var db = Offline.Open(SqlServerDatabase.Name);
        var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        foreach (var batch in Batches(db.Database.GenerateCreateScript()))
        {
            model.AddObjects(batch);
        }

        return model;
    }

    /// <summary>Errors of the model, in words.</summary>
    public static IReadOnlyList<string> Errors(TSqlModel model) =>
    [
        .. model.Validate()
            .Where(message => message.MessageType == Microsoft.SqlServer.Dac.DacMessageType.Error)
            .Select(message => $"{message.Number}: {message.Message}"),
    ];

    // The compiler takes definitions only: rows that come with the schema are left out.
    private static IEnumerable<string> Batches(string script) =>
        Go().Split(script).Select(batch => batch.Trim()).Where(batch => batch.StartsWith("CREATE", StringComparison.Ordinal));

    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline)]
    private static partial Regex Go();
}
