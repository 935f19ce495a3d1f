using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Sallyport.EtherNetIp.Encapsulation;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Connects, registers a session, finds out who the controller is, compares it with the key, and only then opens connections for reading.</summary>
internal sealed class SessionOpening(ControllerPlan plan, DeviceMemory memory, EtherNetIpMetrics metrics, TimeProvider time, ILogger logger)
{
    private const string HasNoRoute = "a Micro800 has no route: leave it out";

    private readonly ForwardOpenLadder _ladder = new(plan, memory, metrics, logger);

    /// <summary>Opens a session.</summary>
    /// <param name="closed">Told when the session is closed.</param>
    /// <param name="stop">Ends the waiting for a connection.</param>
    public async ValueTask<OpeningOutcome> OpenAsync(Action<string> closed, CancellationToken stop)
    {
        (Socket? socket, string? reason) = await TcpConnecting.ConnectAsync(plan, time, stop);
        if (socket is null)
        {
            metrics.ConnectFailed();
            return new OpeningOutcome.Failed(reason!, IsConnectionDown: true);
        }

        metrics.Connected();
        var session = new Session(socket, plan, metrics, time, closed);
        OpeningOutcome outcome = await RegisterAsync(session);
        if (outcome is not OpeningOutcome.Opened)
        {
            await session.LeaveAsync();
        }

        return outcome;
    }

    /// <summary>Reads the reply to a request for the Identity object.</summary>
    public static (IdentityObject? Identity, string? Reason) Identity(in LaneReply reply)
    {
        if (reply.Failure is not null)
        {
            return (null, reply.Failure);
        }

        if (!MessageRouterReply.TryRead(reply.Message.Span, out MessageRouterReply answer))
        {
            return (null, "the controller sent no identity");
        }

        return answer.Status.IsGood
            ? IdentityObject.TryRead(answer.Data, out IdentityObject? identity) ? (identity, null) : (null, "the identity of the controller is not well formed")
            : (null, $"the controller does not say who it is: {answer.Status}");
    }

    private async ValueTask<OpeningOutcome> RegisterAsync(Session session)
    {
        LaneReply reply = await session.RegisterAsync();
        if (reply.Failure is not null)
        {
            return new OpeningOutcome.Failed(reply.Failure, IsConnectionDown: true);
        }

        if (reply.Header.Status is not EncapsulationStatus.Success || reply.Header.SessionHandle == 0)
        {
            bool wantsTls = reply.Header.Status is EncapsulationStatus.ServiceNotAllowedOnThisPort;
            string reason = reply.Header.Status is EncapsulationStatus.Success ? "the device registered no session" : SessionRefusal.TextOf(reply.Header.Status);
            return new OpeningOutcome.Failed(reason, IsConnectionDown: true, wantsTls);
        }

        ListIdentityReply? listed = null;
        if (!memory.IsSilentAboutItself)
        {
            reply = await session.ListIdentityAsync();
            if (reply.Failure is not null)
            {
                memory.IsSilentAboutItself = !reply.IsSwallowed;
                return new OpeningOutcome.Failed(reply.Failure, IsConnectionDown: reply.IsSwallowed);
            }

            ListIdentityReply.TryRead(reply.Message.Span, out listed);
        }

        if (listed?.Security is { WantsTls: true })
        {
            return new OpeningOutcome.Failed(SessionRefusal.WantsTls, IsConnectionDown: false, IsLasting: true);
        }

        return !plan.Route.IsEmpty && (plan.Family is ControllerFamily.Micro800 || listed?.Identity.IsMicro800 is true)
            ? new OpeningOutcome.Failed(HasNoRoute, IsConnectionDown: false, IsLasting: true)
            : await CompareAsync(session, listed?.Identity);
    }

    private async ValueTask<OpeningOutcome> CompareAsync(Session session, IdentityObject? listed)
    {
        CipRequest request = CipRequest.GetAttributesAll(CipPath.Identity);
        LaneReply reply = await session.AskUnconnectedAsync(plan.Route.IsEmpty ? request : CipRequest.UnconnectedSend(request, plan.Route));
        (IdentityObject? identity, string? reason) = Identity(reply);

        // Without a route both say the same; a bridge in between only answers for itself.
        identity ??= plan.Route.IsEmpty && reply.Failure is null ? listed : null;
        if (identity is null)
        {
            return new OpeningOutcome.Failed(reason!, IsConnectionDown: reply.IsSwallowed);
        }

        if (plan.Key.Compare(identity) is KeyingOutcome.Differs differs)
        {
            return new OpeningOutcome.WrongDevice(differs, identity);
        }

        memory.Meet(identity);
        if (await _ladder.ClimbAsync(session, identity) is { } refused)
        {
            return refused;
        }

        bool isConnected = session.Connections.Count > 0;
        return new OpeningOutcome.Opened(new OpenController(
            session,
            new LanePool(isConnected ? [.. session.Connections] : [session.Unconnected]),
            isConnected ? ReadChannel.Connected(session.Connections.Min(one => one.Parameters!.Size)) : ReadChannel.Unconnected(plan.Route),
            identity));
    }
}
