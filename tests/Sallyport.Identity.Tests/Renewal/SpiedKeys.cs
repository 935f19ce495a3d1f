using Sallyport.Identity.Keys;

namespace Sallyport.Identity.Tests.Renewal;

/// <summary>Real keys in files, and a guard: the key of the certificate in use is never touched.</summary>
internal sealed class SpiedKeys(FileKeyProvider keys, Action<string> before) : IDeviceKeyProvider, IDisposable
{
    public DeviceKeySlot? ActiveSlot { get; set; }

    public List<DeviceKeySlot> Destroyed { get; } = [];

    public string Name => keys.Name;

    public KeyProtection Protection => keys.Protection;

    public int Reopenings => keys.Reopenings;

    public bool NeedsRestart => keys.NeedsRestart;

    public Task<KeyOpening> CreateAsync(DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        before("create");
        Assert.NotEqual(ActiveSlot, slot);
        return keys.CreateAsync(slot, cancellationToken);
    }

    public Task<KeyOpening> OpenAsync(DeviceKeySlot slot, CancellationToken cancellationToken) => keys.OpenAsync(slot, cancellationToken);

    public void Forget(DeviceKeySlot slot) => keys.Forget(slot);

    public Task<KeyDestruction> DestroyAsync(DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        before("destroy");
        Assert.NotEqual(ActiveSlot, slot);
        Destroyed.Add(slot);
        return keys.DestroyAsync(slot, cancellationToken);
    }

    public void Dispose() => keys.Dispose();
}
