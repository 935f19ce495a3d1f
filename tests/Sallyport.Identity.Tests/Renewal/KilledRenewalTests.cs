using Sallyport.Identity.Renewal;
using Sallyport.Identity.Tests.Issuing;
using Sallyport.TestKit;

namespace Sallyport.Identity.Tests.Renewal;

/// <summary>The power goes before every single thing that a renewal does to the world.</summary>
public sealed class KilledRenewalTests
{
    [Fact]
    public async Task Killed_before_each_effect_and_started_again_it_ends_with_a_new_identity_and_was_never_without_one()
    {
        int kills = 0;
        for (int at = 0; ; at++, kills++)
        {
            using var plant = new Plant();
            using var gateway = new Gateway(plant);
            await gateway.UntilAsync(RenewalState.Idle);
            string first = gateway.Journal.Active;
            int left = at;
            gateway.Before = _ =>
            {
                if (left-- == 0)
                {
                    throw new PowerCutException();
                }
            };
            bool isCut = false;
            try
            {
                await WholeAsync(gateway);
            }
            catch (PowerCutException)
            {
                isCut = true;
                gateway.Restart();
                Assert.True(await gateway.HasIdentityAsync(), $"without an identity after kill {at}, in {gateway.Journal.State}");
                await WholeAsync(gateway);
            }

            Assert.NotEqual(first, gateway.Journal.Active);
            Assert.Equal((RenewalState.Idle, "", ""), (gateway.Journal.State, gateway.Journal.Next, gateway.Journal.Previous));
            if (!isCut)
            {
                break;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills");
        Assert.True(kills >= 12, $"{kills} kills");
    }

    [Fact]
    public async Task Killed_again_and_again_at_random_it_is_never_without_an_identity()
    {
        using var plant = new Plant();
        using var gateway = new Gateway(plant);
        await gateway.UntilAsync(RenewalState.Idle);
        int seed = Dice.NewSeed();
        var dice = new Dice(seed);
        int renewals = 0;
        for (int life = 0; life < 80; life++)
        {
            int left = dice.Next(10);
            gateway.Before = _ =>
            {
                if (left-- == 0)
                {
                    throw new PowerCutException();
                }
            };
            try
            {
                string before = gateway.Journal.Active;
                await WholeAsync(gateway);
                renewals += string.Equals(before, gateway.Journal.Active, StringComparison.Ordinal) ? 0 : 1;
            }
            catch (PowerCutException)
            {
                gateway.Restart();
            }

            Assert.True(await gateway.HasIdentityAsync(), $"seed {seed}, life {life}, {gateway.Journal.State}: {gateway.Journal.Reason}");
        }

        Assert.True(renewals > 0, $"seed {seed}");
    }

    // From wherever it stands through a renewal to rest.
    private static async Task WholeAsync(Gateway gateway)
    {
        await gateway.UntilAsync(RenewalState.Overlap, RenewalState.Retiring);
        await gateway.UntilAsync(RenewalState.Idle);
    }

    private sealed class PowerCutException : Exception;
}
