namespace Sallyport.ModbusMaster.Device;

/// <summary>A wire could not be opened.</summary>
internal sealed class WireException : Exception
{
    public WireException(string reason, Exception? inner = null)
        : base(reason, inner)
    {
    }
}
