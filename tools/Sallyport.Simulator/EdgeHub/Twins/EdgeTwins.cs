using System.Text.Json.Nodes;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.EdgeHub.Delivery;

namespace Sallyport.Simulator.EdgeHub.Twins;

/// <summary>Twins as edgeHub keeps them: from IoT Hub if it answers, else the stored copy, else an empty one.</summary>
/// <remarks>Microsoft.Azure.Devices.Edge.Hub.Core.Twin, StoringTwinManager.</remarks>
internal sealed class EdgeTwins(EdgeHubStore store, Uplink uplink, TimeSpan refreshInterval, TimeProvider time)
{
    /// <summary>The twin as JSON.</summary>
    public async Task<string> ReadAsync(HubIdentity identity, CancellationToken cancellationToken)
    {
        _ = await PullAsync(identity, cancellationToken);
        return store.Twin(identity).ToJson();
    }

    /// <summary>Takes reported properties. They are stored here and now; IoT Hub gets them with <see cref="SendReportedAsync"/>.</summary>
    public void Report(HubIdentity identity, JsonObject patch) => store.Twin(identity).Report(patch);

    /// <summary>Sends what was reported and not sent yet. Nothing is lost if the uplink fails, or edgeHub is stopped meanwhile.</summary>
    public async Task SendReportedAsync(HubIdentity identity, CancellationToken cancellationToken)
    {
        StoredTwin twin = store.Twin(identity);
        await twin.Sending.WaitAsync(cancellationToken);
        JsonObject? unsent = twin.TakeUnsent();
        try
        {
            if (unsent is not null && await uplink.ReportAsync(identity, unsent, cancellationToken) is UplinkAnswer<long>.Answered)
            {
                unsent = null;
            }
        }
        finally
        {
            if (unsent is not null)
            {
                twin.PutBack(unsent);
            }

            _ = twin.Sending.Release();
        }
    }

    /// <summary>Takes a patch from IoT Hub.</summary>
    /// <returns>What to tell the client: the patch, or if versions were missed the difference to the whole twin; empty if nothing.</returns>
    public async Task<JsonObject> PatchDesiredAsync(HubIdentity identity, JsonObject patch, CancellationToken cancellationToken) =>
        store.Twin(identity).TryPatchDesired(patch) ? patch : await PullAsync(identity, cancellationToken);

    /// <summary>Reads a known twin again after the uplink came back, unless it was read a short while ago.</summary>
    /// <returns>What to tell the client; empty if nothing.</returns>
    public async Task<JsonObject> RefreshAsync(HubIdentity identity, CancellationToken cancellationToken) =>
        store.Twin(identity).IsOlderThan(time.GetUtcNow() - refreshInterval)
            ? await PullAsync(identity, cancellationToken)
            : [];

    private async Task<JsonObject> PullAsync(HubIdentity identity, CancellationToken cancellationToken) =>
        await uplink.ReadTwinAsync(identity, cancellationToken) is UplinkAnswer<JsonObject>.Answered answered
            ? store.Twin(identity).Store(answered.Value, time.GetUtcNow())
            : [];
}
