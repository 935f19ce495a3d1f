using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>The module's own parts, sockets and clock, without a hub.</summary>
internal sealed class ReaderOnTheWire : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Task _running;

    public ReaderOnTheWire(string document)
    {
        HostApplicationBuilder builder = EdgeModule.CreateBuilder([]);
        builder.Services.AddModbusReader();
        builder.Services.AddSingleton<IHubConnection>(new RecordingHub());
        _provider = builder.Services.BuildServiceProvider();
        _provider.GetRequiredService<CurrentPlan<DevicePlan>>().Replace(Plans.Edition(Plans.Read(document), version: 1));
        _running = _provider.GetRequiredService<PollingSupervisor<DevicePlan, UnitPlan, PollPlan>>().RunAsync(_stop.Token);
    }

    public ReaderOutboxes Outboxes => _provider.GetRequiredService<ReaderOutboxes>();

    public async Task<OutboxEntry> NextFrameAsync() => (await Outboxes.Telemetry.TakeAsync(_stop.Token))!;

    public async Task<OutboxEntry> NextStatusAsync() => (await Outboxes.Status.TakeAsync(_stop.Token))!;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _provider.DisposeAsync();
        _stop.Dispose();
    }
}
