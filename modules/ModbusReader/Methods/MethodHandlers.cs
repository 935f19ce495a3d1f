using Microsoft.Extensions.Hosting;
using Sallyport.IotHub;
using Sallyport.ModbusReader.Health;

namespace Sallyport.ModbusReader.Methods;

/// <summary>Registers the direct methods while the host starts: the connection wants all handlers before it runs.</summary>
internal sealed class MethodHandlers(
    IHubConnection hub, ReadPointMethod readPoint, ReaderDiagnostics diagnostics, ImportConfigMethod importConfig) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        hub.OnMethod(ReadPointMethod.Method, readPoint.AnswerAsync);
        hub.OnMethod(ReaderDiagnostics.Method, diagnostics.AnswerAsync);
        hub.OnMethod(ImportConfigMethod.Method, importConfig.AnswerAsync);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
