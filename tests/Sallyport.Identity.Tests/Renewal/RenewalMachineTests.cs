using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Sallyport.Identity.Issuing;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;
using Sallyport.Identity.Tests.Issuing;

namespace Sallyport.Identity.Tests.Renewal;

/// <summary>A gateway is never left without an identity that works.</summary>
public sealed class RenewalMachineTests : IDisposable
{
    private readonly Plant _plant = new();
    private readonly Gateway _gateway;

    public RenewalMachineTests() => _gateway = new Gateway(_plant);

    public void Dispose()
    {
        _gateway.Dispose();
        _plant.Dispose();
    }

    [Fact]
    public async Task The_first_certificate_comes_with_the_bootstrap_certificate_and_the_next_with_the_present_one()
    {
        await _gateway.UntilAsync(RenewalState.Idle);
        Assert.True(await _gateway.HasIdentityAsync());
        DateTimeOffset first = DatesOf(_gateway.Journal.Active).NotAfter;
        await _gateway.StepAsync();
        Assert.Equal(RenewalState.Idle, _gateway.Journal.State);

        _gateway.Advance(_gateway.Machine.WakeAt(_gateway.Journal) - _gateway.Clock.GetUtcNow());
        TimeSpan left = first - _gateway.Clock.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromDays(30), TimeSpan.FromDays(33.1));
        await _gateway.UntilAsync(RenewalState.Overlap);
        Assert.Equal(["bootstrap", "present"], _gateway.Asked);
        Assert.True(DatesOf(_gateway.Journal.Active).NotAfter > first);
        Assert.Equal(first, DatesOf(_gateway.Journal.Previous).NotAfter);
    }

    [Fact]
    public async Task The_old_key_lives_until_the_overlap_is_over()
    {
        await _gateway.UntilAsync(RenewalState.Idle);
        DeviceKeySlot old = _gateway.Journal.ActiveSlot;
        await _gateway.UntilAsync(RenewalState.Overlap);
        _gateway.Keys.Destroyed.Clear();
        _gateway.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        await _gateway.StepAsync();
        Assert.IsType<KeyOpening.Opened>(await _gateway.Keys.OpenAsync(old, TestContext.Current.CancellationToken));
        Assert.Empty(_gateway.Keys.Destroyed);
        await _gateway.UntilAsync(RenewalState.Idle);
        Assert.Equal([old], _gateway.Keys.Destroyed);
        Assert.IsType<KeyOpening.Missing>(await _gateway.Keys.OpenAsync(old, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_certificate_that_is_refused_by_those_who_must_accept_it_is_not_used()
    {
        await _gateway.UntilAsync(RenewalState.Idle);
        string before = _gateway.Journal.Active;
        _gateway.Proof = new IdentityProof.Refused("the broker does not know the new authority");
        await _gateway.UntilAsync(RenewalState.Backoff);
        Assert.Equal((before, "the new certificate is not accepted: the broker does not know the new authority"), (_gateway.Journal.Active, _gateway.Journal.Reason));
        Assert.True(await _gateway.HasIdentityAsync());
        _gateway.Proof = null;
        await _gateway.UntilAsync(RenewalState.Overlap);
    }

    [Fact]
    public async Task A_certificate_that_is_refused_after_the_switch_is_given_up_for_the_one_before()
    {
        await _gateway.UntilAsync(RenewalState.Idle);
        (string before, DeviceKeySlot slot) = (_gateway.Journal.Active, _gateway.Journal.ActiveSlot);
        await _gateway.UntilAsync(RenewalState.Overlap);
        await _gateway.StoreAsync(_gateway.Machine.FallBack(_gateway.Journal, "IoT Hub refuses it"));
        Assert.Equal((before, slot, RenewalState.Backoff), (_gateway.Journal.Active, _gateway.Journal.ActiveSlot, _gateway.Journal.State));
        Assert.True(await _gateway.HasIdentityAsync());
        await _gateway.UntilAsync(RenewalState.Overlap);
        Assert.NotEqual(slot, _gateway.Journal.ActiveSlot);
    }

    [Fact]
    public async Task Somebody_who_must_approve_is_waited_for_with_the_same_key()
    {
        _gateway.NeedsApproval = true;
        await _gateway.UntilAsync(RenewalState.Pending);
        int destroyed = _gateway.Keys.Destroyed.Count;
        Assert.Equal(_gateway.Clock.GetUtcNow().AddHours(1), _gateway.Machine.WakeAt(_gateway.Journal));
        await _gateway.UntilAsync(RenewalState.Received);
        Assert.Equal(destroyed, _gateway.Keys.Destroyed.Count);
    }

    public static TheoryData<string, string> BadAnswers => new()
    {
        { "empty", "another key" },
        { "of another key", "another key" },
        { "without its issuer", "" },
        { "of another name", "" },
        { "no later than the present one", "no later" },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task A_bad_answer_changes_nothing(string what, string reason)
    {
        await _gateway.UntilAsync(RenewalState.Idle);
        string before = _gateway.Journal.Active;
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _gateway.Life = what.StartsWith("no later", StringComparison.Ordinal) ? TimeSpan.FromDays(20) : _gateway.Life;
        _gateway.Answer = answer => what switch
        {
            "empty" => [],
            "of another key" => [_plant.IssueDevice(other), _plant.Issuing],
            "without its issuer" => [answer[1]],
            "of another name" => [_plant.Issuing, Renamed(answer[1])],
            _ => answer,
        };
        await _gateway.UntilAsync(RenewalState.Backoff);
        Assert.Equal(before, _gateway.Journal.Active);
        Assert.Contains(reason, _gateway.Journal.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(_gateway.Journal.Reason);
        Assert.True(await _gateway.HasIdentityAsync());
    }

    [Fact]
    public async Task Pauses_grow_and_never_outlast_the_certificate()
    {
        await _gateway.UntilAsync(RenewalState.Idle);
        _gateway.IsCutOff = true;
        DateTimeOffset end = DatesOf(_gateway.Journal.Active).NotAfter;
        var pauses = new List<TimeSpan>();
        while (_gateway.Clock.GetUtcNow() < end.AddDays(-1))
        {
            await _gateway.UntilAsync(RenewalState.Backoff);
            TimeSpan pause = _gateway.Machine.WakeAt(_gateway.Journal) - _gateway.Clock.GetUtcNow();
            TimeSpan left = end - _gateway.Clock.GetUtcNow();
            Assert.InRange(pause, TimeSpan.FromMinutes(4), TimeSpan.FromHours(6));
            Assert.True(pause <= left / 20 || pause <= TimeSpan.FromMinutes(5), $"{pause} of {left}");
            pauses.Add(pause);
            _gateway.Advance(pauses.Count > 8 ? left / 3 : pause);
            await _gateway.StepAsync();
        }

        Assert.True(pauses.Max() > TimeSpan.FromHours(4));
    }

    [Fact]
    public async Task A_journal_comes_back_as_it_was_and_anything_else_is_refused()
    {
        await _gateway.UntilAsync(RenewalState.Overlap);
        byte[] bytes = RenewalJournalJson.ToBytes(_gateway.Journal);
        Assert.True(RenewalJournalJson.TryRead(bytes, out RenewalJournal? read));
        Assert.Equal(_gateway.Journal, read);
        Assert.All(Enumerable.Range(0, bytes.Length - 1).Where(at => at % 37 == 0), at => Assert.False(RenewalJournalJson.TryRead(bytes.AsSpan(0, at), out _)));
        Gen.Byte.Array[0, 200].Sample(noise => !RenewalJournalJson.TryRead(noise, out _));
    }

    [Fact]
    public void A_certificate_is_due_with_a_third_of_its_life_left_or_with_thirty_days() => Gen.Select(Gen.Int[1, 20_000], Gen.Int[0, 999]).Sample((hours, device) =>
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        TimeSpan life = TimeSpan.FromHours(hours);
        TimeSpan left = start + life - new RenewalOptions($"gw-{device}").DueAt(start, start + life);
        return left >= life / 3.01 && left <= life * 0.56 && (left >= TimeSpan.FromDays(30) || life < TimeSpan.FromDays(60.1));
    });

    private static (DateTimeOffset NotBefore, DateTimeOffset NotAfter) DatesOf(string pem)
    {
        Assert.True(CertificateChain.TryRead(pem, out CertificateChain? chain));
        using (chain)
        {
            return (chain.NotBefore, chain.NotAfter);
        }
    }

    // The right key and authority, and the name of another gateway.
    private X509Certificate2 Renamed(X509Certificate2 certificate)
    {
        var order = new IssueOrder(CertificateProfile.Device, "gw-0002", TimeSpan.FromDays(90));
        var request = new CertificateRequest(order.Subject, certificate.PublicKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("gw-0002");
        request.CertificateExtensions.Add(names.Build());
        foreach (X509Extension extension in certificate.Extensions.Where(extension => extension.Oid!.Value is not "2.5.29.17"))
        {
            request.CertificateExtensions.Add(extension);
        }

        return request.Create(
            _plant.Issuing.SubjectName, X509SignatureGenerator.CreateForECDsa(_plant.IssuingKey), new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter), certificate.SerialNumberBytes.Span);
    }
}
