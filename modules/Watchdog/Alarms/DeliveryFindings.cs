using System.Globalization;
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

    /// <summary>A ring that fills while nothing goes out: soon the oldest goes.</summary>
    public static IEnumerable<Finding> OfBuffer(DeliveryVerdict verdict, BufferStatus buffer, DeliveryPlan plan) =>
        verdict.Status.State is DeliveryState.Offline or DeliveryState.Stalled && buffer.UsedShare >= plan.FullShare
            ?
            [
                new(
                    "delivery/ring-full",
                    EventSeverity.High,
                    string.Create(CultureInfo.InvariantCulture, $"The ring is {buffer.UsedShare:P0} full and nothing goes out: when it is full the oldest goes."),
                    "Open the way to the cloud; if outages are this long, give SecureBuffer more room (sizeBytes).",
                    plan.UnwellAfter),
            ]
            : [];

    private static Finding Stalled(DeliveryVerdict verdict) => new(
        "delivery/stalled", EventSeverity.High, $"Delivery stands still: {verdict.Status.Reason}", "Another connection is being opened; wait for what comes of it.", TimeSpan.Zero);
}
