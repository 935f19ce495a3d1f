using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting.Configuration;
using Sallyport.Hosting.Events;
using Sallyport.Hosting.Health;
using Sallyport.IotHub;

namespace Sallyport.Hosting;

/// <summary>The parts that modules choose from.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Configuration by twin: registers <see cref="CurrentPlan{TPlan}"/> and everything that keeps it current. Needs an <see cref="IEventSink"/>.</summary>
    /// <remarks>Comes before the workers of the module: a plan from an earlier run is in force when they start. Until there is any plan the module is
    /// «starting» to the health endpoint.</remarks>
    /// <typeparam name="TPlan">Immutable.</typeparam>
    /// <typeparam name="TReader">The only class that knows both the document and the plan.</typeparam>
    public static IServiceCollection AddModulePlan<
        TPlan, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TReader>(
        this IServiceCollection services)
        where TPlan : class
        where TReader : class, IPlanReader<TPlan> => services
            .AddSingleton<CurrentPlan<TPlan>>()
            .AddSingleton<IPlanReader<TPlan>, TReader>()
            .AddSingleton<PlanMetrics>()
            .AddSingleton<ModuleEvents>()
            .AddSingleton<PlanAudit>()
            .AddSingleton<PlanReporter>()
            .AddSingleton<PlanFlow<TPlan>>()
            .AddSingleton<PlanSeed<TPlan>>()
            .AddSingleton(provider => new HealthCondition(
                "no plan is in force yet", () => provider.GetRequiredService<CurrentPlan<TPlan>>().Value is not null))
            .AddHostedService<PlanWorker<TPlan>>();

    /// <summary>Makes the module unhealthy while something is so that only people can change.</summary>
    /// <param name="services">The module's parts. Comes before <see cref="AddModulePlan{TPlan, TReader}"/>: that a plan is missing hardly matters then.</param>
    /// <param name="reason">What the health endpoint says, and what to do.</param>
    /// <param name="isSo">Cheap, and safe to call from any thread.</param>
    public static IServiceCollection AddUnhealthyWhile(this IServiceCollection services, string reason, Func<IServiceProvider, bool> isSo) =>
        services.AddSingleton(provider => new HealthCondition(reason, () => !isSo(provider), HealthState.Unhealthy));

    /// <summary>An <see cref="IEventSink"/> that sends the module's own events to one of its outputs.</summary>
    /// <param name="services">The module's parts.</param>
    /// <param name="output">Name of the output, for example <c>status</c> or <c>events</c>.</param>
    /// <remarks>Comes before everything that raises events, so that it stops after it and can still send.</remarks>
    public static IServiceCollection AddOutputEvents(this IServiceCollection services, string output) => services
        .AddSingleton<EventMetrics>()
        .AddSingleton(provider => new OutputEventSink(
            provider.GetRequiredService<IHubConnection>(),
            output,
            provider.GetRequiredService<EventMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OutputEventSink>>()))
        .AddSingleton<IEventSink>(provider => provider.GetRequiredService<OutputEventSink>())
        .AddHostedService<EventWorker>();
}
