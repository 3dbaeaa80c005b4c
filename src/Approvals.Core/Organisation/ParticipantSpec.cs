namespace Approvals.Core.Organisation;

/// <summary>What a participant spec names.</summary>
public enum ParticipantKind
{
    /// <summary><c>applicant</c>.</summary>
    Applicant,

    /// <summary><c>starter</c>.</summary>
    Starter,

    /// <summary><c>head@…</c>, <c>handler@…</c>, <c>leader@…</c> of the owning section.</summary>
    PostAtOwner,

    /// <summary>The same of a section named by its code.</summary>
    PostAtSection,

    /// <summary>The same of every business section concerned with the case's specialty.</summary>
    PostAtConcerned,

    /// <summary><c>rep@unit</c>, <c>head@unit</c>: of the applicant's unit.</summary>
    PostAtUnit,

    /// <summary><c>role:…</c>.</summary>
    Role,

    /// <summary><c>person:…</c>.</summary>
    Person,

    /// <summary><c>decider@…</c>.</summary>
    Decider,

    /// <summary><c>field:…</c>: the person a field of the case names.</summary>
    Field,
}

/// <summary>One parsed participant spec (办理人设置) of a step.</summary>
/// <param name="Text">As the definition has it.</param>
/// <param name="Kind">What it names.</param>
/// <param name="Post">The post, for the post kinds.</param>
/// <param name="Argument">Section code, role code, person id, activity id or field key; empty for the others.</param>
public sealed record ParticipantSpec(string Text, ParticipantKind Kind, PositionKind? Post, string Argument)
{
    /// <summary>Reads a spec; null when it is none, so that an import can refuse the definition.</summary>
    public static ParticipantSpec? TryParse(string text)
    {
        var spec = text.Trim();
        if (spec == "applicant")
        {
            return new(spec, ParticipantKind.Applicant, null, "");
        }

        if (spec == "starter")
        {
            return new(spec, ParticipantKind.Starter, null, "");
        }

        if (spec.StartsWith("role:", StringComparison.Ordinal))
        {
            var role = spec["role:".Length..];
            return Roles.All.Contains(role) ? new(spec, ParticipantKind.Role, null, role) : null;
        }

        if (spec.StartsWith("person:", StringComparison.Ordinal))
        {
            var id = spec["person:".Length..];
            return Guid.TryParse(id, out _) ? new(spec, ParticipantKind.Person, null, id) : null;
        }

        if (spec.StartsWith("field:", StringComparison.Ordinal))
        {
            var field = spec["field:".Length..];
            return field.Length > 0 && field.All(char.IsAsciiLetterOrDigit) ? new(spec, ParticipantKind.Field, null, field) : null;
        }

        var at = spec.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at == spec.Length - 1)
        {
            return null;
        }

        var where = spec[(at + 1)..];
        if (spec[..at] == "decider")
        {
            return new(spec, ParticipantKind.Decider, null, where);
        }

        return PostOf(spec[..at]) is { } post ? AtUnit(spec, post, where) : null;
    }

    private static ParticipantSpec? AtUnit(string spec, PositionKind post, string where) => where switch
    {
        "owner" => new(spec, ParticipantKind.PostAtOwner, post, ""),
        "concerned" => new(spec, ParticipantKind.PostAtConcerned, post, ""),
        "unit" => new(spec, ParticipantKind.PostAtUnit, post, ""),
        _ when where.StartsWith("section:", StringComparison.Ordinal) && where.Length > "section:".Length
            => new(spec, ParticipantKind.PostAtSection, post, where["section:".Length..]),
        _ => null,
    };

    private static PositionKind? PostOf(string word) => word switch
    {
        "head" => PositionKind.Head,
        "handler" => PositionKind.Handler,
        "leader" => PositionKind.Leader,
        "rep" => PositionKind.Representative,
        _ => null,
    };
}
