using Approvals.Web.Localisation;
using Approvals.Web.Resources;
using Approvals.Web.Tests.Infrastructure;

namespace Approvals.Web.Tests.Localisation;

public sealed class SentenceTableTests
{
    private static readonly SentenceTable Table = SentenceTable.Load(Path.Combine(Repository.Root, "workflows"), typeof(SaidTexts));

    private static readonly SentenceTable Designer =
        SentenceTable.Load(Path.Combine(Repository.Root, "workflows"), typeof(DesignerTexts), typeof(DesigningTexts), typeof(SaidTexts));

    [Theory]
    [InlineData("颁发聘任证书、颁发工作证", "Certificate of appointment issued, Work ID card issued")]
    [InlineData("无保险特批或本人答复", "Approval without cover or Answer of the commander")]
    [InlineData("等待至 2026-11-30 17:30（5 个工作日，下班时）", "waits until 2026-11-30 17:30 (5 working days, when the office closes)")]
    [InlineData("全天 1 天，半天 1 天", "whole days: 1, half days: 1")]
    [InlineData("2026-11-23，较大／县域，全天：1 天 × 350.00 元 = 350.00 元；2026-11-24，较大／县域，半天：1 个半天 × 175.00 元 = 175.00 元",
        "2026-11-23, Larger, Counties, whole day: 1 day × CNY 350.00 = CNY 350.00; 2026-11-24, Larger, Counties, half a day: 1 half day × CNY 175.00 = CNY 175.00")]
    [InlineData("≥ 1 年", "≥ 1 year")]
    [InlineData("21 年", "21 years")]
    [InlineData("1.1 年", "1.1 years")]
    [InlineData("等待至 2026-11-30 17:30（1 个工作日，下班时）", "waits until 2026-11-30 17:30 (1 working day, when the office closes)")]
    public void A_list_of_steps_is_in_English_by_its_parts(string chinese, string english) => Assert.Equal(english, Table.InEnglish(chinese));

    [Theory]
    [InlineData("“单位推荐”（recommend）：“办理人”找不到人：没有人担任“党建负责人”；处室“X-9”不存在或已撤销。",
        "“Recommendation of the unit” (recommend): “Who decides” leads to nobody: Nobody holds “Head of 党建”; section “X-9” does not exist or was dissolved.")]
    [InlineData("“聘任审批”（approve）：出口“同意”、“不同意”没有连线，走到这里流程就停下了。",
        "“Appointment” (approve): Exit “Approve”, “Reject” is not connected: the process would stop there.")]
    [InlineData("活动“旧环节”（b）的类型“Approvals.Abolished”不存在。", "The activity “旧环节 (b)” has the type “Approvals.Abolished”, which does not exist.")]
    [InlineData("“单位推荐”的“办理期限（工作日）”由“5”改为“9”", "“Recommendation of the unit”: “Time limit (working days)”, which was “5”, is “9”")]
    [InlineData("该流程已由沈红于 2026-11-26 08:05 保存为版本 3。您的修改未保存，也没有覆盖任何内容。请重新打开流程，在最新内容上修改。",
        "Saved by 沈红 at 2026-11-26 08:05 as version 3. Your changes were not saved and replaced nothing. Open the process again and change what is there now.")]
    [InlineData("表单“甲”（forms/a）有修改：新增字段：乙、丙；删除字段：丁", "Changed Form “甲” (forms/a): new fields: 乙、丙; removed fields: 丁")]
    [InlineData("情况已经变化，未终止。终止后，其他流程不受影响。", "Something has changed; not ended. Ending it touches no other process.")]
    [InlineData("这是业务件 JZPR-2026-0001 的子流程“异议”。终止后，主流程不受影响。请单独打开这个流程实例，确认后终止；所选的都没有终止。",
        "This is the sub-process “异议” of case JZPR-2026-0001. Ending it does not touch the main process. Open this instance by itself and confirm; none of those chosen was ended.")]
    public void What_is_said_of_a_design_is_in_English(string chinese, string english) => Assert.Equal(english, Designer.InEnglish(chinese));

    /// <summary>A title in quotes with an opinion behind it is not taken for a check.</summary>
    [Fact]
    public void What_was_written_behind_a_title_stays_as_it_was_written() => Assert.Equal("“聘任审批”：很好", Designer.InEnglish("“聘任审批”：很好"));

    /// <summary>What somebody wrote may hold the same sign, and a word that has English.</summary>
    [Fact]
    public void A_sentence_of_which_only_a_part_has_English_stays_as_it_was_written() =>
        Assert.Equal("同意或者请他补充材料", Table.InEnglish("同意或者请他补充材料"));
}
