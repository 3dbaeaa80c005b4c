using Approvals.Core.Audit;
using Approvals.Core.Data;
using Approvals.Core.Organisation;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Missions;

/// <summary>What became of recording a base.</summary>
public enum BaseOutcome
{
    /// <summary>Stored.</summary>
    Stored,

    /// <summary>The place is missing or too long, or the coordinates are impossible.</summary>
    Invalid,

    /// <summary>Neither the commander nor a register keeper.</summary>
    NotAllowed,
}

/// <summary>登记驻地 — where a commander sets out from, for the distances of the roster.</summary>
public sealed class SetCommanderBase(ApprovalsDbContext db, UnitOfWork unitOfWork, CurrentPerson person, AuditTrail audit)
{
    /// <summary>Records place and coordinates.</summary>
    public async Task<BaseOutcome> SetAsync(
        Guid commanderId, string? place, double? latitude, double? longitude, CancellationToken cancellationToken)
    {
        var words = place?.Trim() ?? "";
        if (words.Length is 0 or > 100 || !Distance.IsPlace(latitude, longitude))
        {
            return BaseOutcome.Invalid;
        }

        return await unitOfWork.RunAsync(
            async scope =>
            {
                var me = person.RequiredId;
                var isKeeper = person.Is(Roles.RegisterKeeper);
                var stored = await db.Commanders.Where(row => row.Id == commanderId && (isKeeper || row.PersonId == me)).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.BasePlace, words).SetProperty(row => row.Latitude, latitude)
                        .SetProperty(row => row.Longitude, longitude).SetProperty(row => row.RowVersion, row => row.RowVersion + 1),
                    cancellationToken);
                if (stored == 0)
                {
                    scope.Abort();
                    return BaseOutcome.NotAllowed;
                }

                audit.Record("commander.base", "commander", commanderId.ToString(), new { });
                return BaseOutcome.Stored;
            },
            cancellationToken);
    }
}
