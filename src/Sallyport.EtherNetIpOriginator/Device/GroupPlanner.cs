using System.Collections.Immutable;
using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Plans the rounds of a group: what lies together is read together, and nothing is asked for that is known to be refused.</summary>
internal sealed class GroupPlanner(TagState[] tags, DeviceMemory memory, ReadChannel channel)
{
    // What a request of its own costs, path apart: headers and offsets of request and reply.
    internal const int CostOfRequest = 14;
    private const int GuessedReplySize = 96;
    private const int WorthwhileSaving = 8;
    private const int LongPath = 18;

    private readonly List<ReadItem> _items = [];
    private bool _wantsSymbols;

    /// <summary>Makes a plan.</summary>
    /// <param name="now">Tags whose time has not come are left out.</param>
    /// <param name="isRest">Whether only those are read that an earlier pass of the same round brought no value of.</param>
    public GroupPlan Plan(long now, bool isRest = false)
    {
        long nextRetry = long.MaxValue;
        var left = new List<int>(tags.Length);
        for (int tag = 0; tag < tags.Length; tag++)
        {
            if (isRest && !tags[tag].IsRest)
            {
                continue;
            }

            if (tags[tag].NotBefore > now)
            {
                nextRetry = Math.Min(nextRetry, tags[tag].NotBefore);
            }
            else if (tags[tag].IsSolo || tags[tag].IsSuspect || tags[tag].IsLarge)
            {
                AddSingle(tag);
            }
            else
            {
                left.Add(tag);
            }
        }

        var structures = new StructurePlanning(tags, memory, this);
        left = structures.Take(left);
        _wantsSymbols |= structures.WantsSymbols;
        foreach (int tag in new ArrayPlanning(tags, channel, this).Take(left))
        {
            AddSingle(tag);
        }

        ImmutableArray<TagRead> reads = [.. _items.Select(item => item.Read)];
        ReadPlan frames = ReadPlanner.Plan(reads, channel, memory.Capabilities);
        foreach (int item in frames.Unreadable)
        {
            foreach (ReadItem.Consumer consumer in _items[item].Consumers)
            {
                tags[consumer.Tag].RefuseForGood("the name is too long for the connection to this controller");
            }
        }

        return new GroupPlan(frames, [.. _items], nextRetry, _wantsSymbols);
    }

    /// <summary>Adds something that is read.</summary>
    public void Add(ReadItem item) => _items.Add(item);

    /// <summary>Where a tag is: by its number if that is shorter and safe, else by its name.</summary>
    public CipPath PathOf(TagName name, bool mayUseInstance, out bool isByInstance)
    {
        CipPath path = name.ToPath();
        isByInstance = false;
        if (!mayUseInstance || !memory.Capabilities.HasInstanceAddressing || path.Size < LongPath)
        {
            return path;
        }

        if (memory.Symbols is not { } symbols)
        {
            _wantsSymbols = true;
            return path;
        }

        if (!symbols.HasUsableNumbers || symbols.Find(name) is not { IsAlias: false, Kind: SymbolKind.Tag } symbol)
        {
            return path;
        }

        CipPath byInstance = name.ToInstancePath(symbol.Instance);
        isByInstance = byInstance.Size + WorthwhileSaving <= path.Size;
        return isByInstance ? byInstance : path;
    }

    private void AddSingle(int tag)
    {
        TagState state = tags[tag];
        bool isByInstance = false;
        CipPath path = state.IsBitArray ? state.Name.ToBitArrayPath(out _) : PathOf(state.Name, !state.IsByName && !state.IsSuspect, out isByInstance);
        int size = state.HostType is { } type ? CipDataTypes.SizeOf(type) : 0;
        int replySize = TagData.MaxPrefixSize + (state.IsLarge ? channel.MaxReply : size > 0 ? size : state.StringCapacity > 0 ? state.StringCapacity + 8 : GuessedReplySize);
        Add(new ReadItem(new TagRead(path, 1, replySize), [new ReadItem.Consumer(tag, 0, state.Format)]) { IsByInstance = isByInstance });
    }
}
