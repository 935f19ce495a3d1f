using System.Collections.Immutable;
using Sallyport.Hosting.Keys;
using Sallyport.Identity;
using Sallyport.Identity.Keys;

namespace Sallyport.SecureBuffer.Keys;

/// <summary>
/// One of the gateway's keys: chosen once, and from then on that very key. A file beside the rings says which; while its provider does not answer nothing takes its
/// place, because what was wrapped for it would be lost. One caller at a time opens it.
/// </summary>
internal sealed class PinnedKey(DeviceKeySlot slot, DeviceKeyPlan plan, string folder, TimeProvider time)
{
    private long _failures;

    public DeviceKeySlot Slot => slot;

    /// <summary>Which key it is; null before it was opened.</summary>
    public KeyPin? Pin { get; private set; }

    /// <summary>What keeps the key from whoever takes the disk away; null before it was opened.</summary>
    public KeyProtection? Protection { get; private set; }

    /// <summary>The providers that did not do when the key was chosen just now, with their reasons.</summary>
    public ImmutableArray<RefusedKeyProvider> PassedOver { get; private set; } = [];

    /// <summary>True if the key is not where it should best be.</summary>
    public bool IsSteppedDown => Pin is { } pin && !string.Equals(pin.Provider, plan.Providers[0].Name, StringComparison.Ordinal);

    /// <summary>Uses and openings that failed.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    private string PinFile => Path.Combine(folder, DeviceKeySlots.NameOf(slot) + ".pin");

    /// <summary>Opens the key, or chooses and makes it where there never was one.</summary>
    /// <returns>What stands in the way; null for nothing.</returns>
    public async Task<string?> OpenAsync(CancellationToken cancellationToken)
    {
        var reason = await TryOpenAsync(cancellationToken);
        if (reason is not null)
        {
            CountFailure();
        }

        return reason;
    }

    /// <summary>The key that is pinned, opened; anything else is told with its reason.</summary>
    public async Task<KeyOpening> KeyAsync(CancellationToken cancellationToken)
    {
        if (Pin is not { } pin)
        {
            return new KeyOpening.Unavailable("the key is not chosen yet");
        }

        if (plan.Providers.FirstOrDefault(one => string.Equals(one.Name, pin.Provider, StringComparison.Ordinal)) is not { } provider)
        {
            return new KeyOpening.Unavailable($"the key is in {pin.Provider}, which is not configured any more: name it in Sallyport__DeviceKeys__Providers");
        }

        return await provider.OpenAsync(slot, cancellationToken) switch
        {
            KeyOpening.Opened { Key: var key } when !key.SubjectPublicKeyInfo.Span.SequenceEqual(pin.SubjectPublicKeyInfo.Span) =>
                new KeyOpening.Unavailable($"{pin.Provider} has another key in its place. {WhatToDo}"),
            KeyOpening.Missing => new KeyOpening.Unavailable($"{pin.Provider} has no such key any more. {WhatToDo}"),
            var other => other,
        };
    }

    /// <summary>Counts a use that failed.</summary>
    public void CountFailure() => Interlocked.Increment(ref _failures);

    /// <summary>Destroys the key, and forgets that there was one.</summary>
    /// <returns>What stands in the way; null for nothing.</returns>
    public async Task<string?> DestroyAsync()
    {
        try
        {
            if (!File.Exists(PinFile))
            {
                return null;
            }

            Pin ??= await ReadPinAsync(CancellationToken.None);
            IDeviceKeyProvider? provider = plan.Providers.FirstOrDefault(one => string.Equals(one.Name, Pin?.Provider, StringComparison.Ordinal));
            if (provider is not null && await provider.DestroyAsync(slot, CancellationToken.None) is KeyDestruction.Failed failed)
            {
                return $"the key {DeviceKeySlots.NameOf(slot)}: {failed.Reason}";
            }

            File.Delete(PinFile);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{PinFile}: {e.Message}";
        }
    }

    private string WhatToDo =>
        $"If the configuration is right and the key is gone for good, remove {PinFile}: a new key is made, and what the rings hold is lost";

    private async Task<string?> TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(PinFile))
            {
                return await ChooseAsync(cancellationToken);
            }

            Pin ??= await ReadPinAsync(cancellationToken);
            if (Pin is null)
            {
                return $"{PinFile} is damaged. {WhatToDo}";
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{PinFile}: {e.Message}";
        }

        switch (await KeyAsync(cancellationToken))
        {
            case KeyOpening.Opened { Key: var key }:
                Protection = key.Protection;
                return plan.RequiresHardware && key.Protection < KeyProtection.Token ? "hardware is required, and the key that is in use is not in hardware" : null;
            case KeyOpening.Unavailable unavailable:
                return unavailable.Reason;
            case KeyOpening.Refused refused:
                return refused.Reason;
            default:
                return "there is no key";
        }
    }

    private async Task<string?> ChooseAsync(CancellationToken cancellationToken)
    {
        var choice = new KeyProviderChoice(plan.Providers, plan.RequiresHardware, new KeyProbe(time));
        switch (await choice.ChooseAsync(slot, cancellationToken))
        {
            case KeyChoice.Chosen chosen:
                var pin = new KeyPin(chosen.Provider.Name, chosen.Key.SubjectPublicKeyInfo);
                await DurableFile.ReplaceAsync(PinFile, pin.ToBytes(), cancellationToken);
                (Pin, Protection, PassedOver) = (pin, chosen.Key.Protection, chosen.PassedOver);
                return null;
            case KeyChoice.None none:
                return none.Reason;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<KeyPin?> ReadPinAsync(CancellationToken cancellationToken) =>
        new FileInfo(PinFile).Length <= KeyPin.MaxSizeInBytes && KeyPin.TryRead(await File.ReadAllBytesAsync(PinFile, cancellationToken), out KeyPin? pin) ? pin : null;
}
