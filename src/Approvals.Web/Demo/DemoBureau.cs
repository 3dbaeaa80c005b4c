using Approvals.Core.Organisation;

namespace Approvals.Web.Demo;

/// <summary>A unit of the demonstration bureau.</summary>
internal sealed record DemoUnit(
    string Code, string Name, OrgUnitKind Kind, string? Parent = null, string? Leader = null, string? Specialties = null);

/// <summary>A person of the demonstration bureau with the post and roles they hold.</summary>
internal sealed record DemoPerson(
    string Group, string UserName, string Name, string Unit, PositionKind Kind, string Title, params string[] Roles);

/// <summary>江州市应急管理局: an invented bureau with everybody whom the processes need. Development only.</summary>
internal static class DemoBureau
{
    /// <summary>The password of everybody in it; it exists in Development only.</summary>
    public const string Password = "Demo-2026!";

    public const string Bureau = "jiangzhou";

    public static readonly IReadOnlyList<DemoUnit> Units =
    [
        new(Bureau, "江州市应急管理局", OrgUnitKind.Bureau, Leader: "zhouzhengguo"),
        new("office", "办公室", OrgUnitKind.Section, Bureau, "zhouzhengguo"),
        new("rescue", "救援协调处", OrgUnitKind.Section, Bureau, "wuhaifeng", "water"),
        new("hazchem", "危化处", OrgUnitKind.Section, Bureau, "linxiuying", "hazchem,gas"),
        new("mine", "矿山处", OrgUnitKind.Section, Bureau, "linxiuying", "coal-mine,non-coal-mine"),
        new("industry", "工贸交通建设处", OrgUnitKind.Section, Bureau, "linxiuying", "tunnel,traffic,special-equipment,gas"),
        new("geology", "地质灾害与防汛处", OrgUnitKind.Section, Bureau, "wuhaifeng", "geology,flood,earthquake"),
        new("fire", "火灾防治处", OrgUnitKind.Section, Bureau, "wuhaifeng", "fire,forest-fire"),
        new("personnel", "人事处", OrgUnitKind.Section, Bureau, "zhouzhengguo"),
        new("finance", "规划财务处", OrgUnitKind.Section, Bureau, "zhouzhengguo"),
        new("service", "江州市政务服务中心", OrgUnitKind.ServiceCentre, Bureau, "zhouzhengguo"),
        new("jz-chem", "江州化工集团有限公司", OrgUnitKind.Employer),
        new("jz-mine", "江州矿山救护大队", OrgUnitKind.Employer),
        new("jz-gas", "江州城市燃气有限公司", OrgUnitKind.Employer),
        new("jz-tunnel", "江州隧道工程有限公司", OrgUnitKind.Employer),
    ];

    public static readonly IReadOnlyList<DemoPerson> People =
    [
        new("申请人", "liuzhiqiang", "刘志强", "jz-chem", PositionKind.Member, "消防救援队副队长"),
        new("申请人", "sunlimei", "孙丽梅", "jz-chem", PositionKind.Member, "安全总监"),
        new("申请人", "guojianjun", "郭建军", "jz-mine", PositionKind.Member, "救护中队长"),
        new("申请人", "tangrong", "唐镕", "jz-gas", PositionKind.Member, "抢险抢修中心主任"),
        new("申请人", "hezhe", "何喆", "jz-tunnel", PositionKind.Member, "总工程师"),
        new("推荐单位", "chenguihua", "陈桂花", "jz-chem", PositionKind.Representative, "人力资源部部长"),
        new("推荐单位", "majunjie", "马俊杰", "jz-mine", PositionKind.Representative, "政工科科长"),
        new("推荐单位", "dengyue", "邓玥", "jz-gas", PositionKind.Representative, "人力资源主管"),
        new("推荐单位", "xiongwei", "熊伟", "jz-tunnel", PositionKind.Representative, "综合部经理"),
        new("推荐单位", "qianguoliang", "钱国梁", "jz-chem", PositionKind.Head, "总经理"),
        new("处室负责人", "wangqiang", "王强", "rescue", PositionKind.Head, "处长"),
        new("处室负责人", "lili", "李丽", "hazchem", PositionKind.Head, "处长"),
        new("处室负责人", "zhaotiezhu", "赵铁柱", "mine", PositionKind.Head, "处长"),
        new("处室负责人", "hanxiaojun", "韩晓珺", "industry", PositionKind.Head, "处长"),
        new("处室负责人", "xuchangjiang", "徐长江", "geology", PositionKind.Head, "处长"),
        new("处室负责人", "gaofeng", "高峰", "fire", PositionKind.Head, "处长"),
        new("处室负责人", "songmin", "宋敏", "personnel", PositionKind.Head, "处长"),
        new("处室负责人", "luwenbo", "陆文博", "office", PositionKind.Head, "主任"),
        new("局领导", "zhouzhengguo", "周正国", Bureau, PositionKind.Leader, "局长", Roles.GeneralCommander),
        new("局领导", "wuhaifeng", "吴海峰", Bureau, PositionKind.Leader, "副局长"),
        new("局领导", "linxiuying", "林秀英", Bureau, PositionKind.Leader, "副局长", Roles.GeneralCommander),
        new("值班室", "zouping", "邹平", "office", PositionKind.Handler, "值班员", Roles.DutyOffice),
        new("技术指挥官", "luojianming", "罗建明", "jz-chem", PositionKind.Member, "应急中心主任"),
        new("技术指挥官", "tanli", "谭力", "jz-chem", PositionKind.Member, "特勤大队长"),
        new("技术指挥官", "fangzhiyuan", "方志远", "jz-mine", PositionKind.Member, "副大队长"),
        new("技术指挥官", "qiulan", "邱岚", "jz-gas", PositionKind.Member, "总工程师"),
        new("经办", "zhangwei", "张伟", "rescue", PositionKind.Handler, "一级主任科员", Roles.TrainingOfficer),
        new("经办", "huangting", "黄婷", "rescue", PositionKind.Handler, "四级主任科员", Roles.RegisterKeeper, Roles.AllowanceOfficer),
        new("经办", "yangfan", "杨帆", "hazchem", PositionKind.Handler, "二级主任科员"),
        new("经办", "zhulin", "朱琳", "mine", PositionKind.Handler, "三级主任科员"),
        new("经办", "pengfei", "彭飞", "personnel", PositionKind.Handler, "二级主任科员", Roles.ObjectionHandler),
        new("经办", "fangyuan", "方圆", "service", PositionKind.Handler, "窗口负责人", Roles.ServiceCentre),
        new("财务与保险", "jinmingzhu", "金明珠", "finance", PositionKind.Head, "处长", Roles.Finance),
        new("财务与保险", "caoyu", "曹宇", "finance", PositionKind.Handler, "会计", Roles.InsuranceOfficer),
        new("财务与保险", "mengqiu", "孟秋", "finance", PositionKind.Handler, "出纳", Roles.Finance),
        new("管理员", "shenhong", "沈红", "office", PositionKind.Handler, "流程管理岗", Roles.ProcessOwner),
        new("管理员", "xitong", "石磊", "office", PositionKind.Handler, "信息中心工程师", Roles.SystemAdministrator),
        new("管理员", "anquan", "安静", "office", PositionKind.Handler, "保密与安全岗", Roles.SecurityAdministrator),
        new("管理员", "shenji", "严昇", "office", PositionKind.Handler, "审计岗", Roles.Auditor),
    ];
}
