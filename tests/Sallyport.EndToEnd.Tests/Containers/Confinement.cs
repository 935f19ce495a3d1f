using System.Globalization;

namespace Sallyport.EndToEnd.Tests.Containers;

/// <summary>What the kernel says of the first process of a container.</summary>
/// <param name="processId">On this machine.</param>
internal sealed class Confinement(int processId)
{
    private readonly string _folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}");

    /// <summary>A line of proc(5)'s status.</summary>
    public string this[string name] =>
        File.ReadLines($"{_folder}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split('\t')[1];

    /// <summary>Whether the root file system cannot be written.</summary>
    public bool IsRootReadOnly =>
        File.ReadLines($"{_folder}/mountinfo").Select(line => line.Split(' ')).Any(fields => fields[4] is "/" && fields[5].Split(',')[0] is "ro");

    /// <summary>Its programs: what is in folders for programs, and those of the module.</summary>
    public IEnumerable<string> Programs => ((string[])["usr/bin", "usr/sbin", "app"])
        .SelectMany(folder => Directory.EnumerateFileSystemEntries($"{_folder}/root/{folder}"))
        .Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal);

    /// <summary>A limit of its control group, by the name that it has in version 1 or in version 2.</summary>
    public string Limit(string controller, string first, string second)
    {
        foreach (string[] group in File.ReadLines($"{_folder}/cgroup").Select(line => line.Split(':', 3)))
        {
            string[] files = [$"/sys/fs/cgroup/{controller}{group[2]}/{first}", $"/sys/fs/cgroup{group[2]}/{second}"];
            if ((group[1].Length == 0 || group[1].Split(',').Contains(controller, StringComparer.Ordinal)) && Array.Find(files, File.Exists) is { } file)
            {
                return File.ReadAllText(file).Trim();
            }
        }

        return $"no limit of {controller}";
    }
}
