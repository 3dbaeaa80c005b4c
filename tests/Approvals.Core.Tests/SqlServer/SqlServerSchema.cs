using System.Text.RegularExpressions;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.SqlServer.Twin;
using Approvals.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Approvals.Core.Tests.SqlServer;

/// <summary>The schema our migrations make on SQL Server, compiled by SQL Server's own compiler without a server.</summary>
internal static partial class SqlServerSchema
{
    /// <summary>What the migrations leave behind.</summary>
    public static SchemaOfScript OfMigrations()
    {
        using var db = Offline.Open(SqlServerDatabase.Name);
        return SchemaOfScript.Run(db.GetService<IMigrator>().GenerateScript());
    }

    /// <summary>What the model asks for.</summary>
    public static SchemaOfScript OfModel()
    {
        using var db = Offline.Open(SqlServerDatabase.Name);
        return SchemaOfScript.Run(db.Database.GenerateCreateScript());
    }

    /// <summary>Compiles the schema that the migrations make.</summary>
    public static TSqlModel Compile() => Compile(OfMigrations());

    /// <summary>Compiles a schema.</summary>
    public static TSqlModel Compile(SchemaOfScript schema)
    {
        var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        foreach (var definition in schema.Definitions)
            model.AddObjects(definition);
        return model;
    }

    /// <summary>Errors of the model, in words.</summary>
    public static IReadOnlyList<string> Errors(TSqlModel model) =>
    [
        .. model.Validate()
            .Where(message => message.MessageType == Microsoft.SqlServer.Dac.DacMessageType.Error)
            .Select(message => $"{message.Number}: {message.Message}"),
    ];

    /// <summary>Fails with all of it: xUnit would show the first words of the first.</summary>
    public static void None(IReadOnlyList<string> errors) =>
        Assert.True(errors.Count == 0, $"{errors.Count} errors\n\n{string.Join("\n\n", errors.Take(100))}");

    /// <summary>Compiles commands against the schema that the migrations make.</summary>
    /// <returns>Errors, each with the text of its command.</returns>
    public static IReadOnlyList<string> ErrorsOf(IReadOnlyList<SentCommand> commands) => ErrorsOf(OfMigrations(), commands);

    /// <summary>Compiles commands against a schema.</summary>
    public static IReadOnlyList<string> ErrorsOf(SchemaOfScript schema, IReadOnlyList<SentCommand> commands)
    {
        using var model = Compile(schema);
        var errors = new List<string>();
        for (var i = 0; i < commands.Count; i++)
        {
            var procedure = $"CREATE PROCEDURE [p{i}] {commands[i].Parameters} AS\n{commands[i].Sql}";
            new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(procedure), out var wrong);

            // One text that does not parse spoils the model for all that come behind it.
            if (wrong.Count > 0)
                errors.Add($"{wrong[0].Line}: {wrong[0].Message}\n{commands[i].Sql}");
            else
                model.AddObjects(procedure);
        }

        foreach (var error in Errors(model))
        {
            var name = Procedure().Match(error);
            errors.Add(name.Success ? $"{error}\n{commands[int.Parse(name.Groups[1].Value)].Sql}" : error);
        }

        return errors;
    }

    [GeneratedRegex(@"\[p(\d+)\]")]
    private static partial Regex Procedure();
}
