using Sallyport.Hosting.Configuration;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>The members of a unit that say how far its requests may be merged. None yet: what the specification allows.</summary>
internal static class LimitKeys
{
    /// <summary>Names of the members.</summary>
    public static IReadOnlyList<string> All { get; } = [];

    /// <summary>Reads the limits of a unit; what is refused has a value that nothing uses, since the plan is refused as a whole.</summary>
    public static ReadLimits Read(DesiredReader entry, ConnectionPlan? connection)
    {
        _ = (entry, connection);
        return ReadLimits.Default;
    }
}
