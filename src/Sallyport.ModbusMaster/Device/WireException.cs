using System.Diagnostics.CodeAnalysis;

namespace Sallyport.ModbusMaster.Device;

/// <summary>A wire could not be opened.</summary>
[SuppressMessage("Design", "CA1064", Justification = "It never leaves this assembly.")]
internal sealed class WireException : Exception
{
    public WireException(string reason, Exception? inner = null)
        : base(reason, inner)
    {
    }
}
