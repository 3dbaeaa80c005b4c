using Mono.Cecil;

namespace Approvals.Core.Tests.SqlServer;

/// <summary>Where the code of an assembly lets EF send something, read from the compiled code, whether a test comes by or not.</summary>
internal sealed class CallSites
{
    private readonly SortedSet<string> methods = new(StringComparer.Ordinal);
    private readonly SortedSet<string> handWritten = new(StringComparer.Ordinal);

    private CallSites()
    {
    }

    /// <summary>Methods that let EF send something, as <see cref="Twin.CallSite"/> names them.</summary>
    public IReadOnlyCollection<string> Methods => methods;

    /// <summary>Methods that send statements of their own.</summary>
    public IReadOnlyCollection<string> HandWritten => handWritten;

    /// <summary>How many queries are compiled for the life of the process.</summary>
    public int CompiledQueries { get; private set; }

    /// <summary>Reads an assembly's code.</summary>
    public static CallSites Of(System.Reflection.Assembly assembly)
    {
        var sites = new CallSites();
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        // Within the context itself its own base is called.
        var types = module.GetTypes().Where(type => type.FullName != "Approvals.Core.Data.ApprovalsDbContext");
        foreach (var method in types.SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            var name = Twin.CallSite.NameOf(method.DeclaringType.FullName, method.Name);
            foreach (var called in method.Body.Instructions.Select(one => one.Operand).OfType<MethodReference>())
            {
                if (called.DeclaringType.FullName == "Microsoft.EntityFrameworkCore.EF" && called.Name is "CompileAsyncQuery" or "CompileQuery")
                    sites.CompiledQueries++;
                if (IsHandWritten(called))
                    sites.handWritten.Add(name);
                if (Sends(called))
                    sites.methods.Add(name);
            }
        }

        return sites;
    }

    private static bool IsHandWritten(MethodReference called) => called.DeclaringType.FullName switch
    {
        "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions" =>
            called.Name.StartsWith("ExecuteSql", StringComparison.Ordinal) || called.Name.StartsWith("SqlQuery", StringComparison.Ordinal),
        "Microsoft.EntityFrameworkCore.RelationalQueryableExtensions" => called.Name.StartsWith("FromSql", StringComparison.Ordinal),
        "Approvals.Core.Data.RawRow" => called.Name == "ReadAsync",
        _ => false,
    };

    private static bool Sends(MethodReference called) => called.DeclaringType.FullName switch
    {
        "Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions" =>
            called.Name.EndsWith("Async", StringComparison.Ordinal) || called.Name is "AsAsyncEnumerable" or "ExecuteUpdate" or "ExecuteDelete",
        "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions" => called.Name.StartsWith("ExecuteSql", StringComparison.Ordinal),
        "Microsoft.EntityFrameworkCore.DbContext" or "Approvals.Core.Data.ApprovalsDbContext" =>
            called.Name.StartsWith("SaveChanges", StringComparison.Ordinal),
        _ => false,
    };
}
