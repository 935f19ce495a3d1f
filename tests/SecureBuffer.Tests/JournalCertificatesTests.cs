using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.Hosting.Keys;
using Sallyport.Identity;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;
using Sallyport.IotHub.Provisioning;
using Sallyport.SecureBuffer.Delivery;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>The identity that CertificateManager keeps, as the direct uplink takes it.</summary>
public sealed class JournalCertificatesTests : IDisposable
{
    private readonly IdentityBench _bench = new();
    private readonly FakeLogger<JournalCertificates> _log = new();
    private readonly FileKeyProvider _keys;
    private int _restarts;

    public JournalCertificatesTests() => _keys = new FileKeyProvider(_bench.KeyFolder);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _keys.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task Until_there_is_a_certificate_the_reason_says_what_is_missing()
    {
        Assert.Contains("set Sallyport__DeviceKeys__Providers", await ReasonAsync(new JournalCertificates(_bench.Folder, keys: null, Restart, _log)), StringComparison.Ordinal);
        Assert.Contains("mount the folder of CertificateManager's identity there", await ReasonAsync(Certificates()), StringComparison.Ordinal);
        await _bench.WriteAsync(RenewalJournal.New with { Reason = "the server is away" });
        Assert.EndsWith("has no certificate yet: see what CertificateManager says. the server is away", await ReasonAsync(Certificates()), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_bench.Folder, JournalCertificates.FileName), "{}", Token);
        Assert.EndsWith("is not what CertificateManager writes.", await ReasonAsync(Certificates()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_active_certificate_is_joined_with_the_key_of_its_slot_and_sent_with_its_issuer()
    {
        await _bench.WriteAsync(new RenewalJournal { State = RenewalState.Idle, Active = await _bench.IssueAsync(DeviceKeySlot.IdentityA) });
        DeviceCertificate own = Assert.Single(await FoundAsync());
        Assert.Equal("gateway-1", own.CommonName);
        Assert.Equal(["CN=Issuing"], own.Intermediates.Select(one => one.Subject));
        using ClientHandshake handshake = Assert.IsType<KeyUse<ClientHandshake>.Done>(own.Prepare()).Result;
        Assert.NotSame(own.Context, handshake.Context);
        Assert.Contains("its key is in file (File)", _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_one_before_comes_second_while_it_is_kept_and_no_longer()
    {
        var journal = new RenewalJournal
        {
            State = RenewalState.Overlap,
            ActiveSlot = DeviceKeySlot.IdentityB,
            Active = await _bench.IssueAsync(DeviceKeySlot.IdentityB),
            Previous = await _bench.IssueAsync(DeviceKeySlot.IdentityA),
        };
        await _bench.WriteAsync(journal);
        ImmutableArray<DeviceCertificate> both = await FoundAsync();
        Assert.Equal(2, both.Length);
        Assert.NotEqual(both[0].Thumbprint, both[1].Thumbprint);
        await _bench.WriteAsync(journal with { State = RenewalState.Retiring });
        Assert.Equal(both[0].Thumbprint, Assert.Single(await FoundAsync()).Thumbprint);
    }

    [Fact]
    public async Task If_the_new_key_does_not_answer_the_one_before_is_there_alone_and_the_log_says_so()
    {
        await _bench.WriteAsync(new RenewalJournal
        {
            State = RenewalState.Overlap,
            ActiveSlot = DeviceKeySlot.IdentityB,
            Active = await _bench.IssueAsync(DeviceKeySlot.IdentityB),
            Previous = await _bench.IssueAsync(DeviceKeySlot.IdentityA),
        });
        await _keys.DestroyAsync(DeviceKeySlot.IdentityB, Token);
        Assert.Single(await FoundAsync());
        Assert.Equal(2113, _log.LatestRecord.Id.Id);
        Assert.Contains("The key identity-b of the identity is not to be had. file: it has no such key.", _log.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_another_process_put_into_an_open_slot_is_found_and_the_change_is_seen()
    {
        JournalCertificates certificates = Certificates();
        await _bench.WriteAsync(new RenewalJournal { State = RenewalState.Idle, Active = await _bench.IssueAsync(DeviceKeySlot.IdentityA) });
        DateTime before = certificates.LastChange;
        string first = Assert.Single(await FoundAsync(certificates)).Thumbprint;
        await _bench.WriteAsync(new RenewalJournal { State = RenewalState.Idle, Active = await _bench.IssueAsync(DeviceKeySlot.IdentityA) });
        Assert.NotEqual(before, certificates.LastChange);
        Assert.NotEqual(first, Assert.Single(await FoundAsync(certificates)).Thumbprint);
    }

    [Fact]
    public async Task Where_hardware_is_required_a_key_in_a_file_does_not_do()
    {
        await _bench.WriteAsync(new RenewalJournal { State = RenewalState.Idle, Active = await _bench.IssueAsync(DeviceKeySlot.IdentityA) });
        string reason = await ReasonAsync(new JournalCertificates(_bench.Folder, new DeviceKeyPlan([_keys], RequiresHardware: true), Restart, _log));
        Assert.Contains("file: hardware is required, and its key is not in hardware", reason, StringComparison.Ordinal);
    }

    // A token in a TPM shows a process the keys that there were when the process began.
    [Fact]
    public async Task A_new_certificate_whose_key_cannot_be_seen_restarts_the_module_once_and_not_for_the_certificate_that_it_began_with()
    {
        JournalCertificates certificates = Certificates();
        var journal = new RenewalJournal { State = RenewalState.Idle, Active = await _bench.IssueAsync(DeviceKeySlot.IdentityA) };
        await _bench.WriteAsync(journal);
        await FoundAsync(certificates);
        string next = await _bench.IssueAsync(DeviceKeySlot.IdentityB);
        foreach (string key in Directory.GetFiles(_bench.KeyFolder))
        {
            File.Delete(key);
        }

        _keys.Forget(DeviceKeySlot.IdentityA);
        _keys.Forget(DeviceKeySlot.IdentityB);
        await ReasonAsync(certificates);
        Assert.Equal(0, _restarts);
        await _bench.WriteAsync(journal with { ActiveSlot = DeviceKeySlot.IdentityB, Active = next });
        await ReasonAsync(certificates);
        Assert.Equal(1, _restarts);
        Assert.Equal(2114, _log.LatestRecord.Id.Id);

        await ReasonAsync(Certificates());
        Assert.Equal(1, _restarts);
    }

    private void Restart() => _restarts++;

    private JournalCertificates Certificates() => new(_bench.Folder, new DeviceKeyPlan([_keys], RequiresHardware: false), Restart, _log);

    private async Task<ImmutableArray<DeviceCertificate>> FoundAsync(JournalCertificates? certificates = null) =>
        Assert.IsType<OwnCertificates.Found>(await (certificates ?? Certificates()).ReadAsync(Token)).Certificates;

    private static async Task<string> ReasonAsync(JournalCertificates certificates) =>
        Assert.IsType<OwnCertificates.None>(await certificates.ReadAsync(Token)).Reason;
}
