namespace Sallyport.EtherNetIp.Replies;

/// <summary>How far the parts of a value have come together.</summary>
public enum AssemblyProgress
{
    /// <summary>Ask for the part at <see cref="FragmentAssembly.NextOffset"/>.</summary>
    Incomplete,

    /// <summary>All of it is there.</summary>
    Complete,

    /// <summary>The device refused; its status says why.</summary>
    Refused,

    /// <summary>This is no part of the value: not well formed, of another type than the parts before, empty, or more than there may be.</summary>
    Broken,
}
