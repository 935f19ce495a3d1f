using Microsoft.Extensions.Logging;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpReader.Publishing;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>A controller that is being polled.</summary>
internal sealed partial class PolledController : IPolledSource<SourcePlan, PollPlan>
{
    private readonly OpenControllers _controllers;
    private readonly IController _controller;
    private readonly MismatchWatch _watch;
    private readonly ReadingMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<PolledController> _logger;
    private readonly LearnedTypes _types = new();
    private readonly DeviceDescription<SourcePlan> _description;
    private readonly Lock _lock = new();
    private SourcePlan _plan;
    private string _configurationHash = "";

    public PolledController(
        SourcePlan plan,
        OpenControllers controllers,
        MismatchAlarm alarm,
        FrameAssembler assembler,
        PollingParts parts,
        ReadingMetrics metrics,
        TimeProvider time,
        ILoggerFactory logs)
    {
        (_plan, _controllers, _metrics, _time) = (plan, controllers, metrics, time);
        _logger = logs.CreateLogger<PolledController>();
        _watch = new MismatchWatch(plan.Controller, alarm);
        _description = parts.CreateDescription<SourcePlan>((source, hash) => ControllerMetadata.Of(source, _types, assembler, hash));
        _controller = controllers.Open(plan, identity => _description.Identify(identity.ToDeviceIdentity()));
        Status = parts.CreateStatus(plan.Name, plan.Protocol, parts.CreateGate(), static _ => { });
    }

    /// <inheritdoc/>
    public DeviceStatusTracker Status { get; }

    /// <inheritdoc/>
    public void Use(SourcePlan plan, string configurationHash)
    {
        lock (_lock)
        {
            (_plan, _configurationHash) = (plan, configurationHash);
            _description.Use(plan.Name, plan, configurationHash);
        }
    }

    /// <inheritdoc/>
    public IGroupReader CreateReader(PollPlan group) =>
        new GroupReader(group, _controller.Prepare([.. group.Tags.Select(tag => tag.Request)]), _watch, Learn, _time);

    /// <inheritdoc/>
    public void StopAsking()
    {
        // Nothing is asked besides polls: the controller says who it is when its session opens.
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _controllers.CloseAsync(_controller);

    // Consumers have the metadata without these types already: they are sent again.
    private void Learn(IReadOnlyList<(string Point, CipDataType Type)> learned)
    {
        int news = learned.Count(one => _types.Learn(one.Point, one.Type));
        if (news == 0)
        {
            return;
        }

        _metrics.Learned(news);
        LogLearned(_plan.Name, news);
        lock (_lock)
        {
            _description.Use(_plan.Name, _plan, _configurationHash);
        }
    }

    [LoggerMessage(1330, LogLevel.Debug, "Controller {Controller} said the types of {Count} tags")]
    private partial void LogLearned(string controller, int count);
}
