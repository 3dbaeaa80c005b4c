using Npgsql;

namespace Approvals.Core.Tests.Data;

/// <summary>The private server that tests/postgres.sh starts; its address is in APPROVALS_TEST_POSTGRES.</summary>
public sealed class TestPostgresTests
{
    [Fact]
    public async Task The_test_server_answers_and_orders_text_by_code_point()
    {
        var connectionString = Environment.GetEnvironmentVariable("APPROVALS_TEST_POSTGRES");
        Assert.False(string.IsNullOrEmpty(connectionString), "Set APPROVALS_TEST_POSTGRES=$(bash tests/postgres.sh start).");

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select 'Z' < 'a' and '一' < '丁'", connection);

        Assert.Equal(true, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
