namespace Approvals.Core.Data;

/// <summary>Folders of the service's own: what lies in them is nobody else's on the machine to read.</summary>
public static class PrivateFolder
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes it, closed to other users. One that exists stays as its operator made it, e.g. open to the group of the backup.</summary>
    /// <param name="path">Where; missing folders above are made, too.</param>
    public static void Create(string path)
    {
        // On Windows it inherits who may read it from the folder above.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, Own);
    }

    /// <summary>Whether other users of the machine get in; false on Windows, where no mode tells.</summary>
    public static bool IsOpen(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
}
