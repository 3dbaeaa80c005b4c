using Approvals.Documents.Images;

namespace Approvals.Web.Demo;

/// <summary>Draws a name to stand for a stored signature in the demonstration.</summary>
internal static class DemoSignature
{
    /// <summary>A transparent PNG.</summary>
    public static Stream Draw(string name) => new MemoryStream(SamplePictures.Signature(name), writable: false);
}
