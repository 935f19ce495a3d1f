namespace Sallyport.IotHub;

/// <summary>What became of one send. Closed: the nested records are all there is.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The broker acknowledged. At edgeHub that means «queued», not «at IoT Hub».</summary>
    public sealed record Acknowledged : SendOutcome
    {
        /// <summary>The only instance.</summary>
        public static Acknowledged Instance { get; } = new();
    }

    /// <summary>There is no connection. Nothing was sent; send again when there is one.</summary>
    public sealed record NotConnected : SendOutcome
    {
        /// <summary>The only instance.</summary>
        public static NotConnected Instance { get; } = new();
    }

    /// <summary>No acknowledgement in time or the connection broke first. It may or may not have arrived: send the same message again.</summary>
    public sealed record Unacknowledged(string Reason) : SendOutcome;

    /// <summary>Body and properties exceed the limit. Sending it again cannot help; edgeHub would acknowledge and lose it.</summary>
    public sealed record TooLarge(int SizeInBytes, int LimitInBytes) : SendOutcome;
}
