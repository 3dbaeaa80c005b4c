using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Notices;
using Approvals.Core.Training;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Approvals.Core.Certificates;

/// <summary>
/// The values document texts can name, gathered from a case: who, which unit, which specialty, training, grounds of refusal. A text
/// reaches nothing else.
/// </summary>
public sealed class DocumentValues(
    ApprovalsDbContext db, FormCatalogue forms, IOptions<BureauOptions> bureau, TimeProvider time)
{
    /// <summary>The values of a case as it stands, every one a final string; absent ones are empty.</summary>
    public async Task<Dictionary<string, object?>> OfAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var data = scope.Data;
        var site = bureau.Value;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["bureau"] = site.Name,
            ["telephone"] = site.Telephone,
            ["address"] = site.Address,
            ["case_number"] = scope.Row.Number ?? "",
            ["date"] = ChineseDate.Of(time.Today()),
            ["name"] = FieldValues.Text(data["name"]) ?? scope.Row.SubjectName,
            ["gender"] = FieldValues.Text(data["gender"]) ?? "",
            ["identity_number_masked"] = Masking.IdentityNumber(FieldValues.Text(data["identityNumber"])),
            ["unit"] = await UnitNameAsync(scope, cancellationToken),
            ["post"] = FieldValues.Text(data["post"]) ?? "",
            ["professional_title"] = FieldValues.Text(data["professionalTitle"]) ?? "",
            ["specialty"] = await SpecialtyAsync(scope, cancellationToken),
            ["command_years"] = FieldValues.Text(data["commandYears"]) ?? "",
        };
        values["fields"] = await FieldsAsync(scope, cancellationToken);
        await AddTrainingAsync(values, scope.Row.Id, cancellationToken);
        values["grounds"] = await GroundsAsync(scope.Row.Id, cancellationToken);
        return values;
    }

    /// <summary>
    /// Fields of the case's own form as <c>{{ fields.key }}</c>: dates in Chinese, choices by their names; without what is sensitive
    /// beyond a name, so that no text can print an identity number.
    /// </summary>
    private async Task<Dictionary<string, object?>> FieldsAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (scope.Definition.Settings.StartForm is not { } key)
        {
            return fields;
        }

        var form = await forms.GetAsync(scope.Row.DefinitionVersionId, key, cancellationToken);
        foreach (var field in form.Fields.Where(one => !one.IsFile && one.Type != FieldType.Rows))
        {
            if (field.Sensitive is Sensitivity.None or Sensitivity.Name)
            {
                fields[field.Key] = field.Type == FieldType.Date && FieldValues.Date(scope.Data[field.Key]) is { } day
                    ? ChineseDate.Of(day) : FieldDisplay.Text(field, scope.Data);
            }
        }

        return fields;
    }

    /// <summary>The holder's unit in words.</summary>
    public async Task<string> UnitNameAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var name = scope.Row.UnitId is null ? null : await db.OrgUnits.AsNoTracking()
            .Where(unit => unit.Id == scope.Row.UnitId).Select(unit => unit.Name).FirstOrDefaultAsync(cancellationToken);
        return name ?? FieldValues.Text(scope.Data["unit"]) ?? "";
    }

    /// <summary>The specialty in words, as the case's version of the dictionary has it.</summary>
    public async Task<string> SpecialtyAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        var code = FieldValues.Text(scope.Data[scope.Definition.Settings.SpecialtyField]);
        if (code is null)
        {
            return "";
        }

        var dictionary = await forms.DictionaryAsync(scope.Row.DefinitionVersionId, "specialties", cancellationToken);
        return dictionary.Items.FirstOrDefault(item => item.Code == code)?.Name ?? code;
    }

    /// <summary>The photo of the form; null when none was given.</summary>
    public Task<Guid?> PhotoAsync(Guid caseId, CancellationToken cancellationToken) => db.Attachments.AsNoTracking()
        .Where(file => file.CaseId == caseId && file.FieldKey == "photo" && file.RemovedAt == null)
        .OrderByDescending(file => file.UploadedAt)
        .Select(file => (Guid?)file.FileId)
        .FirstOrDefaultAsync(cancellationToken);

    private async Task AddTrainingAsync(Dictionary<string, object?> values, Guid caseId, CancellationToken cancellationToken)
    {
        // Results published in this unit of work must be read back as they were stored.
        var sittings = await (
                from enrolment in db.TrainingEnrolments.AsNoTracking()
                join session in db.TrainingSessions.AsNoTracking() on enrolment.SessionId equals session.Id
                where enrolment.CaseId == caseId
                    && (enrolment.Status == TrainingStatus.Passed || enrolment.Status == TrainingStatus.Failed)
                orderby enrolment.Id
                select new { enrolment.Score, enrolment.PassMark, session.Title, session.HeldOn })
            .ToListAsync(cancellationToken);
        values["sittings"] = sittings.ConvertAll(one => new Dictionary<string, object?>
        {
            ["title"] = one.Title, ["date"] = ChineseDate.Of(one.HeldOn), ["score"] = TrainingResults.ScoreText(one.Score),
        });
        var last = sittings.LastOrDefault();
        values["training_title"] = last?.Title ?? "";
        values["training_date"] = last is null ? "" : ChineseDate.Of(last.HeldOn);
        values["score"] = TrainingResults.ScoreText(last?.Score);
        values["pass_mark"] = TrainingResults.ScoreText(last?.PassMark);
    }

    /// <summary>Why the case was refused: the upheld objection's ruling, else the opinion of the last refusal.</summary>
    private async Task<string> GroundsAsync(Guid caseId, CancellationToken cancellationToken)
    {
        if (await db.Objections.AnyAsync(
            row => row.CaseId == caseId && row.Status == ObjectionStatus.Upheld, cancellationToken))
        {
            return "公示期间收到异议，经核查异议成立";
        }

        var pending = db.Decisions.Local.Where(row => row.CaseId == caseId && row.Kind == DecisionKind.Reject)
            .MaxBy(row => row.Id)?.Opinion;
        return pending ?? await db.StandingDecisions().AsNoTracking()
            .Where(row => row.CaseId == caseId && row.Kind == DecisionKind.Reject)
            .OrderByDescending(row => row.Id).Select(row => row.Opinion).FirstOrDefaultAsync(cancellationToken) ?? "";
    }
}
