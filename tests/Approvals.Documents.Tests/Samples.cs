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
}
