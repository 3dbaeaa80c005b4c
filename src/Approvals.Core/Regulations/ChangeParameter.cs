using Approvals.Core.Audit;
using Approvals.Core.Calendar;
using Approvals.Core.Data;
using Approvals.Core.Organisation;

namespace Approvals.Core.Regulations;

/// <summary>What became of a change.</summary>
public abstract record ChangeParameterOutcome
{
    /// <summary>The new row stands.</summary>
    public sealed record Changed(RegulationParameter Row) : ChangeParameterOutcome;

    /// <summary>Nothing was changed; field (<c>value</c>, <c>effectiveFrom</c>, <c>reason</c>) → what to mend, in Chinese.</summary>
    public sealed record Invalid(IReadOnlyDictionary<string, string> Errors) : ChangeParameterOutcome;

    /// <summary>There is no such parameter.</summary>
    public sealed record Unknown : ChangeParameterOutcome;
}

/// <summary>Sets a regulation parameter from a day on. Always a new row: the past, and what was judged under it, stays as it was.</summary>
public sealed class ChangeParameter(
    UnitOfWork unitOfWork, RegulationParameters parameters, AuditTrail audit, CurrentPerson person, TimeProvider clock)
{
    /// <summary>Checks and sets.</summary>
    /// <param name="key">Which parameter.</param>
    /// <param name="value">New value as typed.</param>
    /// <param name="effectiveFrom">First day, today or later.</param>
    /// <param name="reason">Why, 5–500 characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ChangeParameterOutcome> RunAsync(
        string key, string? value, DateOnly? effectiveFrom, string? reason, CancellationToken cancellationToken)
    {
        if (ParameterDefinition.All.FirstOrDefault(known => known.Key == key) is not { } definition)
        {
            return new ChangeParameterOutcome.Unknown();
        }

        var (checkedValue, problem) = definition.Check(value);
        var errors = new Dictionary<string, string>();
        if (problem is not null)
        {
            errors["value"] = problem;
        }

        if (effectiveFrom is null || effectiveFrom < clock.Today())
        {
            errors["effectiveFrom"] = $"生效日期应为今天（{clock.Today():yyyy-MM-dd}）或以后：已经作出的核查不受影响";
        }

        if (reason?.Trim().Length is not (>= 5 and <= 500))
        {
            errors["reason"] = "请写明修改原因（5 至 500 个字），如文件名称和文号";
        }

        if (errors.Count > 0)
        {
            return new ChangeParameterOutcome.Invalid(errors);
        }

        return await unitOfWork.RunAsync<ChangeParameterOutcome>(
            scope =>
            {
                var row = new RegulationParameter
                {
                    Key = key,
                    Value = checkedValue!,
                    Unit = definition.Unit,
                    Name = definition.Name,
                    Article = definition.Article,
                    EffectiveFrom = effectiveFrom!.Value,
                    SetBy = person.RequiredId,
                    SetAt = clock.GetUtcNow(),
                    Reason = reason!.Trim(),
                };
                scope.Db.Parameters.Add(row);
                audit.Record("parameter.changed", "parameter", key, new { row.Id, row.Value, row.EffectiveFrom });
                parameters.Reset();
                return Task.FromResult<ChangeParameterOutcome>(new ChangeParameterOutcome.Changed(row));
            },
            cancellationToken);
    }
}
