using Microsoft.Extensions.DependencyInjection;
using Sallyport.Hosting.Health;
using Sallyport.TestKit;

namespace Sallyport.Hosting.Tests;

/// <summary>A module that only people can take in use again.</summary>
public sealed class OutOfUseTests
{
    [Fact]
    public async Task It_is_unhealthy_and_says_why_before_it_says_what_else_is_missing()
    {
        bool isOutOfUse = false;
        using var meters = new TestMeters();
        await using ServiceProvider provider = new ServiceCollection()
            .AddUnhealthyWhile("out of use", _ => isOutOfUse)
            .AddSingleton(new HealthCondition("no plan is in force yet", () => false))
            .BuildServiceProvider();
        var health = new ModuleHealth(provider.GetServices<HealthCondition>(), meters);
        using var worker = new ScriptedWorker(stop => new TaskCompletionSource().Task.WaitAsync(stop));
        await worker.StartAsync(TestContext.Current.CancellationToken);
        health.Watch([worker]);
        Assert.Equal(new HealthReport(HealthState.Starting, "no plan is in force yet"), health.Judge());

        isOutOfUse = true;
        Assert.Equal(new HealthReport(HealthState.Unhealthy, "out of use"), health.Judge());
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }
}
