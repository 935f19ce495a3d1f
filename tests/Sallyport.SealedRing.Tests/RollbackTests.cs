using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>Somebody puts an old copy of the device back: no key and nonce may come twice.</summary>
public sealed class RollbackTests(ITestOutputHelper output)
{
    private static readonly RingOptions WithoutRandom = TestRing.Options with { FillRandom = bytes => bytes.Fill(5) };

    [Fact]
    public void Any_of_the_last_twenty_images_put_back_opens_and_repeats_no_key_with_a_nonce()
    {
        int seed = Dice.NewSeed();
        output.WriteLine($"SALLYPORT_SEED={seed}");
        Roll(new Dice(seed), TestRing.Options, new RingDesign(), new NonceSpy());
    }

    [Fact]
    public void A_random_source_that_is_stuck_repeats_no_key_with_a_nonce_while_the_clock_moves() =>
        Roll(new Dice(1), WithoutRandom, new RingDesign(), new NonceSpy());

    internal static void Roll(Dice dice, RingOptions options, RingDesign design, NonceSpy spy)
    {
        List<byte[]> images = [new byte[96 * RingGeometry.BlockSize]];
        for (int run = 0; run < 60; run++)
        {
            RecordingDevice device = RecordingDevice.Of(images[dice.Next(Math.Max(0, images.Count - 20), images.Count)]);
            using TestRing ring = TestRing.Open(device, options, design, TestRing.Noon.Wall.AddSeconds(run));
            var model = new RingModel(dice, isRolledBack: true);
            model.Work(ring, 20);
            Assert.True(ring.Commit());
            spy.Look(device.Log);
            images.Add(device.Image());
        }

        Assert.True(spy.Count > 200);
    }
}
