using Sallyport.Identity.Keys;

namespace Sallyport.CertificateManager.Tests;

/// <summary>Keys of another provider; it can be told to make no further one in this process, as a token in a TPM does.</summary>
internal sealed class UsedUpKeys(IDeviceKeyProvider keys) : IDeviceKeyProvider
{
    public bool IsUsedUp { get; set; }

    public int Made { get; private set; }

    public string Name => keys.Name;

    public KeyProtection Protection => keys.Protection;

    public int Reopenings => keys.Reopenings;

    public bool NeedsRestart { get; private set; }

    public async Task<KeyOpening> CreateAsync(DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        if (IsUsedUp)
        {
            NeedsRestart = true;
            return new KeyOpening.Unavailable("the module has to be restarted");
        }

        Made++;
        return await keys.CreateAsync(slot, cancellationToken);
    }

    public Task<KeyOpening> OpenAsync(DeviceKeySlot slot, CancellationToken cancellationToken) => keys.OpenAsync(slot, cancellationToken);

    public void Forget(DeviceKeySlot slot) => keys.Forget(slot);

    public Task<KeyDestruction> DestroyAsync(DeviceKeySlot slot, CancellationToken cancellationToken) => keys.DestroyAsync(slot, cancellationToken);
}
