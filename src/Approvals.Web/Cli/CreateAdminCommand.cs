using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Approvals.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Web.Cli;

/// <summary>
/// Makes the first administrator in an empty installation: a security administrator, who makes the other administrators but can give
/// none of the administrators' roles to themself. Refuses while an administrator exists, unless forced.
/// </summary>
public sealed class CreateAdminCommand(
    ApprovalsDbContext db, DatabaseMigrator migrator, Accounts accounts, UnitOfWork unitOfWork, AuditTrail audit) : ICliCommand
{
    private const string PasswordVariable = "APPROVALS_ADMIN_PASSWORD";

    private static readonly string[] AdministratorRoles =
        [Roles.SystemAdministrator, Roles.SecurityAdministrator, Roles.Auditor];

    /// <inheritdoc />
    public string Name => "create-admin";

    /// <inheritdoc />
    public string Help =>
        "--user <name> --name <中文姓名> [--role security-admin|system-admin|auditor] [--force]；密码读自标准输入或 "
        + PasswordVariable;

    /// <inheritdoc />
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var user = Value(arguments, "--user");
        var name = Value(arguments, "--name");
        var role = Value(arguments, "--role") ?? Roles.SecurityAdministrator;
        if (user is null || name is null || !AdministratorRoles.Contains(role))
        {
            await Console.Error.WriteLineAsync($"用法: create-admin {Help}");
            return 2;
        }

        // It is the first thing done on a new server, before anything has been started.
        await migrator.MigrateAsync(cancellationToken);
        var isForced = arguments.Contains("--force");
        if (!isForced
            && await db.RoleAssignments.AnyAsync(one => AdministratorRoles.Contains(one.Role), cancellationToken))
        {
            await Console.Error.WriteLineAsync("已有管理员，未作任何更改。确需再建，请加 --force（会记入审计）。");
            return 1;
        }

        var password = await ReadPasswordAsync(cancellationToken);
        var created = await unitOfWork.RunAsync(
            async _ =>
            {
                var creation = await accounts.CreateAsync(
                    user, name, password, cancellationToken,
                    (context, person) => context.RoleAssignments.Add(new RoleAssignment { PersonId = person.Id, Role = role }));
                if (creation.User is { } made)
                {
                    audit.Record("account.administrator-created", "account", made.Id.ToString(), new { role, forced = isForced });
                }

                return creation;
            },
            cancellationToken);
        foreach (var error in created.Errors)
        {
            await Console.Error.WriteLineAsync(error);
        }

        if (created.User is null)
        {
            return 1;
        }

        Console.WriteLine($"已创建{RoleNames.Of(role)} {user}（{name}）。");
        return 0;
    }

    private static string? Value(IReadOnlyList<string> arguments, string option)
    {
        for (var index = 0; index < arguments.Count - 1; index++)
        {
            if (arguments[index] == option && !arguments[index + 1].StartsWith("--", StringComparison.Ordinal))
            {
                return arguments[index + 1];
            }
        }

        return null;
    }

    /// <summary>Never from the arguments: those are seen by every user of the machine.</summary>
    private static async Task<string> ReadPasswordAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } given)
        {
            return given;
        }

        if (Console.IsInputRedirected)
        {
            return await Console.In.ReadLineAsync(cancellationToken) ?? "";
        }

        Console.Write("密码: ");
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.WriteLine();
        return typed.ToString();
    }
}
