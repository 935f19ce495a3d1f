using System.Security.Cryptography;
using CsCheck;
using Sallyport.SealedRing.Format;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification.Tests;

/// <summary>What the device signed, nobody else can have made.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const long SignedAt = 1_795_694_400_000;

    private readonly Vault _vault = new();
    private readonly ECDsa _device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly BatchVerifier _verifier;

    public CheckpointTests() => _verifier = _vault.Verifier(new VerifierOptions { CheckpointKey = _device });

    public void Dispose()
    {
        _verifier.Dispose();
        _device.Dispose();
        _vault.Dispose();
    }

    [Fact]
    public void A_checkpoint_of_the_device_is_good_and_the_summary_says_how_far_it_reaches()
    {
        using Gateway gateway = Gateway.Open(_vault);
        List<HubMessage> sent = gateway.Pages(3);
        sent[1] = Sign(sent[1], _device);
        Assert.Equal(
            [CheckpointVerdict.Absent, CheckpointVerdict.Good, CheckpointVerdict.Absent], _verifier.AcceptAll(sent).Select(verdict => verdict.Checkpoint));
        Assert.Equal(new CheckpointTally(1, 0, 2, 5, SignedAt), _verifier.Finish().Streams[0].Checkpoints);
        Assert.True(_verifier.Finish().IsProven);
        using BatchVerifier restored = BatchVerifier.ReadState(_verifier.WriteState(), _vault.Roots)!;
        Assert.Equal(_verifier.Finish().Streams[0].Checkpoints, restored.Finish().Streams[0].Checkpoints);
    }

    [Fact]
    public void A_checkpoint_of_somebody_else_or_of_another_batch_or_time_is_bad_though_the_seal_is_good()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using Gateway gateway = Gateway.Open(_vault);
        List<HubMessage> sent = gateway.Pages(4);
        string signature = Sign(sent[0], _device).Properties[MessageProperties.Checkpoint];
        HubMessage[] spoiled =
        [
            Sign(sent[0], other), With(sent[1], signature), With(sent[2], Sign(sent[2], _device).Properties[MessageProperties.Checkpoint].Replace("1795", "1796", StringComparison.Ordinal)),
            With(sent[3], "soon"),
        ];
        foreach (BatchVerdict verdict in _verifier.AcceptAll(spoiled))
        {
            Assert.IsType<BatchVerdict.Ok>(verdict);
            Assert.Equal(CheckpointVerdict.Bad, verdict.Checkpoint);
        }

        Assert.Equal(new CheckpointTally(0, 4, 0, -1, 0), _verifier.Finish().Streams[0].Checkpoints);
        Assert.False(_verifier.Finish().IsProven);
    }

    [Fact]
    public void Without_the_key_of_the_device_a_checkpoint_is_there_and_proves_nothing()
    {
        using BatchVerifier verifier = _vault.Verifier();
        using Gateway gateway = Gateway.Open(_vault);
        Assert.Equal(CheckpointVerdict.Unchecked, verifier.Accept(Sign(gateway.Pages(1)[0], _device)).Checkpoint);
        Assert.Equal(0, verifier.Finish().Streams[0].Checkpoints.Good);
        Assert.True(verifier.Finish().IsProven);
    }

    [Fact]
    public void Whatever_text_there_is_it_is_a_checkpoint_in_its_one_spelling_or_none_and_nothing_is_thrown() =>
        Gen.OneOf(Gen.String, Gen.Select(Gen.Long, Gen.Byte.Array[0, 70], (time, bytes) => $"{time}:{Convert.ToHexStringLower(bytes)}"))
            .Sample(text => !CheckpointMark.TryRead(text, out CheckpointMark? mark) || string.Equals(mark!.ToString(), text, StringComparison.Ordinal));

    private static HubMessage Sign(HubMessage message, ECDsa key)
    {
        Assert.True(BatchProperties.TryRead(message.Properties, message.Body, out SealedBatch? batch, out string fault), fault);
        return new CheckpointMark(SignedAt, [.. key.SignHash(new Checkpoint(batch!.Fields, batch.Mac, SignedAt).Digest())]).AddTo(message);
    }

    private static HubMessage With(HubMessage message, string checkpoint)
    {
        var properties = new Dictionary<string, string>(message.Properties, StringComparer.OrdinalIgnoreCase) { [MessageProperties.Checkpoint] = checkpoint };
        return message with { Properties = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(properties, StringComparer.OrdinalIgnoreCase) };
    }
}
