using Approvals.Documents.Graphics;
using Approvals.Documents.Templates;

namespace Approvals.Documents.Tests;

/// <summary>Documents as a bureau would issue them, one of each template.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Issued = new(2026, 11, 22, 1, 30, 0, TimeSpan.Zero);

    public static readonly VerificationMark Mark = new("https://yingji.jiangjin.example.cn/v/8F3K-27QD-X9M4", "8F3K-27QD-X9M4");

    public static readonly Seal Bureau = new("重庆市江津区应急管理局");

    public static PublicNoticeModel Notice { get; } = new()
    {
        Letterhead = "重庆市江津区应急管理局文件",
        Authority = "重庆市江津区应急管理局",
        Number = "江应急〔2026〕18号",
        Title = "重庆市江津区应急管理局\n关于抢险救援现场技术指挥官拟聘人选的公示",
        Paragraphs =
        [
            "根据《重庆市抢险救援现场技术指挥官管理办法（试行）》（渝应急发〔2022〕45号）第十二条、第十五条规定，经个人申请、单位推荐、"
                + "资格审查、培训考核，拟聘任镕、喆、玥、珺、昇等同志为江津区抢险救援现场技术指挥官。为广泛听取意见，接受社会监督，现予公示。",
            "一、公示时间",
            "2026年11月23日至2026年11月27日（5个工作日）。",
            "二、拟聘人选",
            "（一）人选基本情况。共3名，涉及危险化学品、森林火灾扑救、矿山救护3个专业，名单如下：",
        ],
        Persons = new ListTable(
            [("序号", 1), ("姓名", 1.6f), ("工作单位", 4.2f), ("职称", 2), ("专业类别", 2.2f)],
            [
                ["1", "张镕", "重庆市江津区消防救援支队", "高级工程师", "危险化学品"],
                ["2", "欧阳喆昇", "重庆某某化工（集团）股份有限公司安全环保部", "正高级工程师", "森林火灾扑救"],
                ["3", "李玥珺", "重庆市江津区矿山救护队", "工程师", "矿山救护"],
            ]),
        Contact =
        [
            "三、异议反映",
            "公示期间，任何单位和个人对公示人选有异议的，可以书面形式实名向重庆市江津区应急管理局反映，并提供必要的证明材料。"
                + "以单位名义反映的，应加盖单位公章；以个人名义反映的，应署真实姓名并提供有效联系方式。",
            "联系人：王某某；联系电话：023-4752××××；地址：重庆市江津区几江街道时代大道1号；邮政编码：402260。",
        ],
        Date = "2026年11月22日",
        Seal = Bureau,
        Verification = Mark,
        Created = Issued,
    };

    public static CommandOrderModel Order { get; } = new()
    {
        Letterhead = "重庆市江津区“11·22”泄漏事故现场指挥部令",
        Number = "江应急令〔2026〕3号",
        Title = "关于任命欧阳喆昇同志为现场技术指挥官的命令",
        Paragraphs =
        [
            "根据《重庆市抢险救援技术指挥官管理暂行办法》第六条、第十五条第（4）项规定，现任命欧阳喆昇同志为现场技术指挥官。",
            "任务分工：负责泄漏罐区堵漏和现场监测。",
        ],
        SignerOffice = "总指挥",
        SignerName = "周正国",
        Authority = "重庆市江津区应急管理局",
        Date = "2026年11月22日",
        Created = Issued,
    };

    public static AppointmentCertificateModel Appointment { get; } = new()
    {
        Number = "渝江技指聘〔2026〕0007号",
        Holder = "欧阳喆昇",
        Statement = "兹聘任欧阳喆昇同志为重庆市江津区抢险救援现场技术指挥官。",
        Details = ["身份证号码：500224********1234", "专业类别：危险化学品"],
        Validity = "聘期五年：自2026年11月22日至2031年11月21日",
        Basis = "依据：《重庆市抢险救援现场技术指挥官管理办法（试行）》第十五条第（四）项",
        Photo = Pictures.Portrait(),
        Authority = "重庆市江津区应急管理局",
        Date = "2026年11月22日",
        Seal = Bureau,
        Verification = Mark,
        Created = Issued,
    };

    public static TrainingCertificateModel Training { get; } = new()
    {
        Number = "渝江技指培〔2026〕0012号",
        Holder = "张镕",
        Statement = "张镕同志于2026年10月12日至16日参加重庆市抢险救援现场技术指挥官培训（第3期），学习期满，考核成绩合格，特发此证。",
        Details = ["专业类别：森林火灾扑救", "考核成绩：86分（合格线60分）"],
        Basis = "依据：《重庆市抢险救援现场技术指挥官管理办法（试行）》第十五条第（三）项",
        Photo = Pictures.Portrait(),
        Authority = "重庆市江津区应急管理局",
        Date = "2026年10月20日",
        Seal = Bureau with { Caption = "培训考核专用章" },
        Verification = Mark,
        Created = Issued,
    };

    public static WorkIdCardModel Card { get; } = new()
    {
        Title = "抢险救援现场技术指挥官工作证",
        Authority = "重庆市江津区应急管理局",
        Name = "欧阳喆昇",
        Specialty = "危险化学品",
        Number = "渝江技指证〔2026〕0007号",
        Validity = "2026年11月22日至2031年11月21日",
        Notes = ["本证限持证人执行任务时出示，不得转借、涂改。", "解聘或者资格取消的，应当主动交回本证。", "拾到本证请交回发证机关。"],
        Photo = Pictures.Portrait(),
        Verification = Mark,
        Created = Issued,
    };

    public static WorkIdSheetModel Sheet { get; } = new(
        [.. Enumerable.Range(1, 9).Select(i => Card with { Number = $"渝江技指证〔2026〕{i:0000}号" })],
        "重庆市江津区应急管理局", Issued);

    public static DecisionLetterModel Letter { get; } = new()
    {
        Letterhead = "重庆市江津区应急管理局",
        Authority = "重庆市江津区应急管理局",
        Number = "江应急函〔2026〕7号",
        Title = "培训考核不合格通知书",
        Addressee = "李玥珺同志",
        Paragraphs =
        [
            "你申请聘任重庆市江津区抢险救援现场技术指挥官（专业类别：矿山救护）一事，现将培训考核结果通知如下：",
            "一、考核结果",
            "你于2026年10月16日参加培训考核，成绩为52分；于2026年10月30日参加补考，成绩为57分。两次成绩均低于合格分数线60分，"
                + "依据《重庆市抢险救援现场技术指挥官管理办法（试行）》第十五条第（三）项，考核结果为“不合格”，本次聘任程序终止。",
            "二、救济途径",
            "对考核结果有异议的，可以自收到本通知书之日起5个工作日内，以书面形式向我局申请复核。联系电话：023-4752××××。",
        ],
        Date = "2026年11月3日",
        Seal = Bureau,
        Verification = Mark,
        Created = Issued,
    };

    public static FormTableModel Form { get; } = new()
    {
        Designation = "附件1",
        Title = "重庆市抢险救援现场技术指挥官申请表",
        CaptionLeft = "申请编号：JZ-2026-000123",
        CaptionRight = "填报日期：2026年9月1日",
        Columns = [1.2f, 1.7f, 1.2f, 1.5f, 1.4f, 1.9f, 1.9f],
        Rows =
        [
            new([L("姓名"), V("欧阳喆昇"), L("性别"), V("男"), L("出生年月"), V("1978年5月"),
                new FormCell.Photo(Pictures.Portrait(), "1寸免冠照片", 1, 4)]),
            new([L("民族"), V("汉族"), L("政治面貌"), V("中共党员"), L("在岗情况"), V("在岗☑退休□")]),
            new([L("身份证号"), V("500224197805061234", 3), L("联系电话"), V("138××××5678")]),
            new([L("学历学位"), V("研究生/硕士"), L("职称"), V("正高级工程师"), L("专业类别"), V("危险化学品")]),
            new([L("工作单位"), V("重庆某某化工（集团）股份有限公司安全环保部", 4), L("职务"), V("部长")]),
            new([L("工作简历"), new FormCell.LongText(
                string.Join("\n", Enumerable.Range(0, 6).Select(i =>
                    $"{2000 + i * 4}年7月至{2004 + i * 4}年6月，在重庆某某化工（集团）股份有限公司从事危险化学品安全管理、应急处置和技术指导工作，"
                        + "先后任技术员、工程师、高级工程师。")), 6)], 40),
            new([L("抢险救援经历"), new FormCell.LongText(
                "2019年3月，参与某化工园区储罐泄漏事故处置，负责堵漏方案的制定。", 6, Note: "（提交有关证明材料复印件。）")], 28),
            new([L("所在单位推荐意见"), new FormCell.Opinions(
                [new("情况属实，同意推荐。", new FormSignature("王某", "2026年9月2日", Pictures.Signature()))], 6)], 26),
            new([L("区应急管理局初审意见"), new FormCell.Opinions(
                [
                    new("经审查，申请人符合规定条件，同意参加培训考核。", new FormSignature("赵某", "2026年9月8日", Pictures.Signature())),
                    new("同意赵某的意见。", new FormSignature("钱某 代 孙某", "2026年9月9日")),
                ], 6)], 26),
            new([L("市应急管理局审批意见"), new FormCell.Opinions([], 6)], 26),
        ],
        Remarks = ["备注：1.本表一式三份，由申请人、推荐单位和区应急管理局各存一份。", "2.□内打“√”；“专业类别”按照管理办法第六条填写。"],
        Authority = "重庆市江津区应急管理局",
        Verification = Mark,
        Created = Issued,
    };

    /// <summary>A record of one person whose history is longer than a page.</summary>
    public static FormTableModel LongForm { get; } = Form with
    {
        Rows =
        [
            .. Form.Rows.Take(5),
            new([L("工作简历"), new FormCell.LongText(
                string.Join("\n", Enumerable.Range(1, 40).Select(i =>
                    $"第{i}项：在重庆某某化工（集团）股份有限公司从事危险化学品安全管理、应急处置和技术指导工作。")), 6)], 40),
            .. Form.Rows.Skip(6),
        ],
    };

    /// <summary>A lying list with a heading of two rows: 表2.</summary>
    public static FormTableModel Summary { get; } = new()
    {
        Designation = "表2",
        Title = "长治市应急管理专家推荐汇总表",
        CaptionLeft = "填报单位（盖章）：危险化学品安全监督管理科",
        CaptionRight = "2026年11月22日",
        Landscape = true,
        Columns = [1, 1.6f, 1, 3.4f, 3.4f, 1.8f, 1.8f, 2.4f],
        Header =
        [
            new([new FormCell.Label("序号", 1, 2), new FormCell.Label("姓名", 1, 2), new FormCell.Label("性别", 1, 2),
                new FormCell.Label("身份证号", 1, 2), new FormCell.Label("工作单位", 1, 2), new FormCell.Label("专业情况", 2),
                new FormCell.Label("联系电话", 1, 2)], 8),
            new([L("所学专业"), L("申报专业")], 8),
        ],
        Rows =
        [
            .. Enumerable.Range(1, 30).Select(i => new FormRow([V($"{i}"), V("张镕"), V("女"), V("140400********0021"),
                V("长治市某某煤业有限公司通风科"), V("安全工程"), V("煤矿"), V("138××××5678")], 9)),
        ],
        Remarks = ["备注：本表由相关科室或单位填写，报送政务服务中心。"],
        Authority = "长治市应急管理局",
        Created = Issued,
    };

    private static FormCell.Label L(string text) => new(text);

    private static FormCell.Value V(string text, int span = 1) => new(text, span);
}
