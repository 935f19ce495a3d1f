using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Asks the controller who it is: on a lane that was quiet, before the watchdogs of controllers and routers come, and each minute in any case.</summary>
internal sealed class KeepAlive(OpenController controller, ControllerPlan plan, TimeProvider time, Action<IdentityObject> seen)
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Conversation _conversation = new(controller, plan);
    private long _seenAt = time.GetTimestamp();

    /// <summary>Runs until the session is closed.</summary>
    public async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Step, time);
        while (controller.Session.IsOpen && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            for (int i = 0; i < controller.Lanes.Count && controller.Session.IsOpen && controller.Lanes.TryTake(out Lane? lane); i++)
            {
                await LookAsync(lane);
            }
        }
    }

    private async ValueTask LookAsync(Lane lane)
    {
        try
        {
            if (time.GetElapsedTime(lane.LastUse) < Quiet && time.GetElapsedTime(_seenAt) < Longest)
            {
                return;
            }

            LaneReply reply = await controller.Session.AskAsync(lane, _conversation.Routed(lane, CipRequest.GetAttributesAll(CipPath.Identity)));
            if (SessionOpening.Identity(reply).Identity is { } identity)
            {
                _seenAt = time.GetTimestamp();
                seen(identity);
            }
        }
        finally
        {
            controller.Lanes.Return(lane);
        }
    }
}
