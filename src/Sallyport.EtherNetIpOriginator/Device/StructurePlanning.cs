using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Reads several members of one structure with one request for the whole of it, by the offsets of its definition.</summary>
internal sealed class StructurePlanning(TagState[] tags, DeviceMemory memory, GroupPlanner planner)
{
    private const int MaxSize = 16 * 1024;

    // So many times what the members would cost may be read.
    private const int WorthwhileFactor = 3;

    /// <summary>Whether there are structures whose definitions are not known.</summary>
    public bool WantsSymbols { get; private set; }

    /// <summary>Takes the members of structures that are worth it.</summary>
    /// <returns>The others.</returns>
    public List<int> Take(List<int> candidates)
    {
        if (!memory.Capabilities.HasTemplates)
        {
            return candidates;
        }

        var others = new List<int>(candidates.Count);
        var roots = new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase);
        foreach (int tag in candidates)
        {
            TagName name = tags[tag].Name;
            if (name.Parts.Length == 1)
            {
                others.Add(tag);
                continue;
            }

            string root = RootOf(name);
            if (!roots.TryGetValue(root, out List<int>? members))
            {
                roots[root] = members = [];
            }

            members.Add(tag);
        }

        foreach ((string root, List<int> members) in roots)
        {
            if (members.Count == 1 || !TryAdd(root, members, others))
            {
                others.AddRange(members);
            }
        }

        return others;
    }

    private bool TryAdd(string root, List<int> members, List<int> others)
    {
        if (memory.Symbols is not { } symbols)
        {
            WantsSymbols = true;
            return false;
        }

        TagName name = tags[members[0]].Name;
        if (symbols.Find(name) is not { Access: not ExternalAccess.None } symbol || symbols.StructureOf(symbol) is not { Size: <= MaxSize } structure
            || name.Parts[0].Indexes.Length != symbol.Type.Dimensions || TagName.Parse(root) is not TagNameOutcome.Parsed { Name: var rootName })
        {
            return false;
        }

        var consumers = new List<ReadItem.Consumer>(members.Count);
        var unplaced = new List<int>();
        int cost = 0;
        foreach (int tag in members)
        {
            if (ConsumerOf(tag, symbols.Layout.Locate(structure, tags[tag].Name)) is { } consumer)
            {
                consumers.Add(consumer);
                cost += GroupPlanner.CostOfRequest + tags[tag].Name.Text.Length + (consumer.Capacity > 0 ? consumer.Capacity : CipDataTypes.SizeOf(consumer.Format.Type));
            }
            else
            {
                unplaced.Add(tag);
            }
        }

        if (consumers.Count < 2 || structure.Size + GroupPlanner.CostOfRequest > cost * WorthwhileFactor)
        {
            return false;
        }

        CipPath path = planner.PathOf(rootName, members.TrueForAll(tag => !tags[tag].IsByName), out bool isByInstance);
        planner.Add(new ReadItem(TagRead.Structure(path, 1, structure.Size), [.. consumers])
        {
            StructureHandle = structure.Handle,
            StructureSize = structure.Size,
            IsByInstance = isByInstance,
        });
        others.AddRange(unplaced);
        return true;
    }

    // A type that was given and is another one is left to be found out by itself, with its reason.
    private ReadItem.Consumer? ConsumerOf(int tag, MemberOutcome member)
    {
        TagRequest request = tags[tag].Request;
        switch (member)
        {
            case MemberOutcome.LogixString text when request.Type is null || CipDataTypes.IsText(request.Type.Value):
                tags[tag].Learn(0, text.Capacity);
                return new ReadItem.Consumer(tag, text.Offset, new ElementFormat(CipDataType.String, Encoding: request.Encoding), text.Capacity);
            case MemberOutcome.Elementary elementary when request.Type is null || request.Type == elementary.Type
                || (elementary.Bit != ElementFormat.NoBit && request.Type is CipDataType.Bool):
                LearnType(tags[tag], elementary);
                return new ReadItem.Consumer(tag, elementary.Offset, new ElementFormat(elementary.Type, elementary.Bit, request.Encoding));
            default:
                return null;
        }
    }

    // What it would be if it were read by itself.
    private static void LearnType(TagState state, MemberOutcome.Elementary member)
    {
        bool isBool = member.Bit != ElementFormat.NoBit && state.Name.Bit is null;
        if (isBool && member.Type is CipDataType.Dword)
        {
            state.TryBitArray(isOne: true);
        }
        else
        {
            state.Learn(isBool ? CipDataType.Bool : member.Type);
        }
    }

    private static string RootOf(TagName name)
    {
        TagNamePart part = name.Parts[0];
        string indexes = part.Indexes.IsEmpty ? "" : $"[{string.Join(',', part.Indexes)}]";
        return name.Program is null ? part.Name + indexes : $"Program:{name.Program}.{part.Name}{indexes}";
    }
}
