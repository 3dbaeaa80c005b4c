using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Benchmarks.Product;

/// <summary>The least that serves a page from a database, for comparison.</summary>
internal static class EmptyHost
{
    public static void Add(WebApplicationBuilder builder, string database) =>
        builder.Services.AddDbContextPool<Rows>(options => options.UseSqlite($"Data Source={database}"));

    public static void Map(WebApplication app) => app.MapGet("/", async (Rows rows) =>
    {
        await rows.Database.EnsureCreatedAsync();
        return await rows.All.CountAsync();
    });

    public sealed class Rows(DbContextOptions<Rows> options) : DbContext(options)
    {
        public DbSet<Row> All => Set<Row>();
    }

    public sealed class Row
    {
        public Guid Id { get; init; }

        public string Text { get; init; } = "";
    }
}
