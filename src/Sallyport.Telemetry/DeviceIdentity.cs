namespace Sallyport.Telemetry;

/// <summary>What a device says of itself, in its own words; what it does not say is null.</summary>
/// <param name="Vendor">Who made it.</param>
/// <param name="ProductCode">The maker's number of the product.</param>
/// <param name="Revision">Its version.</param>
/// <param name="VendorAddress">Where the maker is found.</param>
/// <param name="ProductName">What the maker calls it.</param>
/// <param name="ModelName">Which model of it.</param>
public sealed record DeviceIdentity(
    string? Vendor,
    string? ProductCode,
    string? Revision,
    string? VendorAddress = null,
    string? ProductName = null,
    string? ModelName = null)
{
    /// <summary>Whether it says nothing at all.</summary>
    public bool IsEmpty => (Vendor ?? ProductCode ?? Revision ?? VendorAddress ?? ProductName ?? ModelName) is null;

    /// <summary>All of it in a fixed order.</summary>
    internal string[] Parts => [Vendor ?? "", ProductCode ?? "", Revision ?? "", VendorAddress ?? "", ProductName ?? "", ModelName ?? ""];
}
