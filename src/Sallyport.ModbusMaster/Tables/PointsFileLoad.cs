namespace Sallyport.ModbusMaster.Tables;

/// <summary>What was found where a points file should be. Closed.</summary>
public abstract record PointsFileLoad
{
    private PointsFileLoad()
    {
    }

    /// <summary>All of it, read once.</summary>
    public sealed record Loaded(ReadOnlyMemory<byte> Content) : PointsFileLoad;

    /// <summary>There is no such file, or it must not or cannot be read.</summary>
    /// <param name="Reason">One sentence.</param>
    public sealed record Refused(string Reason) : PointsFileLoad;
}
