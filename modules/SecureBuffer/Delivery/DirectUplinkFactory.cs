using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sallyport.Hosting;
using Sallyport.Hosting.Hub;
using Sallyport.Identity;
using Sallyport.IotHub;
using Sallyport.IotHub.Provisioning;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Storage;

namespace Sallyport.SecureBuffer.Delivery;

/// <summary>Puts the direct uplink of a plan together.</summary>
internal sealed partial class DirectUplinkFactory(
    IOptions<EdgeModuleOptions> options,
    IModuleKey key,
    RingPlace place,
    OwnRevocation ownRevocation,
    ModuleIdentity identity,
    DirectUplinkMetrics metrics,
    IEventSink events,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILoggerFactory logs,
    ILogger<DirectUplinkFactory> logger)
{
    /// <summary>Makes it; it does not run yet.</summary>
    public DirectUplink Create(DirectUplinkPlan plan)
    {
        var product = $"Sallyport/{typeof(EdgeModule).Assembly.GetName().Version}";
        var check = new OwnCertificateCheck(time, ownRevocation.Find);
        var uplink = new DirectUplink(
            plan.Identity switch
            {
                DirectIdentity.Files files => files.Certificates,
                DirectIdentity.Journal journal => new JournalCertificates(
                    journal.Folder, place.Keys?.Plan, lifetime.StopApplication, logs.CreateLogger<JournalCertificates>()),
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            new DeviceProvisioner(plan.Target, plan.RootsFile, check, new ProvisioningLimits(), time, OnStep) { Product = product },
            AssignmentStore.Open(options.Value.DataFolder, key, identity.ModuleId, plan.Target),
            check,
            plan.RootsFile,
            new HubConnectionOptions { Product = product },
            metrics,
            time,
            logs);
        uplink.OnIncident(new IncidentRelay(identity, () => events, time).Relay);
        return uplink;
    }

    private void OnStep(ProvisioningStep step)
    {
        if (step is ProvisioningStep.FallingBack { Words: var words })
        {
            LogFallingBack(words);
        }
        else
        {
            LogStep(step);
        }
    }

    [LoggerMessage(2110, LogLevel.Debug, "Provisioning: {Step}")]
    private partial void LogStep(ProvisioningStep step);

    [LoggerMessage(2111, LogLevel.Warning, "The current certificate is not accepted, so the one before is tried: {Reason}.")]
    private partial void LogFallingBack(string reason);
}
