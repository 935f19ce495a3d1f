using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Hosting;
using Sallyport.Identity.Revocation;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusMaster.Tables;
using Sallyport.ModbusReader.Health;
using Sallyport.ModbusReader.Methods;
using Sallyport.ModbusReader.Polling;

namespace Sallyport.ModbusReader;

/// <summary>The parts of the module, in the order in which a value passes them. Workers stop in the opposite order: polling first, the way out last.</summary>
internal static class ServiceCollectionExtensions
{
    public static IServiceCollection AddModbusReader(this IServiceCollection services) => services
        .AddOutputEvents("status")
        .AddSingleton(provider => new PointsFolder(
            Path.Combine(provider.GetRequiredService<IOptions<EdgeModuleOptions>>().Value.DataFolder, PointsFolder.Name)))
        .AddSingleton<IPointsFiles>(provider => provider.GetRequiredService<PointsFolder>())
        .AddModulePlan<DevicePlan, PointsFilePlanReader>()
        .AddSingleton<ModbusMetrics>()
        .AddSingleton(provider => new ModbusMasterFactory(
            provider.GetRequiredService<ModbusMetrics>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>())
        {
            Revocation = provider.GetService<IRevocationCheck>() ?? NoRevocationLists.Instance,
        })
        .AddSingleton<Func<ConnectionPlan, IModbusMaster>>(provider => provider.GetRequiredService<ModbusMasterFactory>().Create)
        .AddSingleton<ModbusMasters>()
        .AddReaderOutput()
        .AddSingleton<ReadingMetrics>()
        .AddSingleton<IPolledSources<UnitPlan, PollPlan>, PolledUnits>()
        .AddSingleton<ReadPointMethod>()
        .AddSingleton<ReaderDiagnostics>()
        .AddSingleton<PointsImport>()
        .AddSingleton<ImportMetrics>()
        .AddSingleton<ImportAudit>()
        .AddSingleton<ImportConfigMethod>()
        .AddHostedService<MethodHandlers>()
        .AddPolling<DevicePlan, UnitPlan, PollPlan>(plan => plan.Units);
}
