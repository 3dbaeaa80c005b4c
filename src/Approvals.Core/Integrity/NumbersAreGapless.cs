using System.Globalization;
using System.Text.RegularExpressions;
using Approvals.Core.Certificates;
using Approvals.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Approvals.Core.Integrity;

/// <summary>In every series each number from 1 to the last one taken stands on exactly one record.</summary>
internal sealed partial class NumbersAreGapless(ApprovalsDbContext db) : IInvariant
{
    public async Task<IReadOnlyList<Violation>> CheckAsync(CancellationToken cancellationToken)
    {
        var found = new List<Violation>();
        foreach (var series in await db.NumberSeries.AsNoTracking().OrderBy(row => row.Key).ToListAsync(cancellationToken))
        {
            if (await NumbersAsync(series.Key.Split(':'), cancellationToken) is not { } numbers)
                continue;
            var missing = Enumerable.Range(1, series.Last).Except(numbers).Take(IntegrityCheck.Limit).ToList();
            if (missing.Count > 0)
                found.Add(new Violation("number", series.Key, $"缺号：{string.Join('、', missing)}。"));
            var doubled = numbers.GroupBy(one => one).Where(group => group.Count() > 1 || group.Key > series.Last)
                .Select(group => group.Key).Take(IntegrityCheck.Limit).ToList();
            if (doubled.Count > 0)
                found.Add(new Violation("number", series.Key, $"重号或超出已取的号：{string.Join('、', doubled)}。"));
        }

        return found;
    }

    /// <summary>The numbers on the records of a series; null for a series that only serves as a lock or that another area checks.</summary>
    private async Task<List<int>?> NumbersAsync(string[] key, CancellationToken cancellationToken)
    {
        if (key.Length < 2 || !int.TryParse(key[^1], CultureInfo.InvariantCulture, out var year))
            return null;
        IQueryable<string>? texts = key[0] switch
        {
            "case" => db.Cases.Where(row => row.ProcessKey == key[1] && row.Number != null).Select(row => row.Number!),
            "document" => db.Documents.Where(row => row.Template == key[1]).Select(row => row.Number),
            "packet" => db.Packets.Select(row => row.Number),
            "insurance-claim" => db.InsuranceClaims.Select(row => row.Number),
            "entitlement" => db.Entitlements.Select(row => row.Number),
            "draw" => db.DrawRecords.Select(row => row.Number),
            "event" => db.Events.Select(row => row.Number),
            _ => null,
        };
        if (texts is null)
            return null;
        var all = await texts.ToListAsync(cancellationToken);
        return [.. all.Select(text => Printed().Match(text)).Where(match => match.Success && Number(match, "year") == year)
            .Select(match => Number(match, "number"))];
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>The forms of <see cref="DocumentNumber"/> and of the numbers with dashes.</summary>
    [GeneratedRegex(@"(?:〔(?<year>\d{4})〕第?(?<number>\d+)号|-(?<year>\d{4})-(?<number>\d+))$")]
    private static partial Regex Printed();
}
