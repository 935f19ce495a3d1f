using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sallyport.Simulator.Network;

/// <summary>One Kestrel with one handler, and nothing read from environment or files.</summary>
internal sealed class HttpEndpoint : IAsyncDisposable
{
    private readonly WebApplication _application;

    private HttpEndpoint(WebApplication application) => _application = application;

    /// <param name="listen">Names the address, port or socket.</param>
    /// <param name="handler">Answers every request.</param>
    /// <param name="logs">Where Kestrel writes.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">The address or port is taken.</exception>
    public static async Task<HttpEndpoint> StartAsync(
        Action<KestrelServerOptions> listen,
        RequestDelegate handler,
        ILoggerFactory logs,
        CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            listen(options);
        });
        WebApplication application = builder.Build();
        application.Run(handler);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        return new HttpEndpoint(application);
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }
}
