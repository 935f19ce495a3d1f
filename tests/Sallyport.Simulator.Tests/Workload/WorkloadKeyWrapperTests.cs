using Sallyport.IotHub;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Keys;
using Sallyport.SecureBuffer.Keys;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Network;
using Sallyport.Simulator.Tests.Brokers;
using Sallyport.TestKit;

namespace Sallyport.Simulator.Tests.Workload;

/// <summary>SecureBuffer's key slot for the Edge daemon, against a daemon.</summary>
public sealed class WorkloadKeyWrapperTests
{
    private static readonly UInt128 Ring = 0x1122;

    private readonly HurriedTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_wrapped_key_comes_back_for_the_same_ring_only()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(Cancel);
        using WorkloadClient client = await ConnectAsync(harness, harness.Alpha);
        WorkloadKeyWrapper wrapper = For(client, harness.Alpha);
        using SecretKey key = NewKey();

        KeySlot slot = await WrapAsync(wrapper, key);

        Assert.Equal(KeySlotKind.Workload, slot.Kind);
        using SecretKey back = Assert.IsType<KeyUnwrapping.Unwrapped>(await UnwrapAsync(wrapper, slot)).Key;
        Assert.True(back.IsSameAs(key));
        Assert.IsType<KeyUnwrapping.Refused>(await UnwrapAsync(wrapper, slot, Ring + 1));
        Assert.IsType<KeyUnwrapping.Refused>(await UnwrapAsync(wrapper, slot with { Wrapped = [1, 2, 3] }));
    }

    [Fact(Timeout = 60_000)]
    public async Task After_the_module_was_removed_and_added_again_its_slot_is_refused_and_a_daemon_that_is_gone_is_only_unavailable()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(Cancel);
        using WorkloadClient client = await ConnectAsync(harness, harness.Alpha);
        using SecretKey key = NewKey();
        KeySlot slot = await WrapAsync(For(client, harness.Alpha), key);

        await harness.Workload.RemoveModuleAsync("alpha");
        Assert.IsType<KeyUnwrapping.Unavailable>(await UnwrapAsync(For(client, harness.Alpha), slot));
        Assert.IsType<KeyWrapping.Unavailable>(await For(client, harness.Alpha).WrapAsync(key, Ring, Cancel));

        RegisteredIdentity again = harness.Alpha with { GenerationId = "another" };
        using WorkloadClient newClient = await ConnectAsync(harness, again);
        Assert.Contains("removed and added again", Assert.IsType<KeyUnwrapping.Refused>(await UnwrapAsync(For(newClient, again), slot)).Reason, StringComparison.Ordinal);

        // With the old name of its generation the daemon does not take it for the module at all: that says nothing about the slot.
        Assert.IsType<KeyUnwrapping.Unavailable>(await UnwrapAsync(For(newClient, harness.Alpha), slot));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(500, """{"message":"internal error"}""")]
    [InlineData(404, """{"message":"not found"}""")]
    [InlineData(200, """{"plaintext":null,"ciphertext":null}""")]
    [InlineData(200, "nonsense")]
    public async Task A_daemon_that_cannot_even_decrypt_what_it_encrypted_itself_says_nothing_about_the_slot(int status, string body)
    {
        string path = Path.Combine(Path.GetTempPath(), $"w{Guid.NewGuid():N}.sock");
        using var logs = new Microsoft.Extensions.Logging.LoggerFactory();
        await using (await HttpEndpoint.StartAsync(
            kestrel => kestrel.ListenUnixSocket(path), context => HttpReply.WriteAsync(context, status, "application/json", body), logs, Cancel))
        {
            using var client = new WorkloadClient(new Uri("unix://" + path), _time);
            var wrapper = new WorkloadKeyWrapper(client, "alpha", "1");
            using SecretKey key = NewKey();
            Assert.IsType<KeyUnwrapping.Unavailable>(await UnwrapAsync(wrapper, new KeySlot(KeySlotKind.Workload, [1, 2, 3])));
            Assert.IsType<KeyWrapping.Unavailable>(await wrapper.WrapAsync(key, Ring, Cancel));
        }

        File.Delete(path);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_ring_lives_on_the_daemons_slot_and_waits_while_the_daemon_is_away()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(Cancel);
        using WorkloadClient client = await ConnectAsync(harness, harness.Alpha);
        using var disk = new MemoryDevice(256 * 1024);
        RingOptions options = new()
        {
            BodyHead = default,
            BodySeparator = default,
            BodyTail = default,
            EncodeGap = _ => default,
            GapContent = 2,
        };
        var file = new RingFile(options, [For(client, harness.Alpha)], _time);
        UInt128 buffer;
        using (PageRing ring = Assert.IsType<RingOpening.Opened>(await file.OpenAsync(disk, 5, Cancel)).Ring)
        {
            buffer = ring.Buffer;
        }

        await harness.Workload.RemoveModuleAsync("alpha");
        Assert.IsType<RingOpening.KeyUnavailable>(await file.OpenAsync(disk, 5, Cancel));
        await harness.Workload.AddModuleAsync(harness.Alpha, Cancel);
        RingOpening.Opened opened = Assert.IsType<RingOpening.Opened>(await file.OpenAsync(disk, 5, Cancel));
        Assert.Equal((buffer, RingOrigin.Existing), (opened.Ring.Buffer, opened.Origin));
        opened.Ring.Dispose();
    }

    private static WorkloadKeyWrapper For(WorkloadClient client, RegisteredIdentity module) => new(client, module.Identity.ModuleId, module.GenerationId);

    private static SecretKey NewKey() => SecretKey.Create(bytes => bytes.Fill(0x5a));

    private async Task<WorkloadClient> ConnectAsync(BrokerHarness harness, RegisteredIdentity module) =>
        new(new Uri("unix://" + await harness.Workload.AddModuleAsync(module, Cancel)), _time);

    private static async Task<KeySlot> WrapAsync(WorkloadKeyWrapper wrapper, SecretKey key) =>
        Assert.IsType<KeyWrapping.Wrapped>(await wrapper.WrapAsync(key, Ring, Cancel)).Slot;

    private static Task<KeyUnwrapping> UnwrapAsync(WorkloadKeyWrapper wrapper, KeySlot slot, UInt128? ring = null) =>
        wrapper.UnwrapAsync(slot, ring ?? Ring, Cancel);
}
