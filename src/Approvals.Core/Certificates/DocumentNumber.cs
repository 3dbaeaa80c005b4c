namespace Approvals.Core.Certificates;

/// <summary>What is numbered in a series of its own.</summary>
public enum DocumentKind
{
    /// <summary>公示.</summary>
    Notice,

    /// <summary>函、通知书.</summary>
    Letter,

    /// <summary>技术培训合格证书.</summary>
    TrainingCertificate,

    /// <summary>聘任证书.</summary>
    AppointmentCertificate,

    /// <summary>工作证.</summary>
    WorkId,

    /// <summary>命令、令: appointment and termination on a scene.</summary>
    Order,
}

/// <summary>Document numbers (发文字号、证书编号). Year in 〔〕 and no leading zero in a 发文字号, GB/T 9704-2012, 7.2.5.</summary>
public static class DocumentNumber
{
    /// <summary>Key of the gapless series; it begins anew each year.</summary>
    public static string SeriesOf(DocumentKind kind, int year) => $"document:{kind}:{year}";

    /// <summary>The number as printed.</summary>
    /// <param name="kind">What is numbered.</param>
    /// <param name="bureau">Prefixes.</param>
    /// <param name="year">Four digits.</param>
    /// <param name="number">From 1.</param>
    public static string Format(DocumentKind kind, BureauOptions bureau, int year, int number) => kind switch
    {
        DocumentKind.Notice => $"{bureau.NumberPrefix}公示〔{year}〕{number}号",
        DocumentKind.Letter => $"{bureau.NumberPrefix}函〔{year}〕{number}号",
        DocumentKind.TrainingCertificate => $"{bureau.NumberPrefix}培〔{year}〕第{number:0000}号",
        DocumentKind.AppointmentCertificate => $"{bureau.NumberPrefix}聘〔{year}〕第{number:0000}号",
        DocumentKind.WorkId => $"{bureau.CardPrefix}-{year}-{number:0000}",
        DocumentKind.Order => $"{bureau.NumberPrefix}令〔{year}〕{number}号",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// A number as somebody typed it, in the printed form: blanks dropped, full-width letters and digits as ASCII, any brackets
    /// as 〔〕, because no keyboard has those.
    /// </summary>
    public static string Normalise(string typed)
    {
        var text = new System.Text.StringBuilder(typed.Length);
        foreach (var character in typed)
        {
            switch (character)
            {
                case '[' or '［' or '(' or '（' or '【' or '﹝' or '〔': text.Append('〔'); break;
                case ']' or '］' or ')' or '）' or '】' or '﹞' or '〕': text.Append('〕'); break;
                case >= '\uff01' and <= '\uff5e': text.Append((char)(character - 0xfee0)); break;
                default:
                    if (!char.IsWhiteSpace(character))
                    {
                        text.Append(character);
                    }

                    break;
            }
        }

        return text.ToString().ToUpperInvariant();
    }
}
