using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Keys;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Keys;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>How the roots of the chains come to the verifier, and that they are sent until they are there.</summary>
public sealed class AnnouncerTests : IDisposable
{
    private static readonly RSA First = RSA.Create(3072);
    private static readonly RSA Second = RSA.Create(3072);
    private static readonly VerifierKey FirstKey = KeyOf(First);
    private static readonly VerifierKey SecondKey = KeyOf(Second);

    private readonly MemoryDevice _alerts = new(BufferPlan.Default.AlertsSizeInBytes);
    private readonly MemoryDevice _bulk = new(BufferPlan.Default.SizeInBytes);
    private readonly BufferPlan _plan = BufferPlan.Default with { Verifier = FirstKey };
    private readonly Bench _bench;

    public AnnouncerTests() => _bench = NewBench();

    public void Dispose()
    {
        _bench.Dispose();
        _alerts.Dispose();
        _bulk.Dispose();
    }

    [Fact]
    public async Task An_announcement_is_delivered_when_that_is_proven_and_not_before()
    {
        _bench.EdgeHub.IsUplinkOpen = false;
        _bench.Committer.Step();
        _bench.Lanes.Seal();
        await _bench.DeliverAsync(most: 20);
        _bench.Committer.Step();
        Assert.Equal(0, Delivered(_bench));

        _bench.EdgeHub.IsUplinkOpen = true;
        _bench.EdgeHub.Pump();
        await _bench.DeliverAsync();
        _bench.Committer.Step();

        Assert.Equal(2, Delivered(_bench));
        _bench.Committer.Step();
        Assert.Equal([2420, 2422, 2420, 2422, 2421, 2421], _bench.AnnouncerLog.Collector.GetSnapshot().Select(record => record.Id.Id));
        Assert.Equal(2, Announcements(_bench).Count);
    }

    [Fact]
    public async Task What_is_delivered_is_sent_at_the_next_start_too()
    {
        _bench.Committer.Step();
        _bench.Committer.End();
        using Bench second = NewBench();
        second.Committer.Step();
        second.Lanes.Seal();
        await second.DeliverAsync();
        second.Committer.Step();
        second.Committer.End();

        // Those of the first start were still in the ring.
        Assert.Equal(4, Announcements(second).Count);
        Assert.Equal(2, Announcements(second).Distinct(StringComparer.Ordinal).Count());
        using Bench third = NewBench();
        third.Committer.Step();
        third.Lanes.Seal();
        await third.DeliverAsync();
        Assert.Equal(2, Announcements(third).Count);
    }

    [Fact]
    public async Task An_announcement_that_was_evicted_on_the_way_is_sent_again()
    {
        _bench.Committer.Step();
        for (var number = 0; number < 60; number++)
        {
            _bench.Lanes.Append(new RingRecord(MessageType.Audit, Random(number), Quality: null));
            _bench.Lanes.Seal();
            _bench.Clock.Advance(TimeSpan.FromSeconds(1));
            _bench.Committer.Step();
        }

        Assert.True(_bench.Lanes.Alerts.Status(_bench.Moments.Now).Lost.Sum(loss => loss.Records) > 2);
        _bench.Lanes.Seal();
        await _bench.DeliverAsync();
        Assert.True(Announcements(_bench).Count >= 2);
        _bench.Committer.Step();
        Assert.Equal(2, Delivered(_bench));
    }

    [Fact]
    public async Task Another_certificate_begins_a_chain_for_its_owner_at_once_and_nothing_is_lost()
    {
        _bench.Committer.Step();
        _bench.Lanes.Append(Bench.Record(0));
        _bench.Lanes.Bulk.Seal(_bench.Moments.Now);
        var before = _bench.Lanes.Bulk.Announcement!;

        _bench.Clock.Advance(TimeSpan.FromSeconds(1));
        _bench.Announcer.Use(SecondKey);
        _bench.Committer.Step();
        _bench.Lanes.Append(Bench.Record(1));
        _bench.Lanes.Seal();
        await _bench.DeliverAsync();
        _bench.Committer.Step();

        var after = _bench.Lanes.Bulk.Announcement!;
        Assert.NotEqual(before.KeyId, after.KeyId);
        Assert.Equal(2, after.FirstEpoch);
        UInt128 ring = _bench.Lanes.Bulk.Identity!.Id;
        Assert.True(after.TryOpen(Second, ring, out SecretKey? root));
        root.Dispose();
        Assert.False(after.TryOpen(First, ring, out _));
        HubMessage[] bulk = [.. _bench.EdgeHub.Cloud.Where(message => message.Properties["sp-buffer"].EndsWith("bulk", StringComparison.Ordinal))];
        Assert.Equal([$"{before.KeyId:x32}", $"{after.KeyId:x32}"], bulk.Select(message => message.Properties["sp-kid"]));
        Assert.Equal([0, 1], new Arrivals(bulk).Records.Values);
        Assert.StartsWith("2:", _bench.Lanes.Bulk.Identity.Epoch, StringComparison.Ordinal);
        Assert.Equal(4, Announcements(_bench).Count);
    }

    [Fact]
    public void The_same_certificate_again_or_none_changes_nothing()
    {
        _bench.Committer.Step();
        _bench.Committer.Step();
        UInt128 before = _bench.Lanes.Bulk.Announcement!.KeyId;
        _bench.Announcer.Use(FirstKey);
        _bench.Announcer.Use(null);
        _bench.Clock.Advance(TimeSpan.FromMinutes(1));
        _bench.Committer.Step();
        Assert.Equal(before, _bench.Lanes.Bulk.Announcement!.KeyId);
        Assert.StartsWith("1:", _bench.Lanes.Bulk.Identity!.Epoch, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ring_that_is_in_memory_begins_the_chain_too()
    {
        using var bench = new Bench(_plan);
        bench.Announcer.Use(SecondKey);
        bench.Committer.Step();
        Assert.StartsWith("2:", bench.Lanes.Bulk.Identity!.Epoch, StringComparison.Ordinal);
        Assert.Equal(SecondKey.Thumbprint, bench.Lanes.Bulk.Announcement!.Thumbprint);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_changed_desired_property_takes_effect_without_a_restart()
    {
        using var bell = new Bell(_bench.Clock);
        using var worker = new VerifierWorker(_bench.Announcer, _bench.Lanes, _bench.Plans, bell);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        await bell.SleepAsync(null, TestContext.Current.CancellationToken);
        _bench.Plans.Replace(new Hosting.CurrentPlan<BufferPlan>.Edition(_plan with { Verifier = SecondKey }, 2, "cfg"));
        await bell.SleepAsync(null, TestContext.Current.CancellationToken);
        _bench.Committer.Step();
        Assert.StartsWith("2:", _bench.Lanes.Alerts.Identity!.Epoch, StringComparison.Ordinal);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    private static VerifierKey KeyOf(RSA key)
    {
        using X509Certificate2 certificate = new CertificateRequest("CN=verifier", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        Assert.True(VerifierKey.TryCreate(certificate, out VerifierKey? verifier, out var reason), reason);
        return verifier;
    }

    private static int Delivered(Bench bench) => bench.AnnouncerLog.Collector.GetSnapshot().Count(record => record.Id.Id == 2421);

    private static List<string> Announcements(Bench bench) =>
    [
        .. bench.EdgeHub.Cloud
            .SelectMany(message => BatchBody.TrySplit(message.Body, out var records) ? records : [])
            .Where(record => JsonDocument.Parse(record).RootElement is { ValueKind: JsonValueKind.Object } json
                && json.TryGetProperty("schema", out JsonElement schema) && schema.ValueEquals(AnnouncementJson.Schema))
            .Select(record => System.Text.Encoding.UTF8.GetString(record.Span)),
    ];

    // Does not compress.
    private static byte[] Random(int number) =>
        System.Text.Encoding.ASCII.GetBytes($"{{\"i\":{number},\"x\":\"{Convert.ToHexString(RandomNumberGenerator.GetBytes(7000))}\"}}");

    private Bench NewBench() => new(_plan, StorageState.Disk, (lane, _) => lane is "bulk" ? _bulk : _alerts);
}
