using Approvals.Core.Tests.Cases;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>The process of the traffic, written as files.</summary>
internal static class ProofProcess
{
    /// <summary>Apply, the head's approval, a wait of a second, a numbered letter, done.</summary>
    /// <param name="workflows">Folder of the processes.</param>
    /// <param name="pays">Also a certificate and a fee, and the shipped processes beside it.</param>
    public static void Write(string workflows, bool pays)
    {
        if (pays)
            CopyShipped(workflows);
        var process = new TestProcess(Bureau.Process) { MoreFields = pays ? Money : "" }
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, deadlineDays = 5, requiresSignature = "false" })
            .Add("wait", "Elsa.Delay", "等待", new { timeSpan = "00:00:01" })
            .Add("letter", "Approvals.IssueDocument", "制发通知书", new { text = "letter" })
            .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
            .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "不同意" })
            .Connect("start", "apply").Connect("apply", "head").Connect("head", "wait", "同意").Connect("head", "refuse", "不同意")
            .Connect("wait", "letter");
        if (pays)
        {
            process.Add("certificate", "Approvals.IssueCertificate", "颁发证书", new { kind = "Appointment" })
                .Add("owe", "Approvals.PayoutEntitlement", "登记应付", new { kind = "ExpertFee", programme = "专家劳务" })
                .Connect("letter", "certificate").Connect("certificate", "owe").Connect("owe", "close");
        }
        else
        {
            process.Connect("letter", "close");
        }

        process.Write(workflows);
        var documents = Directory.CreateDirectory(Path.Combine(workflows, Bureau.Process, "documents")).FullName;
        File.WriteAllText(Path.Combine(documents, "letter.json"), """
            { "title": "申请结果通知书", "addressee": "{{ name }}同志", "paragraphs": [ "你的申请（业务编号：{{ case_number }}）已经同意。" ] }
            """);
        if (pays)
            File.Copy(
                Path.Combine(Shipped, "commander-appointment", "documents", "appointment-certificate.json"),
                Path.Combine(documents, "appointment-certificate.json"));
    }

    /// <summary>Fields of the fee: whose, how much.</summary>
    private const string Money = """
        , { "key": "identityNumber", "type": "text", "label": "身份证号码", "required": true }
        , { "key": "amount", "type": "text", "label": "劳务报酬", "required": true }
        """;

    private static string Shipped => Path.Combine(Place.Root, "workflows");

    private static void CopyShipped(string workflows)
    {
        foreach (var file in Directory.EnumerateFiles(Shipped, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(workflows, Path.GetRelativePath(Shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
