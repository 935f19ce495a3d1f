using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Issuing;
using Sallyport.Identity.Renewal;
using Sallyport.Identity.Tests.Issuing;
using Sallyport.TestKit;

namespace Sallyport.Identity.Tests.Renewal;

/// <summary>Ten years of a gateway: links that go and come, authorities that end, clocks that jump.</summary>
public sealed class TenYearsTests : IDisposable
{
    private const int Days = 3650;

    private readonly Plant _plant = new();
    private readonly Gateway _gateway;
    private readonly List<IDisposable> _authorities = [];
    private readonly int _seed = Dice.NewSeed();

    public TenYearsTests() => _gateway = new Gateway(_plant);

    public void Dispose()
    {
        _gateway.Dispose();
        _authorities.ForEach(one => one.Dispose());
        _plant.Dispose();
    }

    [Fact]
    public async Task Ten_years_with_outages_roll_overs_expired_authorities_and_clock_jumps_end_connected()
    {
        var dice = new Dice(_seed);
        await _gateway.UntilAsync(RenewalState.Idle);
        int outage = 0;
        int jump = 0;
        int restarts = 0;
        int without = 0;
        int sinceOutage = 0;
        for (int day = 0; day < Days; day++)
        {
            // Every four years the authority changes; the one before is used no more, and expires a year later.
            if (day % 1460 == 1459)
            {
                RollOver(day / 1460);
            }

            outage = outage > 0 ? outage - 1 : Starts(dice, 60) ? dice.Next(1, Starts(dice, 8) ? 150 : 20) : 0;
            _gateway.IsCutOff = outage > 0 || dice.Next(10) == 0;
            _gateway.NeedsApproval = dice.Next(5) == 0;
            jump = jump > 0 ? jump - 1 : Starts(dice, 90) ? dice.Next(1, 6) : 0;
            TimeSpan? off = jump > 0 ? TimeSpan.FromDays(dice.Next(2) == 0 ? 400 : -3000) : null;
            if (dice.Next(5) == 0)
            {
                _gateway.Restart();
                restarts++;
            }

            await DayAsync(off);
            sinceOutage = _gateway.IsCutOff || off is not null ? 0 : sinceOutage + 1;
            if (!await _gateway.HasIdentityAsync())
            {
                // Nothing helps while nobody can be reached; afterwards two days do.
                without++;
                Assert.True(sinceOutage < 3, $"seed {_seed}, day {day}: {_gateway.Journal.State}, {_gateway.Journal.Reason}");
            }
        }

        _gateway.IsCutOff = false;
        await DayAsync(null);
        await DayAsync(null);
        Assert.True(await _gateway.HasIdentityAsync(), $"seed {_seed}: {_gateway.Journal.State}, {_gateway.Journal.Reason}");
        int renewals = _gateway.Asked.Count(one => one is "present");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {_seed}: {_gateway.Asked.Count} requests, {renewals} with the present certificate, {restarts} restarts, {without} of {Days} days without an identity"));
        Assert.True(renewals > 20, $"seed {_seed}: {renewals}");
    }

    private static bool Starts(Dice dice, int onceIn) => dice.Next(onceIn) == 0;

    // Two looks a day. A wrong clock stands apart from the right time for this day.
    private async Task DayAsync(TimeSpan? off)
    {
        DateTimeOffset right = _plant.Time.GetUtcNow();
        _gateway.Clock.AdjustTime(right + (off ?? TimeSpan.Zero));
        for (int look = 0; look < 2; look++)
        {
            for (int step = 0; step < 12; step++)
            {
                RenewalState before = _gateway.Journal.State;
                await _gateway.StepAsync();
                if (_gateway.Journal.State == before)
                {
                    break;
                }
            }

            _gateway.Advance(TimeSpan.FromHours(12));
        }
    }

    private void RollOver(int number)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _authorities.Add(key);
        string name = string.Create(CultureInfo.InvariantCulture, $"Plant issuing {number + 2}");
        _gateway.Issuer = _plant.Issued(_plant.RootAuthority.Issue(Plant.RequestOf(key, name), new IssueOrder(CertificateProfile.IssuingAuthority, name, TimeSpan.FromDays(1825))));
        _gateway.Authority = new SigningAuthority(_gateway.Issuer, X509SignatureGenerator.CreateForECDsa(key), new Uri("http://crl.example/next.crl"), _plant.Time);
    }
}
