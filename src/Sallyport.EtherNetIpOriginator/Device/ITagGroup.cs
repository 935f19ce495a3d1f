using Sallyport.EtherNetIp.Types;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Reads a fixed list of tags.</summary>
public interface ITagGroup
{
    /// <summary>How many frames a round has, as planned now.</summary>
    int RequestCount { get; }

    /// <summary>The types, learned or given, in the order of the tags; null where none is known yet.</summary>
    ReadOnlySpan<CipDataType?> Types { get; }

    /// <summary>Reads all tags once.</summary>
    /// <param name="values">Where the values go, in the order of the tags.</param>
    /// <param name="stop">Ends it.</param>
    ValueTask<RoundOutcome> ReadAsync(Memory<ValueOutcome> values, CancellationToken stop);
}
