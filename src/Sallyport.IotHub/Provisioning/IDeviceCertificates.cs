namespace Sallyport.IotHub.Provisioning;

/// <summary>Where the certificates of a device come from: files, a TPM, a token.</summary>
public interface IDeviceCertificates
{
    /// <summary>When that changed the last time, as far as that can be told without reading. Only its being another one than before means anything.</summary>
    DateTime LastChange { get; }

    /// <summary>Reads what is there now.</summary>
    Task<OwnCertificates> ReadAsync(CancellationToken cancellationToken);
}
