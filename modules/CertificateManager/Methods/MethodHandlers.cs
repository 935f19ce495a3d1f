using Microsoft.Extensions.Hosting;
using Sallyport.IotHub;

namespace Sallyport.CertificateManager.Methods;

/// <summary>Registers the direct methods while the host starts: the connection wants all handlers before it runs.</summary>
internal sealed class MethodHandlers(IHubConnection hub, GetCertificatesMethod getCertificates, RenewMethod renew, UpdateTrustMethod updateTrust) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        hub.OnMethod(GetCertificatesMethod.Method, getCertificates.AnswerAsync);
        hub.OnMethod(RenewMethod.Method, renew.AnswerAsync);
        hub.OnMethod(UpdateTrustMethod.Method, updateTrust.AnswerAsync);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
