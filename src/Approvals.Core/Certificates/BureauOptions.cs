namespace Approvals.Core.Certificates;

/// <summary>Section <c>Bureau</c> of the configuration: how the bureau names itself in documents.</summary>
public sealed class BureauOptions
{
    /// <summary>Full name; signs documents and runs along the seal.</summary>
    public string Name { get; set; } = "江州市应急管理局";

    /// <summary>发文机关代字, first part of document numbers.</summary>
    public string NumberPrefix { get; set; } = "江应急";

    /// <summary>First part of work ID numbers.</summary>
    public string CardPrefix { get; set; } = "JZ-JZ";

    /// <summary>Telephone for questions and objections.</summary>
    public string Telephone { get; set; } = "0000-12350";

    /// <summary>Postal address.</summary>
    public string Address { get; set; } = "江州市滨江路1号";

    /// <summary>Address under which the public reaches the product; QR codes lead there.</summary>
    public string PublicUrl { get; set; } = "http://localhost:5080";

    /// <summary>Address in a certificate's QR code.</summary>
    public string CheckUrl(string code) => $"{PublicUrl.TrimEnd('/')}/check/{code}";

    /// <summary>Address of a public notice, for its QR code.</summary>
    public string NoticeUrl(Guid noticeId) => $"{PublicUrl.TrimEnd('/')}/public/notices/{noticeId}";
}
