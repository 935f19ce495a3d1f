namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Less than everything is demanded of a device's certificate, because an operator said so for its connection.</summary>
public enum TlsRelaxation
{
    /// <summary>Its authority publishes no revocation lists, so that nobody learns when it is revoked.</summary>
    NoRevocationLists,

    /// <summary>Others than the plant's own authority certified it: usages, identifiers and serial number are as they like.</summary>
    ForeignCertificate,
}
