using System.Collections.Immutable;
using Sallyport.Hosting.Scraping;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Credentials;

/// <summary>Certificates as CertificateManager sees them, and tokens as their owners do: what ends, and when.</summary>
internal static class CredentialWatch
{
    private const string Sas = "sas";

    // The life for which 30 days and 24 hours are meant. What lives shorter gets the same shares of its own life.
    private const double UsualLifeInDays = 90;

    // A certificate that is renewed by itself gets a few hours for it before people hear of it.
    private static readonly TimeSpan RenewalTime = TimeSpan.FromHours(6);

    private static readonly TimeSpan TokenExchange = TimeSpan.FromMinutes(1);

    /// <summary>That which ends first at the head.</summary>
    public static ImmutableArray<CredentialStatus> Judge(Look look, ICollection<Finding> findings)
    {
        ImmutableArray<CredentialStatus>.Builder all = ImmutableArray.CreateBuilder<CredentialStatus>();
        foreach (Numbers numbers in look.Targets.Select(target => target.Numbers).OfType<Numbers>())
        {
            JudgeCertificates(look, numbers, all, findings);
            JudgeTokens(look, numbers, all, findings);
        }

        return [.. all.OrderBy(one => one.Ends)];
    }

    private static void JudgeCertificates(Look look, Numbers numbers, ImmutableArray<CredentialStatus>.Builder all, ICollection<Finding> findings)
    {
        // Those without a life are meant to end: they were replaced.
        Dictionary<string, double> lives = numbers.Of(WantedMetric.CertificateLife).GroupBy(KeyOf, StringComparer.Ordinal)
            .ToDictionary(one => one.Key, one => one.First().Value, StringComparer.Ordinal);
        foreach (MetricSample sample in numbers.Of(WantedMetric.CertificateRemaining))
        {
            if (!lives.TryGetValue(KeyOf(sample), out var life) || !IsTime(sample.Value) || !IsTime(life))
            {
                continue;
            }

            var status = new CredentialStatus(Numbers.Label(sample, "kind"), Numbers.Label(sample, "name"), look.At.AddSeconds(sample.Value));
            all.Add(status);
            Finding? finding = sample.Value switch
            {
                <= 0 => Ending(status, "expired", EventSeverity.Critical, "has ended", TimeSpan.Zero),
                var left when left <= Scaled(1, life) => Ending(status, "ending", EventSeverity.High, "ends within a day, or a share of its life that is as short", TimeSpan.Zero),
                var left when left <= Scaled(30, life) => Ending(status, "ending", EventSeverity.Low, "ends within 30 days, or a share of its life that is as short", RenewalTime),
                _ => null,
            };
            if (finding is not null)
            {
                findings.Add(finding);
            }
        }
    }

    private static void JudgeTokens(Look look, Numbers numbers, ImmutableArray<CredentialStatus>.Builder all, ICollection<Finding> findings)
    {
        foreach (MetricSample sample in numbers.Of(WantedMetric.SasRemaining).Where(sample => IsTime(sample.Value)))
        {
            var status = new CredentialStatus(Sas, Numbers.Label(sample, "credential"), look.At.AddSeconds(sample.Value));
            all.Add(status);
            var isConfigured = Numbers.Label(sample, "kind") is "configuration";
            if (sample.Value <= 0)
            {
                findings.Add(Token(status, "expired", EventSeverity.Critical, "has ended", isConfigured, isConfigured ? TimeSpan.Zero : TokenExchange));
            }
            else if (isConfigured && sample.Value <= TimeSpan.FromDays(1).TotalSeconds)
            {
                findings.Add(Token(status, "ending", EventSeverity.High, "ends within a day", isConfigured, TimeSpan.Zero));
            }
        }
    }

    private static Finding Ending(CredentialStatus one, string what, EventSeverity severity, string words, TimeSpan after) => new(
        $"credential/{one.Kind}/{one.Name}/{what}",
        severity,
        $"The {one.Kind} certificate or list \"{one.Name}\" {words}.",
        "Renew it, or find out why it is not renewed by itself: CertificateManager's method getCertificates and its log tell.",
        after);

    private static Finding Token(CredentialStatus one, string what, EventSeverity severity, string words, bool isConfigured, TimeSpan after) => new(
        $"credential/{Sas}/{one.Name}/{what}",
        severity,
        $"The token of {one.Name} {words}.",
        isConfigured ? "Put a new connection string in its place: nobody else can replace it." : "Look at the Edge daemon and at the clock: tokens are replaced by themselves.",
        after);

    private static string KeyOf(MetricSample sample) =>
        string.Join('\n', Numbers.Label(sample, "kind"), Numbers.Label(sample, "name"), Numbers.Label(sample, "subject"), Numbers.Label(sample, "serial"));

    private static double Scaled(double days, double lifeInSeconds) =>
        Math.Min(TimeSpan.FromDays(days).TotalSeconds, lifeInSeconds * days / UsualLifeInDays);

    // 100 years either way: what is beyond is no time that a certificate has.
    private static bool IsTime(double seconds) => Math.Abs(seconds) < 36525 * 86400.0;
}
