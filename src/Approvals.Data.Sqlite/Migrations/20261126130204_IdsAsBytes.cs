using Microsoft.EntityFrameworkCore.Migrations;

namespace Approvals.Data.Sqlite.Migrations;

/// <summary>
/// Ids become sixteen bytes instead of thirty-six characters (decision 19). Each value is changed where it stands, in one transaction: EF would
/// make every table anew, for which foreign keys must be off, and that SQLite does outside of a transaction only, so that an upgrade which is
/// killed would leave half of it. The columns keep the type they were declared with; in SQLite every value carries its own.
/// </summary>
public partial class IdsAsBytes : Migration
{
    private static readonly Dictionary<string, string> Ids = new()
    {
        ["AccountClaims"] = "UserId",
        ["AccountLogins"] = "UserId",
        ["AccountTokens"] = "UserId",
        ["Accounts"] = "Id PersonId",
        ["AllowanceRateTables"] = "Id SetById",
        ["AllowanceRates"] = "Id TableId",
        ["ApiTokens"] = "Id PersonId",
        ["Attachments"] = "Id CaseId FileId UploadedBy",
        ["AuditEntries"] = "ActorId",
        ["BankResults"] = "Id AppliedById FileId PacketId UploadedById",
        ["Bookmarks"] = "Id ActivityRunId InstanceId",
        ["CaseComments"] = "Id AuthorId CaseId",
        ["CaseEvents"] = "Id ActorId CaseId DecisionId",
        ["Cases"] = "Id ApplicantId InstanceId OwnerSectionId StarterId UnitId",
        ["Certificates"] = "Id CaseId DocumentId",
        ["CommanderAbsences"] = "Id CommanderId SetById",
        ["Commanders"] = "Id CaseId PersonId PhotoFileId",
        ["CompensationInvoices"] = "Id CaseId",
        ["Copies"] = "Id CaseId PersonId",
        ["Decisions"] = "Id CaseId DeciderId OnBehalfOfId SignatureFileId StepRunId TaskId",
        ["Definitions"] = "CreatedBy PublishedBy SavedBy",
        ["Documents"] = "Id CaseId FileId",
        ["DrawRecords"] = "Id CaseId",
        ["DrawRefusals"] = "Id DrawId RecordedById",
        ["DrawRequests"] = "Id BookmarkId CaseId FormerId InstanceId RunId",
        ["Entitlements"] = "Id ApprovedById CaseId ClaimedById DecisionId LineId PayeeId ReversesId",
        ["EventLog"] = "Id ById EventId MissionId",
        ["EventRosters"] = "Id EventId OfferedById",
        ["Events"] = "Id GeneralCommanderId OpenedById",
        ["Files"] = "Id CreatedBy",
        ["Findings"] = "Id CaseId WaivedById",
        ["IdempotencyRecords"] = "Id PersonId",
        ["Incidents"] = "Id InstanceId",
        ["Instances"] = "Id CaseId ParentBookmarkId ParentInstanceId",
        ["InsuranceClaimFiles"] = "Id ClaimId FileId GivenById",
        ["InsuranceClaims"] = "Id CommanderId MissionId PolicyId RecordedById",
        ["InsuranceMembers"] = "Id CaseId CommanderId",
        ["InsurancePolicies"] = "Id CaseId CommanderId ScanId",
        ["JournalBursts"] = "InstanceId",
        ["Missions"] = "Id CaseId CommanderId EventId PersonId PolicyId",
        ["Notices"] = "Id BookmarkId CaseId DocumentId InstanceId",
        ["Notifications"] = "Id PersonId",
        ["Objections"] = "Id CaseId EvidenceFileId NoticeId RuledById",
        ["OrgUnits"] = "Id LeaderInChargeId ParentId",
        ["Outbox"] = "Id",
        ["PacketFiles"] = "Id FileId PacketId",
        ["PacketLines"] = "Id AccountId CorrectsLineId PacketId PayeeId ReplacedByLineId RootLineId StateById",
        ["Packets"] = "Id AcknowledgedById CreatedById",
        ["Parameters"] = "Id SetBy",
        ["PayeeAccounts"] = "Id ConfirmedById EnteredById PayeeId ReplacesId VerifiedById",
        ["Payees"] = "Id OrgUnitId PersonId",
        ["People"] = "Id SignatureFileId",
        ["PersonDays"] = "Id EntitlementId PayeeId ReleasedById",
        ["Positions"] = "Id OrgUnitId PersonId",
        ["RoleAssignments"] = "Id PersonId",
        ["SignInSessions"] = "Id AccountId",
        ["StepRuns"] = "Id BookmarkId CaseId InstanceId",
        ["Substitutions"] = "Id PrincipalId SubstituteId",
        ["Tasks"] = "Id AddedById AddedForTaskId AssigneeId CaseId DecidedById StepRunId UnitId",
        ["Timers"] = "Id BookmarkId InstanceId",
        ["TrainingEnrolments"] = "Id BookmarkId CaseId InstanceId SessionId",
        ["TrainingSessions"] = "Id",
    };

    private static readonly string[] AppendOnly =
    [
        "AuditEntries", "CaseComments", "CaseEvents", "Decisions", "DrawRecords", "DrawRefusals", "EventLog",
    ];

    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) => Change(
        migrationBuilder,
        column => $"CASE WHEN typeof({column}) = 'text' AND length({column}) = 36 THEN unhex(replace({column}, '-', '')) ELSE {column} END");

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder) => Change(
        migrationBuilder,
        column => $"CASE WHEN typeof({column}) = 'blob' THEN substr(hex({column}), 1, 8) || '-' || substr(hex({column}), 9, 4) || '-' || "
            + $"substr(hex({column}), 13, 4) || '-' || substr(hex({column}), 17, 4) || '-' || substr(hex({column}), 21) ELSE {column} END");

    private static void Change(MigrationBuilder builder, Func<string, string> changed)
    {
        // Until the commit, rows point to ids that have been changed already or not yet; SQLite then checks them all.
        builder.Sql("PRAGMA defer_foreign_keys = ON;");
        foreach (var table in AppendOnly)
            builder.Sql($"DROP TRIGGER \"{table}_no_UPDATE\";");

        foreach (var (table, columns) in Ids)
        {
            var sets = columns.Split(' ').Select(column => $"\"{column}\" = {changed($"\"{column}\"")}");
            builder.Sql($"UPDATE \"{table}\" SET {string.Join(", ", sets)};");
        }

        foreach (var table in AppendOnly)
        {
            builder.Sql(
                $"""
                CREATE TRIGGER "{table}_no_UPDATE" BEFORE UPDATE ON "{table}"
                BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
                """);
        }
    }
}
