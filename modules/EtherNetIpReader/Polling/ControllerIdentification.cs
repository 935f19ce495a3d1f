using Microsoft.Extensions.Logging;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>Asks a controller who it is for those who are told of it: once when it first answers a poll, and once each time it is back after it did not answer.</summary>
/// <remarks>The comparison with the plan is made by the controller itself before anything is read; this is about what consumers see. It goes on beside the polls.</remarks>
internal sealed partial class ControllerIdentification(
    IController controller, MismatchWatch watch, Action<IdentityObject> tell, ILogger<ControllerIdentification> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _asking = Task.CompletedTask;
    private bool _isAway = true;

    /// <summary>The controller is in another state. Called in order, and returns at once.</summary>
    public void Moved(DeviceState state)
    {
        bool wasAway = _isAway;
        _isAway = state is not (DeviceState.Online or DeviceState.Degraded);
        if (wasAway && !_isAway && _asking.IsCompleted)
        {
            _asking = Task.Run(AskAsync, CancellationToken.None);
        }
    }

    /// <summary>Asks no more; what is on its way is waited for in <see cref="DisposeAsync"/>.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends it. Only when the controller is not polled any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _asking;
        _stop.Dispose();
    }

    private async Task AskAsync()
    {
        try
        {
            switch (await controller.IdentifyAsync(_stop.Token))
            {
                case IdentifyOutcome.Identified identified:
                    tell(identified.Identity);
                    LogIdentified(controller.Plan.Name, identified.Identity.ProductName, identified.Identity.Revision, identified.Identity.SerialNumber);
                    break;
                case IdentifyOutcome.WrongDevice wrong:
                    watch.Differs(wrong.Differences);
                    break;
                case IdentifyOutcome.NotReached silent:
                    LogNotReached(controller.Plan.Name, silent.Reason);
                    break;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody wants to know any more.
        }
    }

    [LoggerMessage(1320, LogLevel.Information, "Controller {Controller} is a {ProductName}, revision {Revision}, serial number {SerialNumber:X8}")]
    private partial void LogIdentified(string controller, string productName, DeviceRevision revision, uint serialNumber);

    [LoggerMessage(1321, LogLevel.Debug, "Controller {Controller} does not say who it is: {Reason}. It is asked when it is back.")]
    private partial void LogNotReached(string controller, string reason);
}
