using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIp.Browsing;

/// <summary>Where a member lies in the value of a structure. Closed.</summary>
public abstract record MemberOutcome
{
    private MemberOutcome()
    {
    }

    /// <summary>It has an elementary type.</summary>
    /// <param name="Offset">Where it begins, in bytes.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Bit">Which bit of it is meant, or <see cref="ElementFormat.NoBit"/>.</param>
    public sealed record Elementary(int Offset, CipDataType Type, int Bit) : MemberOutcome;

    /// <summary>It is a string.</summary>
    /// <param name="Offset">Where it begins, in bytes.</param>
    /// <param name="Capacity">How many characters it has room for.</param>
    public sealed record LogixString(int Offset, int Capacity) : MemberOutcome;

    /// <summary>There is none that can be read.</summary>
    /// <param name="Reason">Why, and what to write.</param>
    public sealed record Refused(string Reason) : MemberOutcome;
}
