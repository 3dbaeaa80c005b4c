using System.Data;
using Approvals.Core.Tests.Databases;
using Approvals.Data.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Approvals.Core.Tests.SqlServer;

public sealed class SqlServerSchemaTests
{
    /// <summary>Largest key of a non-clustered index; a clustered one holds 900.</summary>
    private const int IndexKeyBytes = 1700;

    private const int ClusteredKeyBytes = 900;

    [Fact]
    public void TheSchemaCompiles()
    {
        using var model = SqlServerSchema.Compile();
        Assert.Empty(SqlServerSchema.Errors(model));
    }

    [Fact]
    public void TheCompilerWouldFindAnUnknownColumn()
    {
        using var model = SqlServerSchema.Compile();
        model.AddObjects("CREATE PROCEDURE [p] AS SELECT [NoSuchColumn] FROM [Cases];");
        Assert.Contains(SqlServerSchema.Errors(model), error => error.Contains("NoSuchColumn", StringComparison.Ordinal));
    }

    [Fact]
    public void TheWholeMigrationScriptParses()
    {
        using var db = Offline.Open(SqlServerDatabase.Name);
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        Assert.Empty(errors.Select(error => $"{error.Line}: {error.Message}"));
    }

    [Fact]
    public void EveryIndexKeyFits()
    {
        using var db = Offline.Open(SqlServerDatabase.Name);
        var model = db.GetService<IDesignTimeModel>().Model;
        var indexes = model.GetEntityTypes().SelectMany(entity => entity.GetIndexes())
            .Select(index => (Name: index.GetDatabaseName(), index.Properties, Limit: IndexKeyBytes));
        var keys = model.GetEntityTypes().SelectMany(entity => entity.GetKeys())
            .Select(key => (Name: key.GetName(), key.Properties, Limit: key.IsPrimaryKey() ? ClusteredKeyBytes : IndexKeyBytes));
        var tooLong = indexes.Concat(keys)
            .Where(one => one.Properties.Sum(Bytes) > one.Limit)
            .Select(one => $"{one.Name}: {one.Properties.Sum(Bytes)} bytes");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void NoTableIsReachedByTwoCascades()
    {
        using var db = Offline.Open(SqlServerDatabase.Name);
        var cascades = db.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            .SelectMany(entity => entity.GetForeignKeys())
            .Where(key => key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull)
            .GroupBy(key => key.DeclaringEntityType)
            .Where(group => group.Count() > 1 || group.Any(key => key.PrincipalEntityType == group.Key))
            .Select(group => group.Key.Name);
        Assert.Empty(cascades);
    }

    private static double Bytes(IProperty property)
    {
        var mapping = (RelationalTypeMapping)property.GetTypeMapping();
        return mapping.DbType switch
        {
            _ when mapping.StoreType.EndsWith("(max)", StringComparison.Ordinal) => double.PositiveInfinity,
            _ when mapping.Size is { } size => mapping.IsUnicode ? size * 2 : size,
            DbType.Guid => 16,
            DbType.Boolean => 1,
            DbType.Int32 => 4,
            _ => 10,
        };
    }
}
