namespace Approvals.Core.Payouts;

/// <summary>Who is paid.</summary>
public enum PayeeKind
{
    /// <summary>个人 — known by the identity number.</summary>
    Person,

    /// <summary>单位 — known by the unified social credit code.</summary>
    Unit,
}

/// <summary>
/// Who receives money (收款人): a person or a unit, one row for one identity number whatever case names it, so that no day of a person
/// can be paid twice under two rows.
/// </summary>
public sealed class Payee
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Person or unit.</summary>
    public PayeeKind Kind { get; init; }

    /// <summary>Name as the bank knows it.</summary>
    public required string Name { get; set; }

    /// <summary>Identity number (身份证号码) or unified social credit code (统一社会信用代码), 18 characters, upper case; unique.</summary>
    public required string IdentityNumber { get; init; }

    /// <summary>The person, when the system knows one; four eyes are judged by it.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>The unit, when the system knows one.</summary>
    public Guid? OrgUnitId { get; set; }

    /// <summary>When it was first named.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Raised by every change.</summary>
    public int RowVersion { get; set; }
}

/// <summary>
/// A bank account of a payee (收款账户). The number is encrypted; rows are never edited: a change is a new row and closes the old one. Only
/// <see cref="Accounts.SealAnew"/> writes the same number anew under a newer key.
/// </summary>
public sealed class PayeeAccount
{
    /// <summary>Version-7 UUID.</summary>
    public Guid Id { get; init; } = SortableId.New();

    /// <summary>Whose.</summary>
    public Guid PayeeId { get; init; }

    /// <summary>户名.</summary>
    public required string Holder { get; init; }

    /// <summary>The account number, encrypted (<see cref="AccountVault"/>); the number before its point is the key's.</summary>
    public required string SealedNumber { get; init; }

    /// <summary>
    /// Keyed hash of the number, lower-case hex, by the key that sealed it: finds two payees with one account without opening either.
    /// </summary>
    public required string Fingerprint { get; init; }

    /// <summary>Last four digits, for lists.</summary>
    public required string LastFour { get; init; }

    /// <summary>开户银行.</summary>
    public required string BankName { get; init; }

    /// <summary>联行号, twelve digits; null when unknown.</summary>
    public string? BankCode { get; init; }

    /// <summary>Since when it counts.</summary>
    public DateTimeOffset ValidFrom { get; init; }

    /// <summary>Who entered it.</summary>
    public Guid EnteredById { get; init; }

    /// <summary>
    /// Who confirmed it: the payee by password, or a second member of finance for an account that finance entered; null until then.
    /// </summary>
    public Guid? ConfirmedById { get; set; }

    /// <summary>When it was confirmed.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>Who in finance made sure of a change that came after an approval (变更核实).</summary>
    public Guid? VerifiedById { get; set; }

    /// <summary>When the change was made sure of.</summary>
    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>The account it took the place of; null for a payee's first.</summary>
    public Guid? ReplacesId { get; init; }

    /// <summary>When another took its place; null while it is the payee's account.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }
}
