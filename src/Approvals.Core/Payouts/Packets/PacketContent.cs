using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Approvals.Core.Audit;
using Approvals.Core.Certificates;

namespace Approvals.Core.Payouts.Packets;

/// <summary>Numbers packets.</summary>
public static class PacketNumber
{
    /// <summary>BF-2026-0007.</summary>
    internal static async Task<string> NextAsync(Numbering numbering, int year, CancellationToken cancellationToken)
    {
        var number = await numbering.NextAsync($"packet:{year}", cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"BF-{year}-{number:0000}");
    }

    /// <summary>Reference of a line, as the bank file and its result carry it: BF-2026-0007-00012.</summary>
    public static string ReferenceOf(string packetNumber, int sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{packetNumber}-{sequence:00000}");
}

/// <summary>What is frozen in a packet. Pure.</summary>
internal static class PacketContent
{
    /// <summary>SHA-256 over payees, accounts, amounts and entitlements in order, lower-case hex.</summary>
    public static string HashOf(IReadOnlyList<(PacketLine Line, IEnumerable<Entitlement> Entitlements)> lines) =>
        Hash(lines.Select(one => new
        {
            payee = one.Line.PayeeId,
            account = one.Line.AccountId,
            amount = one.Line.Amount.ToString("0.00", CultureInfo.InvariantCulture),
            entitlements = one.Entitlements.Select(each => each.Number).ToArray(),
        }));

    /// <summary>The same for lines that pay earlier lines again.</summary>
    public static string HashOf(IReadOnlyList<PacketLine> lines) => Hash(lines.Select(one => new
    {
        payee = one.PayeeId,
        account = one.AccountId,
        amount = one.Amount.ToString("0.00", CultureInfo.InvariantCulture),
        corrects = one.CorrectsLineId,
    }));

    /// <summary>用途, as the bank prints it: 2026-11 技术指挥官现场工作补助.</summary>
    public static string PurposeOf(string periodFrom, string periodUntil, string programmeName) =>
        periodFrom == periodUntil ? $"{periodFrom} {programmeName}" : $"{periodFrom} 至 {periodUntil} {programmeName}";

    /// <summary>The frozen line of a draft.</summary>
    public static PacketLine LineOf(Guid packetId, DateTimeOffset at, int sequence, LineDraft draft, string purpose)
    {
        var id = SortableId.New();
        return new PacketLine
        {
            Id = id,
            PacketId = packetId,
            Sequence = sequence,
            RootLineId = id,
            PayeeId = draft.Payee.Id,
            PayeeKind = draft.Payee.Kind,
            PayeeName = draft.Payee.Name,
            IdentityNumber = draft.Payee.IdentityNumber,
            AccountId = draft.Account?.Id,
            AccountHolder = draft.Account?.Holder,
            AccountLastFour = draft.Account?.LastFour,
            BankName = draft.Account?.BankName,
            BankCode = draft.Account?.BankCode,
            Amount = draft.Amount,
            Purpose = purpose,
            BuiltStop = draft.StopReason,
            State = draft.State,
            StopReason = draft.StopReason,
            StateAt = at,
        };
    }

    private static string Hash(IEnumerable<object> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Serialize(lines.ToArray()))));
}
