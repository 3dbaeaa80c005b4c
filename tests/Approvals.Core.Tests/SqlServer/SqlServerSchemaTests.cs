using System.Data;
using System.Text.RegularExpressions;
using Approvals.Core.Cases;
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
        SqlServerSchema.None(SqlServerSchema.Errors(model));
    }

    [Fact]
    public void TheCompilerWouldFindAnUnknownColumn()
    {
        using var model = SqlServerSchema.Compile();
        model.AddObjects("CREATE PROCEDURE [p] AS SELECT [NoSuchColumn] FROM [Cases];");
        Assert.Contains(SqlServerSchema.Errors(model), error => error.Contains("NoSuchColumn", StringComparison.Ordinal));
    }

    /// <summary>The operations of the migrations, one after another, and not only what their snapshot says of them.</summary>
    [Fact]
    public void TheMigrationsMakeExactlyTheModelsSchema()
    {
        var made = SqlServerSchema.OfMigrations().Parts
            .Where(part => !part.Contains("__EFMigrationsHistory", StringComparison.Ordinal) && !part.StartsWith("CREATE TRIGGER", StringComparison.Ordinal));
        Assert.Equal(SqlServerSchema.OfModel().Parts, made);
    }

    [Fact]
    public void EveryAppendOnlyTableHasItsTriggerAndNoOtherTableHasOne()
    {
        using var db = Offline.Open(SqlServerDatabase.Name);
        var declared = db.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            .Where(entity => entity.GetDeclaredTriggers().Any()).Select(entity => entity.GetTableName()!);
        var made = SqlServerSchema.OfMigrations().Parts.Where(part => part.StartsWith("CREATE TRIGGER", StringComparison.Ordinal))
            .Select(part => Regex.Match(part, @"ON \[(\w+)\]").Groups[1].Value);
        Assert.Equal(declared.Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    /// <summary>Decision 19: ids compare by their bytes from the first, texts by the codes of their characters.</summary>
    [Fact]
    public void IdsAndTextsAreComparedAsOnTheOtherDatabases()
    {
        using var db = Offline.Open(SqlServerDatabase.Name);
        var properties = db.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).ToList();
        var ids = properties.Where(one => (Nullable.GetUnderlyingType(one.ClrType) ?? one.ClrType) == typeof(Guid)).ToList();
        var texts = properties.Where(one => one.GetColumnType().Contains("char", StringComparison.Ordinal)).ToList();
        Assert.Empty(ids.Where(one => one.GetColumnType() != "binary(16)").Select(one => one.ToString()));
        Assert.Empty(texts.Where(one => one.GetCollation() != "Latin1_General_100_BIN2").Select(one => one.ToString()));
        Assert.True(ids.Count > 100 && texts.Count > 100);
    }

    [Fact]
    public void IdsStoredAsBytesAreInTheOrderOfTheirTimeWhichSqlServersOwnTypeIsNot()
    {
        using var db = Offline.Open(SqlServerDatabase.Name);
        var stored = db.Model.FindEntityType(typeof(Case))!.FindProperty(nameof(Case.Id))!.GetTypeMapping().Converter!;
        var start = new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
        var ids = Enumerable.Range(0, 2000).Select(i => Guid.CreateVersion7(start.AddMilliseconds(i * 7919))).ToList();
        var bytes = ids.Select(id => (byte[])stored.ConvertToProvider(id)!).ToList();
        Assert.All(bytes.Zip(bytes.Skip(1)), pair => Assert.True(pair.First.AsSpan().SequenceCompareTo(pair.Second) < 0));
        Assert.Equal(ids, bytes.Select(one => (Guid)stored.ConvertFromProvider(one)!));
        Assert.NotEqual(ids, ids.OrderBy(id => new System.Data.SqlTypes.SqlGuid(id)));
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
