using Approvals.Data.PostgreSql;
using Approvals.Data.Sqlite;
using Approvals.Data.SqlServer;

namespace Approvals.Web.Data;

/// <summary>Which database the product runs on.</summary>
/// <param name="Provider"><c>Sqlite</c>, <c>PostgreSql</c> or <c>SqlServer</c>.</param>
/// <param name="ConnectionString">How it is reached.</param>
public sealed record DatabaseChoice(string Provider, string ConnectionString)
{
    private static readonly string[] Providers = [SqliteDatabase.Name, PostgreSqlDatabase.Name, SqlServerDatabase.Name];

    /// <summary>Reads the choice.</summary>
    /// <exception cref="InvalidOperationException">Unknown provider, or no connection string for a server.</exception>
    public static DatabaseChoice From(IConfiguration configuration)
    {
        var asked = configuration["Database:Provider"] ?? SqliteDatabase.Name;
        var provider = Array.Find(Providers, name => name.Equals(asked, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException(
                $"Database:Provider is '{asked}'; it must be one of {string.Join(", ", Providers)}.");
        var connection = configuration.GetConnectionString("Approvals");
        if (string.IsNullOrWhiteSpace(connection))
        {
            connection = provider == SqliteDatabase.Name
                ? $"Data Source={Path.Combine(configuration["Data:Folder"] ?? "data", "approvals.db")}"
                : throw new InvalidOperationException($"ConnectionStrings:Approvals is missing for {provider}.");
        }

        return new DatabaseChoice(provider, connection);
    }
}
