using System.Globalization;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting.Events;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Events;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Delivery;

/// <summary>Tells people how delivery and modules go: each change with its time and with how long what it ends had lasted.</summary>
internal sealed partial class DeliveryTale(ModuleEvents events, RecentEvents recent, ILogger<DeliveryTale> logger)
{
    /// <summary>Delivery is in another state.</summary>
    public void Moved(DeliveryStatus before, DeliveryStatus after)
    {
        // Before the first look there was nothing that could have lasted.
        var seconds = before.Since == DateTimeOffset.UnixEpoch ? 0 : Math.Round((after.Since - before.Since).TotalSeconds);
        if (after.State is DeliveryState.Delivering)
        {
            LogDelivering(after.Since, before.State, seconds);
        }
        else
        {
            LogMoved(after.State, after.Since, after.Reason, before.State, seconds);
        }

        recent.Add(
            after.Since,
            after.State is DeliveryState.Delivering ? EventSeverity.Informational : EventSeverity.Medium,
            string.Create(CultureInfo.InvariantCulture, $"Delivery: {after.State} after {seconds:0} s of {before.State}. {after.Reason}").TrimEnd());
    }

    /// <summary>A module is in another condition.</summary>
    public void Moved(ModuleStatus before, ModuleStatus after)
    {
        if (after.Condition is ModuleCondition.Well)
        {
            LogWell(after.Name, before.Condition);
        }
        else
        {
            LogUnwell(after.Name, after.Condition, after.Reason);
        }
    }

    /// <summary>A module began anew.</summary>
    public void StartedAgain(ModuleStatus module, DateTimeOffset at)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"{module.Name} started again; starts since the watch began: {module.Starts}.");
        LogStartedAgain(module.Name, module.Starts);
        events.Security(
            "ModuleRestarted",
            EventSeverity.Low,
            title,
            ModuleEvents.None.Add("module", PointValue.FromText(module.Name)).Add("starts", PointValue.FromInt64(module.Starts)));
        recent.Add(at, EventSeverity.Low, title);
    }

    /// <summary>SecureBuffer was asked for another connection.</summary>
    public void AskedReconnect(string reason) => LogAsked(reason);

    /// <summary>The request did not reach edgeHub.</summary>
    public void NotAsked(string outcome) => LogNotAsked(outcome);

    [LoggerMessage(7020, LogLevel.Information, "Delivery: Delivering since {Since}; it was {Before} for {Seconds} s")]
    private partial void LogDelivering(DateTimeOffset since, DeliveryState before, double seconds);

    [LoggerMessage(7021, LogLevel.Warning, "Delivery: {State} since {Since}. {Reason} It was {Before} for {Seconds} s")]
    private partial void LogMoved(DeliveryState state, DateTimeOffset since, string reason, DeliveryState before, double seconds);

    [LoggerMessage(7022, LogLevel.Information, "Module {Module} is well; it was {Before}")]
    private partial void LogWell(string module, ModuleCondition before);

    [LoggerMessage(7023, LogLevel.Warning, "Module {Module} is {Condition}: {Reason}")]
    private partial void LogUnwell(string module, ModuleCondition condition, string reason);

    [LoggerMessage(7024, LogLevel.Warning, "SecureBuffer is asked for another connection: {Reason}")]
    private partial void LogAsked(string reason);

    [LoggerMessage(7025, LogLevel.Warning, "SecureBuffer could not be asked for another connection, and is asked again: {Outcome}")]
    private partial void LogNotAsked(string outcome);

    [LoggerMessage(7026, LogLevel.Warning, "Module {Module} started again; starts since the watch began: {Starts}")]
    private partial void LogStartedAgain(string module, int starts);
}
