namespace Approvals.Documents.Tests;

public sealed class TemplateTests(DocumentFixture documents)
{
    public static TheoryData<string> Names => [.. Models.Keys];

    private static Dictionary<string, IDocumentModel> Models { get; } = new()
    {
        ["notice"] = Samples.Notice,
        ["appointment"] = Samples.Appointment,
        ["training"] = Samples.Training,
        ["card"] = Samples.Card,
        ["sheet"] = Samples.Sheet,
        ["letter"] = Samples.Letter,
        ["form"] = Samples.Form,
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Same_model_gives_same_bytes_from_any_renderer(string name)
    {
        var first = documents.Render(Models[name], name);
        var second = new DocumentRenderer(documents.Fonts).Render(Models[name]);

        Assert.Equal(first.Pdf, second.Pdf);
        Assert.Equal(first.Sha256, second.Sha256);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_document_stays_under_400_KB(string name) =>
        Assert.InRange(documents.Render(Models[name]).Pdf.Length, 1, 400 * 1024);
}
