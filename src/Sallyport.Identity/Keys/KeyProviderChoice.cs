using System.Collections.Immutable;

namespace Sallyport.Identity.Keys;

/// <summary>Chooses the provider for a key when there is no key yet. Whoever gets a choice keeps it (<see cref="KeyPin"/>): a TPM that does not answer one morning must not
/// make another key take its place.</summary>
/// <param name="order">The preferred first.</param>
/// <param name="requiresHardware">True forbids everything weaker than a token that says it is hardware: then there is rather no key.</param>
/// <param name="probe">Tries each.</param>
public sealed class KeyProviderChoice(ImmutableArray<IDeviceKeyProvider> order, bool requiresHardware, KeyProbe probe)
{
    /// <summary>Takes the first provider whose key works; an empty slot gets a key. A new key that does not work is destroyed again.</summary>
    public async Task<KeyChoice> ChooseAsync(DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        var refused = ImmutableArray.CreateBuilder<RefusedKeyProvider>();
        foreach (IDeviceKeyProvider provider in order)
        {
            (IDeviceKey? key, bool isNew, string reason) = await TryAsync(provider, slot, cancellationToken);
            if (key is not null)
            {
                return new KeyChoice.Chosen(provider, key, isNew, refused.ToImmutable());
            }

            refused.Add(new RefusedKeyProvider(provider.Name, provider.Protection, reason));
        }

        return new KeyChoice.None(refused.ToImmutable());
    }

    private async Task<(IDeviceKey? Key, bool IsNew, string Reason)> TryAsync(IDeviceKeyProvider provider, DeviceKeySlot slot, CancellationToken cancellationToken)
    {
        // A file is refused before it is touched; what a token is, it says when it is opened.
        if (requiresHardware && provider.Protection == KeyProtection.File)
        {
            return (null, false, TooWeak(provider));
        }

        KeyOpening opening = await provider.OpenAsync(slot, cancellationToken);
        if (requiresHardware && provider.Protection < KeyProtection.Token && opening is KeyOpening.Opened or KeyOpening.Missing)
        {
            return (null, false, TooWeak(provider));
        }

        bool isNew = opening is KeyOpening.Missing;
        opening = isNew ? await provider.CreateAsync(slot, cancellationToken) : opening;
        switch (opening)
        {
            case KeyOpening.Opened { Key: var key }:
                return await ProbeAsync(provider, key, isNew, cancellationToken);
            case KeyOpening.Unavailable unavailable:
                return (null, false, unavailable.Reason);
            case KeyOpening.Refused denied:
                return (null, false, denied.Reason);
            default:
                return (null, false, "the key that was made is not there");
        }
    }

    private async Task<(IDeviceKey? Key, bool IsNew, string Reason)> ProbeAsync(
        IDeviceKeyProvider provider, IDeviceKey key, bool isNew, CancellationToken cancellationToken)
    {
        if (await probe.RunAsync(key, cancellationToken) is not KeyProbing.Fails fails)
        {
            return (key, isNew, "");
        }

        if (isNew)
        {
            _ = await provider.DestroyAsync(key.Slot, cancellationToken);
        }

        var advice = fails.Step is KeyProbeStep.Tls12 or KeyProbeStep.Tls13 && provider.Protection == KeyProtection.Hardware ? NoTls : "";
        return (null, false, $"its key does not do {fails.Step}: {fails.Reason}{advice}");
    }

    private const string NoTls = ". The OpenSSL provider for TPMs (tpm2-openssl) cannot do TLS before 1.2.0: name pkcs11 with libtpm2_pkcs11.so behind tpm";

    private static string TooWeak(IDeviceKeyProvider provider) =>
        $"hardware is required, and a key of {provider.Name} is protected by {(provider.Protection == KeyProtection.File ? "the rights of a file" : "software")} only";
}
