using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Opens connections of the largest size that the device takes: large, then the size that it names, then small, then none at all. Where it ended
/// is remembered: what a device refused once is normal for it.</summary>
internal sealed partial class ForwardOpenLadder(ControllerPlan plan, DeviceMemory memory, EtherNetIpMetrics metrics, ILogger logger)
{
    private const int MaxDuplicates = 3;
    private static readonly ElectronicKey NoKey = new();

    private int _duplicates;

    /// <summary>Opens as many connections as the plan wants, or as the device gives.</summary>
    /// <returns>Why there is none; null if the controller can be read.</returns>
    public async ValueTask<OpeningOutcome?> ClimbAsync(Session session, IdentityObject identity)
    {
        _duplicates = 0;
        while (!memory.IsUnconnected && session.Connections.Count < plan.Connections)
        {
            ConnectionParameters parameters = Parameters();
            bool isLarge = parameters.Size > ConnectionParameters.MaxSmallSize;
            LaneReply reply = await session.AskUnconnectedAsync(CipRequest.ForwardOpen(parameters, isLarge));
            if (reply.Failure is not null)
            {
                return new OpeningOutcome.Failed(reply.Failure, IsConnectionDown: reply.IsSwallowed);
            }

            OpeningOutcome? end = Take(session, identity, parameters, reply);
            if (end is not null && session.Connections.Count > 0 && end is OpeningOutcome.Failed failed)
            {
                LogFewer(plan.Name, session.Connections.Count, plan.Connections, failed.Reason);
                return null;
            }

            if (end is not null)
            {
                return end;
            }
        }

        return null;
    }

    private OpeningOutcome? Take(Session session, IdentityObject identity, ConnectionParameters parameters, in LaneReply reply)
    {
        if (!MessageRouterReply.TryRead(reply.Message.Span, out MessageRouterReply answer)
            || answer.Service is not (CipService.ForwardOpen or CipService.LargeForwardOpen))
        {
            return Failed("the device answered Forward Open with something else");
        }

        if (answer.Status.IsGood)
        {
            if (!OpenedConnection.TryRead(answer.Data, parameters, out OpenedConnection? opened))
            {
                return Failed("the device opened another connection than the one that was asked for");
            }

            session.Add(new Lane(parameters, opened!, endsElsewhere: plan.Connections > 1));
            return null;
        }

        metrics.ForwardOpenRefused();
        RefusedConnection refused = RefusedConnection.Read(answer);
        return refused.Status switch
        {
            { General: 0x01, Extended: 0x0100 } when ++_duplicates <= MaxDuplicates => null,
            { Consequence: StatusConsequence.WrongDevice } status => new OpeningOutcome.WrongDevice(Differences(status, identity), identity),
            { Consequence: StatusConsequence.DowngradeCapability } status => StepDown(parameters.Size, refused.SupportedSize, status),
            { Consequence: StatusConsequence.ConfigurationError } status => new OpeningOutcome.Failed(status.ToString(), IsConnectionDown: false, IsLasting: true),
            var status => Failed(status.ToString()),
        };
    }

    private OpeningOutcome? StepDown(ushort size, ushort? supported, CipStatus status)
    {
        if (supported is { } named && named < size && named >= ReadChannel.MinConnectionSize)
        {
            memory.Learn(named);
        }
        else if (size > DeviceMemory.SmallSize)
        {
            memory.Learn(memory.Capabilities with { HasLargeConnections = false });
            memory.Learn(DeviceMemory.SmallSize);
        }
        else
        {
            memory.LearnUnconnected();
        }

        metrics.CapabilityLearned();
        LogSteppedDown(plan.Name, status.Text, memory.IsUnconnected ? 0 : memory.ConnectionSize);
        return null;
    }

    private ConnectionParameters Parameters() => new()
    {
        ConnectionId = OriginatorNumbers.NextConnectionId(),
        ConnectionSerialNumber = OriginatorNumbers.NextConnectionSerialNumber(),
        OriginatorVendor = OriginatorNumbers.Vendor,
        OriginatorSerialNumber = OriginatorNumbers.SerialNumber,
        Size = memory.ConnectionSize,
        Route = plan.Route,
        Key = plan.Key == NoKey ? null : plan.Key,
    };

    // The comparison here passed, that of the device did not: some have a stricter rule.
    private KeyingOutcome.Differs Differences(CipStatus status, IdentityObject identity) => new(status.Extended switch
    {
        0x0115 => [new KeyDifference(KeyField.DeviceType, $"{plan.Key.DeviceType} as the device understands it", $"{identity.DeviceType}")],
        0x0116 => [new KeyDifference(
            KeyField.Revision, $"{plan.Key.Major}.{plan.Key.Minor} ({plan.Key.RevisionMatch}) as the device understands it", identity.Revision.ToString())],
        _ => ImmutableArray.Create(
            new KeyDifference(KeyField.Vendor, $"{plan.Key.Vendor} as the device understands it", $"{identity.Vendor}"),
            new KeyDifference(KeyField.ProductCode, $"{plan.Key.ProductCode} as the device understands it", $"{identity.ProductCode}")),
    });

    private static OpeningOutcome.Failed Failed(string reason) => new(reason, IsConnectionDown: false);

    [LoggerMessage(1404, LogLevel.Information, "Controller {Controller}: {Reason}. From now on with connections of {Size} bytes (0: without)")]
    private partial void LogSteppedDown(string controller, string reason, int size);

    [LoggerMessage(1405, LogLevel.Warning, "Controller {Controller} gave {Count} of {Wanted} connections: {Reason}")]
    private partial void LogFewer(string controller, int count, int wanted, string reason);
}
