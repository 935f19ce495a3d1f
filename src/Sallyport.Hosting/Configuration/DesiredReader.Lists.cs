using System.Globalization;
using System.Text.Json;

namespace Sallyport.Hosting.Configuration;

/// <content>Lists.</content>
public readonly partial struct DesiredReader
{
    /// <summary>Requires a list of 1 to <paramref name="maxCount"/> entries.</summary>
    /// <returns>The entries, each with its own pointer; empty if there is no such list here.</returns>
    public IReadOnlyList<DesiredReader> Items(int maxCount)
    {
        if (!IsThere())
        {
            return [];
        }

        int count = _element.ValueKind is JsonValueKind.Array ? _element.GetArrayLength() : 0;
        if (count is 0 || count > maxCount)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"{Found()} is not a list of 1 to {maxCount} entries."));
            return [];
        }

        var items = new List<DesiredReader>(count);
        foreach (JsonElement item in _element.EnumerateArray())
        {
            string name = items.Count.ToString(CultureInfo.InvariantCulture);
            items.Add(new DesiredReader(item, Pointer, name, _faults));
        }

        return items;
    }
}
