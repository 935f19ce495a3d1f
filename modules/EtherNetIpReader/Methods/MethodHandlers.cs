using Microsoft.Extensions.Hosting;
using Sallyport.EtherNetIpReader.Health;
using Sallyport.IotHub;

namespace Sallyport.EtherNetIpReader.Methods;

/// <summary>Registers the direct methods while the host starts: the connection wants all handlers before it runs.</summary>
internal sealed class MethodHandlers(IHubConnection hub, ReadTagMethod readTag, BrowseMethod browse, ReaderDiagnostics diagnostics) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        hub.OnMethod(ReadTagMethod.Method, readTag.AnswerAsync);
        hub.OnMethod(BrowseMethod.Method, browse.AnswerAsync);
        hub.OnMethod(ReaderDiagnostics.Method, diagnostics.AnswerAsync);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
