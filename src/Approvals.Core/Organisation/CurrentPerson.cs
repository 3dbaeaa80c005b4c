namespace Approvals.Core.Organisation;

/// <summary>Who acts in this request (当前用户). Empty for the public, jobs and start-up.</summary>
/// <remarks>Scoped; filled by the web's middleware from the account's claims, by API tokens, and by nothing else.</remarks>
public sealed class CurrentPerson
{
    /// <summary>Person id; null when nobody is signed in.</summary>
    public Guid? Id { get; private set; }

    /// <summary>Name as it is signed.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Role codes of <see cref="Roles"/>.</summary>
    public IReadOnlySet<string> RoleCodes { get; private set; } = new HashSet<string>();

    /// <summary>The id, for use cases that only signed-in people reach.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in; the endpoint forgot to ask for it.</exception>
    public Guid RequiredId => Id ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>Whether the person holds the role.</summary>
    public bool Is(string role) => RoleCodes.Contains(role);

    /// <summary>Sets who acts; called once per scope.</summary>
    public void Set(Guid id, string name, IEnumerable<string> roles)
    {
        Id = id;
        Name = name;
        RoleCodes = roles.ToHashSet(StringComparer.Ordinal);
    }
}
