using System.Collections.Immutable;
using Sallyport.Hosting.Configuration;

namespace Sallyport.CertificateManager.Configuration;

/// <summary>Reads <c>/opcUaStores</c>.</summary>
internal static class OpcUaStoresReader
{
    private const int MostStores = 8;
    private const int MaxNameLength = 64;

    /// <returns>None if there are none, or if they are refused.</returns>
    public static ImmutableArray<OpcUaStore> Read(DesiredReader section)
    {
        if (!section.Exists)
        {
            return [];
        }

        DesiredReader[] entries = [.. section.NamedEntries(MostStores)];
        string[] names = [.. entries.Select(entry => entry.Name)];
        var stores = ImmutableArray.CreateBuilder<OpcUaStore>();
        foreach (DesiredReader entry in entries)
        {
            if (entry.IsObjectOf("path", "trusts") & ReadTrusts(entry, names, out ImmutableArray<string> trusts) && PathText.Read(entry["path"]) is { } path)
            {
                stores.Add(new OpcUaStore(entry.Name, path) { Trusts = trusts });
            }
        }

        return stores.ToImmutable();
    }

    private static bool ReadTrusts(DesiredReader entry, string[] names, out ImmutableArray<string> trusts)
    {
        trusts = [];
        DesiredReader list = entry["trusts"];
        if (!list.Exists)
        {
            return true;
        }

        var read = ImmutableArray.CreateBuilder<string>();
        foreach (DesiredReader item in list.Items(MostStores))
        {
            if (!item.TryText(MaxNameLength, out var name))
            {
                continue;
            }

            if (!names.Contains(name, StringComparer.Ordinal) || string.Equals(name, entry.Name, StringComparison.Ordinal))
            {
                item.Refuse("This is not the name of another store under /opcUaStores.");
                continue;
            }

            read.Add(name);
        }

        trusts = read.ToImmutable();
        return true;
    }
}
