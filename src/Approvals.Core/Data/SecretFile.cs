namespace Approvals.Core.Data;

/// <summary>A secret of the service in a file of its own, made at first use and readable by the service's account only.</summary>
public static class SecretFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Reads the file; where there is none, makes it and gives what it now holds.</summary>
    /// <param name="path">Where it lies; missing folders are made.</param>
    /// <param name="make">Makes the content.</param>
    /// <exception cref="IOException">It can be neither read nor made, or another process has been making it for five seconds.</exception>
    public static byte[] ReadOrCreate(string path, Func<byte[]> make)
    {
        if (File.Exists(path))
            return File.ReadAllBytes(path);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Race closed: several processes make it at their first use, and .NET's move looks whether there is a file before it replaces it.
        // One at a time: the second finds the first's. Who only reads finds nothing or a whole secret, because it gets its name at the end.
        using var turn = Hold(path + ".lock");
        if (File.Exists(path))
            return File.ReadAllBytes(path);
        var made = make();
        var temporary = $"{path}.{Guid.CreateVersion7():N}";
        try
        {
            Write(temporary, made);
            File.Move(temporary, path);
            return made;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A lock that the system gives back when the process that holds it is killed.</summary>
    private static FileStream Hold(string path)
    {
        FileStream? held = null;
        return SpinWait.SpinUntil(() => (held = TryHold(path)) is not null, Patience)
            ? held!
            : throw new IOException($"Another process holds {path}, or it cannot be written.");
    }

    private static FileStream? TryHold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Write(string path, byte[] content)
    {
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, create);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}
