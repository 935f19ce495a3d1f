using System.Globalization;
using System.Security.Cryptography;

namespace Sallyport.Identity.Keys;

/// <summary>Keys in the TPM, at persistent handles: made by tpm2-tools, used through the OpenSSL provider <c>tpm2</c>. They never leave the TPM, not even wrapped with a
/// password: the rights of the device node (group <c>tss</c>) protect their use.</summary>
/// <param name="options">Where.</param>
/// <param name="time">Limits the tools.</param>
public sealed class TpmKeyProvider(TpmOptions options, TimeProvider time) : IDeviceKeyProvider, IDisposable
{
    private const string FixedHere = "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|noda|";

    // OpenSSL reads the variable while it loads the provider, so no two of different TPMs may do so at once.
    private static readonly Lock Loading = new();

    private readonly OpenKeys _keys = new("tpm");
    private readonly TpmTools _tools = new(options, time);
    private readonly SemaphoreSlim _making = new(1, 1);

    /// <inheritdoc/>
    public string Name => _keys.Provider;

    /// <summary>That of a TPM, for a simulator too: what is tested is what a gateway does.</summary>
    public KeyProtection Protection => KeyProtection.Hardware;

    /// <inheritdoc/>
    public int Reopenings => _keys.Reopenings;

    /// <inheritdoc/>
    public bool NeedsRestart => _keys.NeedsRestart;

    /// <inheritdoc/>
    public async Task<KeyOpening> OpenAsync(DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        if (_keys.TryGet(slot, out DeviceKey? open))
        {
            return new KeyOpening.Opened(open);
        }

        switch (await HoldsAsync(HandleOf(slot), cancellationToken))
        {
            case (_, { } reason):
                return new KeyOpening.Unavailable(reason);
            case (false, _):
                return KeyOpening.Missing.Instance;
            default:
                return _keys.Open(slot, Protection, () => Use(HandleOf(slot)));
        }
    }

    /// <inheritdoc/>
    public async Task<KeyOpening> CreateAsync(DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            switch (await HoldsAsync(HandleOf(slot), cancellationToken))
            {
                case (_, { } reason):
                    return new KeyOpening.Unavailable(reason);
                case (true, _):
                    return new KeyOpening.Refused($"the TPM has a key at {HandleOf(slot)} already; destroy it first");
            }

            return await MakeAsync(slot, cancellationToken) is { } failure
                ? new KeyOpening.Unavailable($"the TPM made no key: {failure}")
                : await OpenAsync(slot, cancellationToken);
        }
        finally
        {
            _making.Release();
        }
    }

    /// <inheritdoc/>
    public void Forget(DeviceKeySlot slot) => _keys.Close(slot);

    /// <inheritdoc/>
    public async Task<KeyDestruction> DestroyAsync(DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        _keys.Close(slot);
        (bool holds, string? reason) = await HoldsAsync(HandleOf(slot), cancellationToken);
        reason ??= holds ? await FailureOfAsync("tpm2_evictcontrol", ["-C", "o", "-c", HandleOf(slot)], cancellationToken) : null;
        return reason is null ? KeyDestruction.Destroyed.Instance : new KeyDestruction.Failed(reason);
    }

    /// <summary>Closes the keys. Their connections to the TPM stay until the process ends.</summary>
    public void Dispose()
    {
        _keys.Dispose();
        _making.Dispose();
    }

    private string HandleOf(DeviceKeySlot slot) => Handle(options.FirstHandle + (uint)slot);

    private static string Handle(uint handle) => string.Create(CultureInfo.InvariantCulture, $"0x{handle:x8}");

    private UsableKey Use(string handle)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new CryptographicException("the TPM is used on Linux only");
        }

        lock (Loading)
        {
            ProcessEnvironment.Set("TPM2OPENSSL_TCTI", options.Transport.Tcti);
            using var opened = SafeEvpPKeyHandle.OpenKeyFromProvider("tpm2", "handle:" + handle);
            return UsableKey.From(opened);
        }
    }

    private async Task<(bool Holds, string? Reason)> HoldsAsync(string handle, CancellationToken cancellationToken) =>
        await _tools.RunAsync("tpm2_getcap", ["handles-persistent"], cancellationToken) switch
        {
            TpmToolRun.Succeeded listed => (listed.Output.Contains(handle, StringComparison.OrdinalIgnoreCase), null),
            TpmToolRun.Failed failed => (false, failed.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private async Task<string?> MakeAsync(DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        DirectoryInfo folder;
        try
        {
            folder = Directory.CreateDirectory(Path.Combine(options.WorkFolder, "sallyport-tpm-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }

        try
        {
            return await MakeParentAsync(folder.FullName, cancellationToken)
                ?? await MakeAsync(slot, folder.FullName, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<string?> MakeParentAsync(string folder, CancellationToken cancellationToken)
    {
        string parent = Path.Combine(folder, "parent.ctx");
        (bool isThere, string? reason) = await HoldsAsync(Handle(options.ParentHandle), cancellationToken);
        return isThere || reason is not null
            ? reason
            : await FailureOfAsync("tpm2_createprimary", ["-C", "o", "-g", "sha256", "-G", "ecc", "-c", parent, "-a", FixedHere + "restricted|decrypt"], cancellationToken)
                ?? await FailureOfAsync("tpm2_evictcontrol", ["-C", "o", "-c", parent, Handle(options.ParentHandle)], cancellationToken)
                ?? await FlushAsync(cancellationToken);
    }

    private async Task<string?> MakeAsync(DeviceKeySlot slot, string folder, CancellationToken cancellationToken)
    {
        string publicHalf = Path.Combine(folder, "key.pub");
        string wrappedHalf = Path.Combine(folder, "key.priv");
        string key = Path.Combine(folder, "key.ctx");
        string parent = Handle(options.ParentHandle);
        string[] kind = DeviceKeySlots.Agrees(slot) ? ["-G", "ecc256", "-a", FixedHere + "decrypt"] : ["-G", "ecc256:ecdsa-sha256", "-a", FixedHere + "sign"];
        return await FailureOfAsync("tpm2_create", ["-C", parent, "-g", "sha256", .. kind, "-u", publicHalf, "-r", wrappedHalf], cancellationToken)
            ?? await FailureOfAsync("tpm2_load", ["-C", parent, "-u", publicHalf, "-r", wrappedHalf, "-c", key], cancellationToken)
            ?? await FailureOfAsync("tpm2_evictcontrol", ["-C", "o", "-c", key, HandleOf(slot)], cancellationToken)
            ?? await FlushAsync(cancellationToken);
    }

    // A resource manager forgets what a tool loaded when the tool ends. A simulator has none.
    private async Task<string?> FlushAsync(CancellationToken cancellationToken) =>
        options.Transport.IsSimulator ? await FailureOfAsync("tpm2_flushcontext", ["-t"], cancellationToken) : null;

    private async Task<string?> FailureOfAsync(string tool, string[] arguments, CancellationToken cancellationToken) =>
        await _tools.RunAsync(tool, arguments, cancellationToken) is TpmToolRun.Failed failed ? failed.Reason : null;
}
