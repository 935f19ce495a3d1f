using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Sallyport.Acquisition.Health;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.Hosting;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>The parts that every reader has. Workers stop in the opposite order: polling first, the way out last.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>The way out, and what watches the clock. Comes before whatever reads.</summary>
    public static IServiceCollection AddReaderOutput(this IServiceCollection services) => services
        .AddSingleton<AcquisitionMetrics>()
        .AddSingleton<AcquisitionTraces>()
        .AddSingleton(provider => new FrameAssembler(
            SessionId.New(provider.GetRequiredService<TimeProvider>(), RandomNumberGenerator.Fill)))
        .AddSingleton<ReaderOutboxes>()
        .AddSingleton(provider => new ClockWatch(ClockWorker.Tolerance, provider.GetRequiredService<TimeProvider>()))
        .AddHostedService<ClockWorker>()
        .AddSingleton<Func<double>>(Jitter.Next)
        .AddHostedService<PublishingWorker>()
        .AddSingleton<PollingParts>();

    /// <summary>What polls. Comes last.</summary>
    /// <typeparam name="TPlan">Everything the reader is to do.</typeparam>
    /// <typeparam name="TSource">What the plan says of a device.</typeparam>
    /// <typeparam name="TGroup">Its groups.</typeparam>
    /// <param name="services">The module's parts; <see cref="IPolledSources{TSource, TGroup}"/> is one of them.</param>
    /// <param name="sourcesOf">The devices of a plan.</param>
    public static IServiceCollection AddPolling<TPlan, TSource, TGroup>(this IServiceCollection services, Func<TPlan, ImmutableArray<TSource>> sourcesOf)
        where TPlan : class
        where TGroup : IGroupPlan<TGroup>
        where TSource : ISourcePlan<TSource, TGroup> => services
        .AddSingleton(sourcesOf)
        .AddSingleton<PollingSupervisor<TPlan, TSource, TGroup>>()
        .AddHostedService<PollingWorker<TPlan, TSource, TGroup>>();
}
