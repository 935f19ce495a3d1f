namespace Sallyport.Modbus;

/// <summary>One thing that a device says of itself.</summary>
/// <param name="Id">0 vendor, 1 product code, 2 revision, 3 vendor's address, 4 product, 5 model, 6 application; 128 and above are the vendor's own.</param>
/// <param name="Text">Bytes outside printable ASCII and Latin-1 have become question marks.</param>
public readonly record struct IdentificationObject(byte Id, string Text)
{
    private static readonly string[] Names =
        ["vendorName", "productCode", "revision", "vendorUrl", "productName", "modelName", "applicationName"];

    /// <summary>For example <c>vendorName</c>, or <c>object128</c> for those that the specification does not name.</summary>
    public string Name => Id < Names.Length ? Names[Id] : $"object{Id}";
}
