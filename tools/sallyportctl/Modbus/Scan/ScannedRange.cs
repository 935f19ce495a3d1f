namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>Addresses of one unit that behave alike.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="State">How they behave.</param>
internal sealed record ScannedRange(int From, int To, RangeState State)
{
    /// <summary>How many.</summary>
    public int Count => To - From + 1;
}
