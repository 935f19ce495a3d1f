namespace Sallyport.Simulator.Cloud;

/// <summary>What came back over the uplink. Closed: the nested records are all there is.</summary>
internal abstract record UplinkAnswer<T>
{
    private UplinkAnswer()
    {
    }

    /// <summary>IoT Hub has answered.</summary>
    public sealed record Answered(T Value) : UplinkAnswer<T>;

    /// <summary>Nothing came back. IoT Hub may have acted or not.</summary>
    public sealed record Lost(string Reason) : UplinkAnswer<T>;
}
