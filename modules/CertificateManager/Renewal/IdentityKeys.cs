using System.Collections.Immutable;
using Sallyport.Hosting.Keys;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;

namespace Sallyport.CertificateManager.Renewal;

/// <summary>Finds the provider with the keys of the identity among those that are configured.</summary>
/// <param name="plan">Null if none is configured.</param>
/// <param name="probe">Tries a key before anything depends on it.</param>
internal sealed class IdentityKeys(DeviceKeyPlan? plan, KeyProbe probe) : IDisposable
{
    /// <summary>Tries each key.</summary>
    public KeyProbe Probe => probe;

    /// <summary>The provider that has the key of the certificate in use; without such a certificate the first whose keys work.</summary>
    public async Task<KeySearch> FindAsync(RenewalJournal journal, CancellationToken cancellationToken)
    {
        if (plan is null)
        {
            return new KeySearch.Waiting("no provider of keys is configured: set Sallyport__DeviceKeys__Providers");
        }

        var isCertified = CertificateChain.TryRead(journal.Active, out CertificateChain? chain);
        if (isCertified)
        {
            using (chain)
            {
                byte[] wanted = chain!.Leaf.PublicKey.ExportSubjectPublicKeyInfo();
                if (await FindAsync(journal.ActiveSlot, wanted, cancellationToken) is { } search)
                {
                    return search;
                }
            }
        }

        return await new KeyProviderChoice(plan.Providers, plan.RequiresHardware, probe).ChooseAsync(journal.FreeSlot, cancellationToken) switch
        {
            KeyChoice.Chosen chosen => new KeySearch.Found(chosen.Provider, isCertified, TextOf(chosen.PassedOver)) { IsNew = chosen.IsNew },
            KeyChoice.None none => new KeySearch.Waiting(none.Reason),
            _ => throw new InvalidOperationException("A choice is one or none."),
        };
    }

    /// <summary>Closes the keys; they stay where they are.</summary>
    public void Dispose()
    {
        foreach (IDeviceKeyProvider provider in plan?.Providers ?? [])
        {
            (provider as IDisposable)?.Dispose();
        }
    }

    // Null if every provider answered and none has the key. A provider that does not answer may have it.
    private async Task<KeySearch?> FindAsync(DeviceKeySlot slot, byte[] wanted, CancellationToken cancellationToken)
    {
        var passed = ImmutableArray.CreateBuilder<RefusedKeyProvider>();
        var isSilent = false;
        foreach (IDeviceKeyProvider provider in plan!.Providers)
        {
            KeyOpening opening = await provider.OpenAsync(slot, cancellationToken);
            if (opening is KeyOpening.Opened { Key: var key } && key.SubjectPublicKeyInfo.Span.SequenceEqual(wanted))
            {
                return new KeySearch.Found(provider, IsKeyLost: false, TextOf(passed.ToImmutable()));
            }

            isSilent |= opening is KeyOpening.Unavailable or KeyOpening.Refused;
            passed.Add(new RefusedKeyProvider(provider.Name, provider.Protection, ReasonOf(opening)));
        }

        return isSilent ? new KeySearch.Waiting($"the key of the certificate in use is not found: {TextOf(passed.ToImmutable())}") : null;
    }

    private static string ReasonOf(KeyOpening opening) => opening switch
    {
        KeyOpening.Unavailable unavailable => unavailable.Reason,
        KeyOpening.Refused refused => refused.Reason,
        KeyOpening.Opened => "it has another key",
        _ => "it has no key",
    };

    private static string TextOf(ImmutableArray<RefusedKeyProvider> passed) => string.Join("; ", passed.Select(one => $"{one.Provider}: {one.Reason}"));
}
