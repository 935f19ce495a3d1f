using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Hosting;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>Tells those who watch over security that another device answers where a controller should be.</summary>
internal sealed partial class MismatchAlarm(
    IEventSink events, ModuleIdentity identity, ReadingMetrics metrics, TimeProvider time, ILogger<MismatchAlarm> logger)
{
    public const string EventType = "ControllerIdentityMismatch";

    /// <summary>Another device answers.</summary>
    public void Raise(ControllerPlan plan, KeyingOutcome.Differs differences)
    {
        metrics.Mismatched();
        LogMismatch(plan.Name, differences);
        events.Raise(new SecurityEvent
        {
            EventId = SessionId.New(time, RandomNumberGenerator.Fill),
            Kind = EventKind.Security,
            TimeGenerated = time.GetUtcNow(),
            ModuleId = identity.ModuleId,
            EventType = EventType,
            Severity = EventSeverity.High,
            Title = $"Controller {plan.Name} is another device than the plan says; nothing is read from it.",
            DestinationIp = System.Net.IPAddress.TryParse(plan.Host, out _) ? plan.Host : null,
            DestinationPort = plan.Port,
            Protocol = SourcePlan.EtherNetIp,
            Details = DetailsOf(plan, differences),
        });
    }

    /// <summary>It is the right one again.</summary>
    public void Clear(ControllerPlan plan) => LogRightAgain(plan.Name);

    private static ImmutableSortedDictionary<string, PointValue> DetailsOf(ControllerPlan plan, KeyingOutcome.Differs differences)
    {
        var details = ImmutableSortedDictionary.CreateBuilder<string, PointValue>(StringComparer.Ordinal);
        details.Add("controller", PointValue.FromText(plan.Name));
        details.Add("host", PointValue.FromText(plan.Host));
        details.Add("path", PointValue.FromText(plan.Route.Text));
        foreach (KeyDifference difference in differences.Fields)
        {
            details.Add($"configured{difference.Field}", PointValue.FromText(difference.Configured));
            details.Add($"found{difference.Field}", PointValue.FromText(difference.Found));
        }

        return details.ToImmutable();
    }

    [LoggerMessage(1310, LogLevel.Error, "Controller {Controller} is another device than the plan says, and is not read: {Differences}")]
    private partial void LogMismatch(string controller, KeyingOutcome.Differs differences);

    [LoggerMessage(1311, LogLevel.Information, "Controller {Controller} is the device that the plan says again")]
    private partial void LogRightAgain(string controller);
}
