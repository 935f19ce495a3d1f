using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Asks a controller single things between the rounds of its groups.</summary>
internal sealed class Conversation(OpenController controller, ControllerPlan plan)
{
    /// <summary>Asks, when a lane is free.</summary>
    /// <returns>The reply of the message router, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<(byte[] Message, string? Failure)> AskAsync(CipRequest request, CancellationToken stop)
    {
        Lane lane = await controller.Lanes.TakeAsync(stop);
        try
        {
            await controller.Session.PauseAsync(lane);
            LaneReply reply = await controller.Session.AskAsync(lane, Routed(lane, request));
            return reply.Failure is null ? (reply.Message.ToArray(), null) : ([], reply.Failure);
        }
        finally
        {
            controller.Lanes.Return(lane);
        }
    }

    /// <summary>The request as it has to be sent on a lane.</summary>
    public CipRequest Routed(Lane lane, CipRequest request) =>
        lane.Parameters is null && !plan.Route.IsEmpty ? CipRequest.UnconnectedSend(request, plan.Route) : request;
}
