using System.Globalization;
using System.Security.Cryptography;

namespace Approvals.Core.Data;

/// <summary>
/// The keys of one use, numbered from 1, each in a file of its own: the first under the name of the use (<c>payee-accounts.key</c>), the
/// later ones with their number (<c>payee-accounts.2.key</c>). The newest is worked with, the older ones open what they closed. The folder is
/// looked into each time, so that a running server sees a key that a command has just made.
/// </summary>
/// <param name="firstPath">File of the first key.</param>
/// <param name="readOrMake">Reads a key's file, or makes it; throws where the file holds something else.</param>
public sealed class KeyRing(string firstPath, Func<string, byte[]> readOrMake)
{
    private readonly Lock loading = new();
    private readonly Dictionary<int, byte[]> loaded = [];

    /// <summary>File of the first key.</summary>
    public string FirstPath => firstPath;

    /// <summary>Numbers of the keys that are there, the oldest first; empty before the first use.</summary>
    public IReadOnlyList<int> Numbers()
    {
        var folder = Path.GetDirectoryName(firstPath)!;
        if (!Directory.Exists(folder))
            return [];
        var (name, extension, found) = (Path.GetFileNameWithoutExtension(firstPath), Path.GetExtension(firstPath), new List<int>());
        foreach (var file in Directory.EnumerateFiles(folder, name + "*" + extension).Select(path => Path.GetFileName(path)))
        {
            if (file == name + extension)
                found.Add(1);
            else if (int.TryParse(Path.GetExtension(file[..^extension.Length]).AsSpan().TrimStart('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number > 1 && file == Path.GetFileName(PathOf(number)))
                found.Add(number);
        }

        found.Sort();
        return found;
    }

    /// <summary>Number of the key that is worked with.</summary>
    public int Newest() => Numbers() is [.., var newest] ? newest : 1;

    /// <summary>A key. The first is made where no key is there at all.</summary>
    /// <exception cref="CryptographicException">It is not there.</exception>
    public byte[] Key(int number)
    {
        lock (loading)
        {
            if (loaded.TryGetValue(number, out var known))
                return known;

            // Never made anew once it has been taken out: what it closed would seem to be spoilt, and not to lack its key.
            if (!File.Exists(PathOf(number)) && (number != 1 || Numbers().Count > 0))
            {
                throw new CryptographicException(
                    $"The key {Path.GetFileName(PathOf(number))} is not in the folder of the keys; bring it back from the backup of the keys.");
            }

            return loaded[number] = readOrMake(PathOf(number));
        }
    }

    /// <summary>
    /// Makes the next key, which is the newest from then on. Race closed: of two who make it at once the second finds the first's file and
    /// has the same (<see cref="SecretFile.ReadOrCreate"/>).
    /// </summary>
    /// <returns>Its number.</returns>
    public int Add()
    {
        var number = Numbers() is [.., var newest] ? newest + 1 : 1;
        readOrMake(PathOf(number));
        return number;
    }

    /// <summary>File of a key.</summary>
    public string PathOf(int number) => number == 1
        ? firstPath
        : Path.ChangeExtension(firstPath, string.Create(CultureInfo.InvariantCulture, $".{number}{Path.GetExtension(firstPath)}"));
}
