using Sallyport.Telemetry;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Delivery;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Alarms;

/// <summary>What is wrong with delivery, and what to do.</summary>
internal static class DeliveryFindings
{
    /// <summary>Only people can help.</summary>
    public const string Hopeless = "delivery/edgehub-restart";

    public static IEnumerable<Finding> Of(DeliveryVerdict verdict, DeliveryPlan plan)
    {
        if (verdict.IsHopeless)
        {
            return
            [
                Stalled(verdict),
                new(
                    Hopeless,
                    EventSeverity.Critical,
                    "Nothing is delivered, and another connection did not help: edgeHub has to be restarted by people.",
                    "On the gateway run 'sudo iotedge restart edgeHub'; if that does not help, 'sudo iotedge system restart'.",
                    TimeSpan.Zero),
            ];
        }

        return verdict.Status.State switch
        {
            DeliveryState.Stalled => [Stalled(verdict)],
            DeliveryState.Offline => [new(
                "delivery/offline", EventSeverity.Medium, $"The gateway is cut off: {verdict.Status.Reason}", "Look at the way to the Internet: cable, firewall, DNS, IoT Hub.", plan.OfflineAfter)],
            DeliveryState.Degraded => [new(
                "delivery/degraded", EventSeverity.High, $"Delivery is degraded: {verdict.Status.Reason}", "Look at SecureBuffer: its log, its disk and its size.", plan.UnwellAfter)],
            DeliveryState.Unknown => [new(
                "delivery/unknown", EventSeverity.High, $"Nobody knows whether data is delivered: {verdict.Status.Reason}", "Look whether SecureBuffer runs.", plan.StartingAfter)],
            _ => [],
        };
    }

    private static Finding Stalled(DeliveryVerdict verdict) => new(
        "delivery/stalled", EventSeverity.High, $"Delivery stands still: {verdict.Status.Reason}", "Another connection is being opened; wait for what comes of it.", TimeSpan.Zero);
}
