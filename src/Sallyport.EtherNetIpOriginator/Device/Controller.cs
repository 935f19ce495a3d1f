using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Holds the one session of a controller: opens it when it is needed, and knows when it may be tried again.</summary>
internal sealed partial class Controller : IController
{
    private const string Retired = "controller no longer configured";

    private readonly EtherNetIpMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<Controller> _logger;
    private readonly Action<IdentityObject> _observed;
    private readonly SessionOpening _opening;
    private readonly HoldOff _holdOff;
    [SuppressMessage("Usage", "CA2213", Justification = "A caller may still wait for it; without a wait handle it holds nothing to release.")]
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile OpeningOutcome? _last;
    private volatile bool _isRetired;
    private volatile bool _hasServed;
    private IdentityStatus? _status;

    public Controller(
        ControllerPlan plan, EtherNetIpMetrics metrics, TimeProvider time, ILogger<Controller> logger, Func<double> random, Action<IdentityObject> observed)
    {
        (Plan, _metrics, _time, _logger, _observed) = (plan, metrics, time, logger, observed);
        Memory = new DeviceMemory(plan);
        _opening = new SessionOpening(plan, Memory, metrics, time, logger);
        _holdOff = new HoldOff(time, random);
    }

    /// <inheritdoc/>
    public ControllerPlan Plan { get; }

    /// <summary>What has been learned of the device.</summary>
    public DeviceMemory Memory { get; }

    /// <inheritdoc/>
    public ITagGroup Prepare(ImmutableArray<TagRequest> tags) => new TagGroup(this, tags, _metrics, _time);

    /// <inheritdoc/>
    public async ValueTask<IdentifyOutcome> IdentifyAsync(CancellationToken stop)
    {
        OpeningOutcome outcome = await OpenAsync(stop);
        if (outcome is not OpeningOutcome.Opened { Controller: var controller })
        {
            return outcome switch
            {
                OpeningOutcome.WrongDevice wrong => new IdentifyOutcome.WrongDevice(wrong.Differences, wrong.Identity),
                OpeningOutcome.Failed failed => new IdentifyOutcome.NotReached(failed.Reason, failed.IsConnectionDown),
                _ => new IdentifyOutcome.NotReached(Retired, IsConnectionDown: true),
            };
        }

        Lane lane = await controller.Lanes.TakeAsync(stop);
        try
        {
            CipRequest request = new Conversation(controller, Plan).Routed(lane, CipRequest.GetAttributesAll(CipPath.Identity));
            LaneReply reply = await controller.Session.AskAsync(lane, request);
            (IdentityObject? identity, string? reason) = SessionOpening.Identity(reply);
            identity ??= reply.Failure is null ? controller.Identity : null;
            if (identity is null)
            {
                return new IdentifyOutcome.NotReached(reason!, IsConnectionDown: reply.IsSwallowed);
            }

            Seen(controller, identity);
            return Plan.Key.Compare(identity) is KeyingOutcome.Differs differs
                ? new IdentifyOutcome.WrongDevice(differs, identity)
                : new IdentifyOutcome.Identified(identity);
        }
        finally
        {
            controller.Lanes.Return(lane);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<BrowseOutcome> BrowseAsync(IProgress<int>? progress, CancellationToken stop) => await OpenAsync(stop) switch
    {
        OpeningOutcome.Opened opened => await new Browsing(opened.Controller, Plan, Memory, progress).BrowseAsync(stop),
        OpeningOutcome.WrongDevice wrong => new BrowseOutcome.Failed($"another device: {wrong.Differences}"),
        OpeningOutcome.Failed failed => new BrowseOutcome.Failed(failed.Reason),
        _ => new BrowseOutcome.Failed(Retired),
    };

    /// <summary>The session, opened if there is none and it may be tried.</summary>
    public ValueTask<OpeningOutcome> OpenAsync(CancellationToken stop) => _last switch
    {
        OpeningOutcome.Opened { Controller.Session.IsOpen: true } opened => new ValueTask<OpeningOutcome>(opened),
        _ => OpenSlowlyAsync(stop),
    };

    /// <summary>Whether the session has answered a round.</summary>
    public bool HasServed => _hasServed;

    /// <summary>A round was answered.</summary>
    public void Served()
    {
        if (!_hasServed)
        {
            _hasServed = true;
            _holdOff.Served();
        }
    }

    /// <summary>A tag was refused.</summary>
    public void Refused(TagName tag, string reason)
    {
        _metrics.Quarantined();
        LogRefused(Plan.Name, tag.Text, reason);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isRetired = true;
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (_last is OpeningOutcome.Opened { Controller: var controller })
            {
                await LeaveAsync(controller);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    // What is on its way is answered first: a device says nothing to what comes over a connection that it was told to close.
    private static async ValueTask LeaveAsync(OpenController controller)
    {
        var lanes = new Lane[controller.Lanes.Count];
        for (int i = 0; i < lanes.Length; i++)
        {
            lanes[i] = await controller.Lanes.TakeAsync(CancellationToken.None);
        }

        await controller.Session.LeaveAsync();
        foreach (Lane lane in lanes)
        {
            controller.Lanes.Return(lane);
        }
    }

    private async ValueTask<OpeningOutcome> OpenSlowlyAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            if (_isRetired)
            {
                return new OpeningOutcome.Failed(Retired, IsConnectionDown: true);
            }

            if (_last is OpeningOutcome.Opened { Controller.Session.IsOpen: true } other)
            {
                return other;
            }

            if (_holdOff.Refuses && _last is { } last)
            {
                return last is OpeningOutcome.Opened closed
                    ? new OpeningOutcome.Failed(closed.Controller.Session.CloseReason!, IsConnectionDown: true)
                    : last;
            }

            OpeningOutcome outcome = await _opening.OpenAsync(Closed, stop);
            _last = outcome;
            Take(outcome);
            return outcome;
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(1400, LogLevel.Information, "Controller {Controller} is open: {Product}, revision {Revision}, serial number {SerialNumber:X8}")]
    private partial void LogOpened(string controller, string product, DeviceRevision revision, uint serialNumber);

    [LoggerMessage(1401, LogLevel.Debug, "Controller {Controller} cannot be read: {Reason}")]
    private partial void LogFailed(string controller, string reason);

    [LoggerMessage(1402, LogLevel.Debug, "Session of controller {Controller} was closed: {Reason}")]
    private partial void LogClosed(string controller, string reason);

    [LoggerMessage(1406, LogLevel.Information, "Controller {Controller}: mode {Mode}, key switch {KeySwitch}, status word {Word:X4}")]
    private partial void LogStatus(string controller, LogixMode mode, KeySwitch keySwitch, ushort word);

    [LoggerMessage(1407, LogLevel.Debug, "Controller {Controller} refuses {Tag}, which is asked for rarely from now on: {Reason}")]
    private partial void LogRefused(string controller, string tag, string reason);

    [LoggerMessage(1408, LogLevel.Warning, "Controller {Controller} needs somebody to act: {Reason}")]
    private partial void LogLasting(string controller, string reason);
}
