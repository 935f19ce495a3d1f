using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sallyport.Identity;
using Sallyport.IotHub.Provisioning;

namespace Sallyport.IotHub.Tests.Provisioning;

/// <summary>Answers registrations as it is told, the last answer again and again.</summary>
internal sealed class FakeProvisioner : IDeviceProvisioner
{
    private int _registrations;

    public int Registrations => Volatile.Read(ref _registrations);

    /// <summary>Makes an answer from the certificates.</summary>
    public ConcurrentQueue<Func<ImmutableArray<DeviceCertificate>, ProvisioningOutcome>> Answers { get; } = [];

    public Task<ProvisioningOutcome> RegisterAsync(ImmutableArray<DeviceCertificate> certificates, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _registrations);
        Assert.True(Answers.TryPeek(out Func<ImmutableArray<DeviceCertificate>, ProvisioningOutcome>? answer));
        if (Answers.Count > 1)
        {
            Answers.TryDequeue(out _);
        }

        return Task.FromResult(answer(certificates));
    }
}
