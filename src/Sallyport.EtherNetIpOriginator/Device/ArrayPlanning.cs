using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Reads neighbouring elements of an array with one request.</summary>
internal sealed class ArrayPlanning(TagState[] tags, ReadChannel channel, GroupPlanner planner)
{
    // A gap of this many bytes costs less than a request of its own.
    private const int WorthwhileGap = 32;
    private const int BitsPerDoubleWord = 32;

    /// <summary>Takes the elements that have neighbours.</summary>
    /// <returns>The others.</returns>
    public List<int> Take(List<int> candidates)
    {
        var others = new List<int>(candidates.Count);
        var arrays = new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase);
        foreach (int tag in candidates)
        {
            if (KeyOf(tags[tag]) is { } key)
            {
                if (!arrays.TryGetValue(key, out List<int>? elements))
                {
                    arrays[key] = elements = [];
                }

                elements.Add(tag);
            }
            else
            {
                others.Add(tag);
            }
        }

        foreach (List<int> elements in arrays.Values)
        {
            elements.Sort((left, right) => ElementOf(tags[left]).CompareTo(ElementOf(tags[right])));
            Split(elements, others);
        }

        return others;
    }

    private void Split(List<int> elements, List<int> others)
    {
        int size = CipDataTypes.SizeOf(tags[elements[0]].HostType.GetValueOrDefault());
        int room = Math.Min((channel.MaxReply - GroupPlanner.CostOfRequest - TagData.MaxPrefixSize) / size, ushort.MaxValue);
        int from = 0;
        for (int at = 1; at <= elements.Count; at++)
        {
            uint first = ElementOf(tags[elements[from]]);
            if (at < elements.Count && Follows(ElementOf(tags[elements[at - 1]]), ElementOf(tags[elements[at]]), first, size, room))
            {
                continue;
            }

            if (at - from == 1)
            {
                others.Add(elements[from]);
            }
            else
            {
                Add(elements[from..at], first, size);
            }

            from = at;
        }
    }

    private static bool Follows(uint previous, uint next, uint first, int size, int room) =>
        (next - previous) * (long)size <= WorthwhileGap + size && next - first < room;

    private void Add(List<int> elements, uint first, int size)
    {
        TagState head = tags[elements[0]];
        bool isByInstance = false;
        CipPath path = head.IsBitArray ? head.Name.ToBitArrayPath(out _) : planner.PathOf(head.Name, !head.IsByName, out isByInstance);
        ushort count = (ushort)(ElementOf(tags[elements[^1]]) - first + 1);
        var consumers = new ReadItem.Consumer[elements.Count];
        for (int i = 0; i < consumers.Length; i++)
        {
            TagState state = tags[elements[i]];
            consumers[i] = new ReadItem.Consumer(elements[i], (int)(ElementOf(state) - first), state.Format);
        }

        planner.Add(new ReadItem(TagRead.Elementary(path, count, size), consumers) { IsByInstance = isByInstance });
    }

    // The name without its last index, and the type; null if it is no element of an array whose type is known.
    private static string? KeyOf(TagState state)
    {
        if (state.Name.LastIndex is null || state.HostType is not { } type || CipDataTypes.SizeOf(type) == 0)
        {
            return null;
        }

        string text = state.Name.Text;
        int end = text.LastIndexOfAny(['[', ',']);
        return $"{text[..end]} {type} {state.IsBitArray}";
    }

    private static uint ElementOf(TagState state) => state.IsBitArray ? state.Name.LastIndex.GetValueOrDefault() / BitsPerDoubleWord : state.Name.LastIndex.GetValueOrDefault();
}
