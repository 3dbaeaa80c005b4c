using System.Security.Cryptography;
using System.Text;

namespace Approvals.Core.Data;

/// <summary>A secret of the service in a file of its own, made at first use and readable by the service's account only.</summary>
public static class SecretFile
{
    private const int KeyBytes = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A key of 256 random bits, kept in base64.</summary>
    /// <param name="path">Where it lies.</param>
    /// <exception cref="InvalidDataException">The file holds something else: nothing is done with half a key.</exception>
    /// <exception cref="IOException">As of <see cref="ReadOrCreate"/>.</exception>
    public static byte[] Key(string path)
    {
        var text = Encoding.ASCII.GetString(
            ReadOrCreate(path, () => Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)))));
        var bytes = new byte[KeyBytes];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length == KeyBytes
            ? bytes
            : throw new InvalidDataException($"The file {path} holds no key of {KeyBytes} bytes in base64; bring it back from the backup of the keys.");
    }

    /// <summary>Reads the file; where there is none, makes it and gives what it now holds.</summary>
    /// <param name="path">Where it lies; missing folders are made.</param>
    /// <param name="make">Makes the content.</param>
    /// <exception cref="IOException">It can be neither read nor made, or another process has been making it for five seconds.</exception>
    public static byte[] ReadOrCreate(string path, Func<byte[]> make)
    {
        if (File.Exists(path))
            return File.ReadAllBytes(path);

        PrivateFolder.Create(Path.GetDirectoryName(path)!);

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
        IOException? refused = null;
        return SpinWait.SpinUntil(TryHold, Patience)
            ? held!
            : throw new IOException($"Another process holds {path}, or it cannot be written.", refused);

        bool TryHold()
        {
            try
            {
                held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                return true;
            }
            catch (IOException exception)
            {
                refused = exception;
                return false;
            }
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
