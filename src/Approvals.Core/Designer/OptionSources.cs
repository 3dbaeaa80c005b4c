namespace Approvals.Core.Designer;

/// <summary>Names of the pick lists that inputs of activities take their choices from; each is an <see cref="IOptionSource"/>.</summary>
public static class OptionSources
{
    /// <summary>People relative to the case (办理人).</summary>
    public const string Participants = "participants";

    /// <summary>Forms of the process.</summary>
    public const string Forms = "forms";

    /// <summary>Steps whose field rights the chosen form lays down.</summary>
    public const string FieldRights = "field-rights";

    /// <summary>Fields of the process's forms.</summary>
    public const string Fields = "fields";

    /// <summary>Tables of the process's forms.</summary>
    public const string Tables = "tables";

    /// <summary>Fields and columns of tables.</summary>
    public const string FieldsAndColumns = "fields-and-columns";

    /// <summary>Attachments and issued documents that money can rest on.</summary>
    public const string BasisFiles = "basis-files";

    /// <summary>Document templates of the process.</summary>
    public const string Documents = "documents";

    /// <summary>Rule sets.</summary>
    public const string RuleSets = "rule-sets";

    /// <summary>Processes that are cases of their own.</summary>
    public const string Processes = "processes";

    /// <summary>Processes that run on another's case.</summary>
    public const string SubProcesses = "sub-processes";

    /// <summary>Approval steps of the process being edited.</summary>
    public const string ApprovalSteps = "approval-steps";

    /// <summary>Specialties.</summary>
    public const string Specialties = "specialties";

    /// <summary>Where candidates of a draw come from.</summary>
    public const string DrawSources = "draw-sources";

    /// <summary>Messages that a process waits for or sends.</summary>
    public const string Messages = "messages";
}
