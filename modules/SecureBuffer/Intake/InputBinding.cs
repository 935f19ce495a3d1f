using Microsoft.Extensions.Hosting;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Decommissioning;
using Sallyport.SecureBuffer.Status;

namespace Sallyport.SecureBuffer.Intake;

/// <summary>Tells the connection who handles the module's inputs and methods, before it connects.</summary>
internal sealed class InputBinding(IHubConnection hub, InputIntake intake, ControlIntake control, StatusMethods methods, DecommissionMethod decommission) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Both the same to the ring: what a message is decides its lane, not the door that it came through.
        hub.OnInput("telemetry", intake.HandleAsync);
        hub.OnInput("events", intake.HandleAsync);
        hub.OnInput("control", control.HandleAsync);
        hub.OnMethod("getStatus", methods.GetStatusAsync);
        hub.OnMethod("drain", methods.DrainAsync);
        hub.OnMethod(DecommissionMethod.Method, decommission.AnswerAsync);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
