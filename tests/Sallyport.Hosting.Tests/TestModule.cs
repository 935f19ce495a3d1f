using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.Hosting.Endpoint;
using Sallyport.Identity;
using Sallyport.IotHub;

namespace Sallyport.Hosting.Tests;

/// <summary>A module as <see cref="EdgeModule"/> builds it, with a fake hub, on a free loopback port and a folder of its own.</summary>
internal sealed class TestModule : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-module-").FullName;
    private IHost? _host;

    public TestModule(params string[] args)
    {
        Builder = EdgeModule.CreateBuilder(args);
        Builder.Services.AddSingleton(new ModuleIdentity("gw \"1\"\\", "TestModule", "hub.example", "run-1"));
        Builder.Services.AddSingleton<IModuleKey>(new TestKey());
        Builder.Services.AddSingleton<IHubConnection>(Hub);
        Builder.Logging.ClearProviders();
        Builder.Logging.AddFakeLogging();
        Builder.Services.Configure<EdgeModuleOptions>(options =>
        {
            options.ListenAddress = "127.0.0.1";
            options.MetricsPort = 0;
            options.DataFolder = _folder;
        });
    }

    public HostApplicationBuilder Builder { get; }

    public FakeHubConnection Hub { get; } = new();

    public IHost Host => _host ??= Builder.Build();

    public FakeLogCollector Log => Host.Services.GetFakeLogCollector();

    public Uri Address => new($"http://{Host.Services.GetRequiredService<EndpointServer>().BoundTo}/");

    /// <summary>Starts it as Program.cs does, and waits until it runs.</summary>
    /// <returns>The exit code, when it has ended.</returns>
    public async Task<Task<int>> StartAsync()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        IHostApplicationLifetime lifetime = Host.Services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStarted.Register(started.SetResult);
        Task<int> running = EdgeModule.RunAsync(Host);
        await Task.WhenAny(started.Task, running);
        return running;
    }

    public void Stop() => Host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    public void Dispose()
    {
        _host?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
