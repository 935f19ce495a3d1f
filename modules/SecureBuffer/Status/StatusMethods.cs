using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.SealedRing;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Decommissioning;
using Sallyport.SecureBuffer.Delivery;
using Sallyport.SecureBuffer.Ring;
using Sallyport.SecureBuffer.Storage;

namespace Sallyport.SecureBuffer.Status;

/// <summary>The direct methods. Payloads are ignored: neither method has arguments.</summary>
internal sealed class StatusMethods(Lanes lanes, CourierMetrics courier, CurrentPlan<BufferPlan> plans, Decommissioner decommissioner, MomentClock clock)
{
    private const int Success = 200;

    /// <summary><c>getStatus</c>: what the lanes hold and have lost, and how the uplink is.</summary>
    public Task<MethodResponse> GetStatusAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        BufferPlan plan = plans.Value?.Plan ?? BufferPlan.Default;
        return Task.FromResult(MethodAnswer.Of(Success, json =>
        {
            json.WriteString("uplink", CourierMetrics.WordFor(courier.State));
            json.WriteString("way", plan.Direct is null ? "edgeHub" : "direct");
            json.WriteString("deliveryProof", plan.Proof == DeliveryProof.PubAck ? "puback" : "edgeHubMetrics");
            json.WriteStartArray("lanes");
            WriteLane(json, lanes.Alerts.Status(clock.Now));
            WriteLane(json, lanes.Bulk.Status(clock.Now));
            json.WriteEndArray();
            if (decommissioner.Report is { } report)
            {
                json.WriteStartObject("decommission");
                DecommissionJson.WriteMembers(json, report);
                json.WriteEndObject();
            }
        }));
    }

    /// <summary><c>drain</c>: seals what is open now, full or not. Says how many pages that made and how many records wait for proof.</summary>
    public Task<MethodResponse> DrainAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        var pages = lanes.Seal();
        return Task.FromResult(MethodAnswer.Of(Success, json =>
        {
            json.WriteNumber("sealedPages", pages);
            json.WriteNumber("records", lanes.Depth);
        }));
    }

    private static void WriteLane(Utf8JsonWriter json, LaneStatus lane)
    {
        json.WriteStartObject();
        json.WriteString("name", lane.Name);
        json.WriteString("storage", StorageMetrics.WordFor(lane.Storage));
        if (lane.Identity is { } identity)
        {
            json.WriteString("buffer", identity.Buffer);
            json.WriteString("epoch", identity.Epoch);
        }

        json.WriteNumber("nextSeq", lane.NextSeq);
        json.WriteNumber("records", lane.Depth);
        json.WriteNumber("undurableRecords", lane.Undurable);
        json.WriteNumber("bytes", lane.Bytes);
        json.WriteNumber("capacityBytes", lane.CapacityInBytes);
        json.WriteNumber("unsentPages", lane.UnsentPages);
        json.WriteNumber("unconfirmedPages", lane.PagesInFlight);
        json.WriteNumber("oldestAgeSeconds", Math.Round(lane.OldestAge.TotalSeconds, 3));
        json.WriteStartObject("lost");
        foreach ((LossReason reason, var records) in lane.Lost)
        {
            json.WriteNumber(LossWords.For(reason), records);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
