using Microsoft.Extensions.Hosting;
using Sallyport.IotHub;
using Sallyport.Watchdog.Events;
using Sallyport.Watchdog.Methods;

namespace Sallyport.Watchdog.Delivery;

/// <summary>Tells the connection who handles inputs and methods, before it connects.</summary>
internal sealed class WatchBinding(IHubConnection hub, EventIntake intake, AcknowledgeMethod acknowledge, GetHealthMethod getHealth) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        hub.OnInput(EventIntake.Input, intake.HandleAsync);
        hub.OnMethod(AcknowledgeMethod.Method, acknowledge.AnswerAsync);
        hub.OnMethod(GetHealthMethod.Method, getHealth.AnswerAsync);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
