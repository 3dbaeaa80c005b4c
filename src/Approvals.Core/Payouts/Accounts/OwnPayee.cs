using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Payouts.Accounts;

/// <summary>What came of looking for a person's own payee.</summary>
public abstract record OwnPayeeOutcome
{
    /// <summary>Found or entered.</summary>
    public sealed record Found(Payee Payee) : OwnPayeeOutcome;

    /// <summary>The identity number is asked for first; the message says what is wrong with the one given.</summary>
    public sealed record NumberNeeded(string Message) : OwnPayeeOutcome;
}

/// <summary>The signed-in person as a payee. Scoped.</summary>
public sealed class OwnPayee(ApprovalsDbContext db, UnitOfWork unitOfWork, Payees payees, TimeProvider time)
{
    /// <summary>The payee of a person: by the person, else by the register of commanders; null when neither knows the number.</summary>
    public async Task<Payee?> FindAsync(Guid personId, CancellationToken cancellationToken)
    {
        if (await db.Payees.AsNoTracking().FirstOrDefaultAsync(row => row.PersonId == personId, cancellationToken) is { } known)
            return known;
        var commander = await db.Commanders.AsNoTracking().Where(row => row.PersonId == personId).OrderByDescending(row => row.TermEnd)
            .Select(row => new { row.Name, row.IdentityNumber }).FirstOrDefaultAsync(cancellationToken);
        return commander is null ? null
            : await EnterAsync(new PayeeReference(PayeeKind.Person, commander.Name, commander.IdentityNumber, personId), cancellationToken);
    }

    /// <summary>
    /// The payee of a person who gives the own identity number. A number that is entered for somebody already is refused: whoever
    /// knows a namesake's number must not be able to turn their money.
    /// </summary>
    public async Task<OwnPayeeOutcome> EnsureAsync(Guid personId, string? identityNumber, CancellationToken cancellationToken)
    {
        if (await FindAsync(personId, cancellationToken) is { } known)
            return new OwnPayeeOutcome.Found(known);
        if (string.IsNullOrWhiteSpace(identityNumber))
            return new OwnPayeeOutcome.NumberNeeded("请填写身份证号码。");
        var number = IdentityCode.Normalise(identityNumber);
        if (IdentityCode.ProblemOf(PayeeKind.Person, number, time.Today()) is { } problem)
            return new OwnPayeeOutcome.NumberNeeded(problem + "。");
        if (await db.Payees.AnyAsync(row => row.IdentityNumber == number, cancellationToken))
            return new OwnPayeeOutcome.NumberNeeded("该证件号码已由财务登记，请持身份证到财务处核对后办理。");
        var name = await db.People.AsNoTracking().Where(row => row.Id == personId).Select(row => row.Name).SingleAsync(cancellationToken);
        return new OwnPayeeOutcome.Found(
            await EnterAsync(new PayeeReference(PayeeKind.Person, name, number, personId), cancellationToken));
    }

    private Task<Payee> EnterAsync(PayeeReference reference, CancellationToken cancellationToken) => unitOfWork.RunAsync(
        async scope => (await payees.EnsureAsync([reference], cancellationToken)).Values.Single(), cancellationToken);
}
