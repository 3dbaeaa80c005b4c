using Approvals.Core.Payouts.Packets;

namespace Approvals.Core.Payouts;

/// <summary>Where an entitlement stands; derived, never stored.</summary>
public enum EntitlementStatus
{
    /// <summary>已审批 — approved, in no packet yet.</summary>
    Approved,

    /// <summary>已入批次 — in a packet, not paid yet.</summary>
    InPacket,

    /// <summary>已付.</summary>
    Paid,

    /// <summary>付款失败 — waits for a corrective packet.</summary>
    Failed,

    /// <summary>已轧抵.</summary>
    Offset,
}

/// <summary>Derives the status. Pure.</summary>
public static class EntitlementStatuses
{
    /// <summary>The status by the line that counts (the newest of its chain); null for none.</summary>
    public static EntitlementStatus Of(LineState? line) => line switch
    {
        null => EntitlementStatus.Approved,
        LineState.Paid => EntitlementStatus.Paid,
        LineState.Failed => EntitlementStatus.Failed,
        LineState.Offset => EntitlementStatus.Offset,
        _ => EntitlementStatus.InPacket,
    };
}
