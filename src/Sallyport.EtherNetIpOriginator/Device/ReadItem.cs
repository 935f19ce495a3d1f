using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>One thing that is read in a round: a tag, neighbouring elements of an array, or a structure with several members that are wanted.</summary>
/// <param name="read">What is asked.</param>
/// <param name="consumers">The tags whose values it has.</param>
internal sealed class ReadItem(TagRead read, ReadItem.Consumer[] consumers)
{
    private const int MaxUnknownSize = 512 * 1024;
    private FragmentAssembly? _assembly;

    /// <summary>What is asked.</summary>
    public TagRead Read { get; } = read;

    /// <summary>The tags whose values it has.</summary>
    public ReadOnlySpan<Consumer> Consumers => consumers;

    /// <summary>The structure that it is; 0 if it is none.</summary>
    public ushort StructureHandle { get; init; }

    /// <summary>Size of that structure, in bytes.</summary>
    public int StructureSize { get; init; }

    /// <summary>Whether it is addressed by the number of a tag.</summary>
    public bool IsByInstance { get; init; }

    /// <summary>Whether its value did not fit into the reply of this round.</summary>
    public bool IsPartial { get; set; }

    /// <summary>Puts its parts together.</summary>
    public FragmentAssembly Assembly => _assembly ??= new FragmentAssembly(MaxUnknownSize);

    /// <summary>A tag whose value is in an item.</summary>
    /// <param name="Tag">Which, by its place in the group.</param>
    /// <param name="Place">Which element it is; in a structure, at which byte it begins.</param>
    /// <param name="Format">How it is read.</param>
    /// <param name="Capacity">How many characters a string in a structure has room for; 0 if it is none.</param>
    internal readonly record struct Consumer(int Tag, int Place, ElementFormat Format, int Capacity = 0);
}
