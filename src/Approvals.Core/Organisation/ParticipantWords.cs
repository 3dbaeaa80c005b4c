namespace Approvals.Core.Organisation;

/// <summary>Participant specs (办理人设置) in words, for people who do not write them.</summary>
public static class ParticipantWords
{
    /// <summary>E.g. 承办处室负责人 for <c>head@owner</c>.</summary>
    public static string Of(ParticipantSpec spec) => spec.Kind switch
    {
        ParticipantKind.Applicant => "申请人",
        ParticipantKind.Starter => "发起人",
        ParticipantKind.PostAtOwner => $"承办处室{PostNames.Of(spec.Post!.Value)}",
        ParticipantKind.PostAtConcerned => $"相关业务处室{PostNames.Of(spec.Post!.Value)}（按专业类别确定）",
        ParticipantKind.PostAtUnit when spec.Post == PositionKind.Representative => "申请人所在单位经办人",
        ParticipantKind.PostAtUnit => $"申请人所在单位{PostNames.Of(spec.Post!.Value)}",
        ParticipantKind.PostAtSection => $"处室“{spec.Argument}”的{PostNames.Of(spec.Post!.Value)}",
        ParticipantKind.Role => $"角色：{RoleNames.Of(spec.Argument)}",
        ParticipantKind.Decider => $"“{spec.Argument}”环节的办理人",
        ParticipantKind.Field => $"业务件中“{spec.Argument}”一栏的人员",
        _ => "指定人员",
    };

    /// <summary>The word a spec uses for a post, e.g. <c>head</c>.</summary>
    public static string PostWord(PositionKind post) => post switch
    {
        PositionKind.Head => "head",
        PositionKind.Handler => "handler",
        PositionKind.Leader => "leader",
        PositionKind.Representative => "rep",
        _ => throw new ArgumentOutOfRangeException(nameof(post), post, "A step cannot name this post."),
    };
}
