using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Faults;

/// <summary>Something that the simulator can break.</summary>
internal abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>edgeHub has no connection to IoT Hub.</summary>
    internal sealed record UplinkCut(TimeSpan For) : Fault;

    /// <summary>IoT Hub acknowledges nothing.</summary>
    internal sealed record UplinkSilent(TimeSpan For) : Fault;

    /// <summary>Each message to IoT Hub takes this much longer, to the end of the run.</summary>
    internal sealed record UplinkDelay(TimeSpan By) : Fault;

    /// <summary>edgeHub restarts: connections drop, stored messages stay.</summary>
    /// <param name="For">How long it is away; zero for no longer than it takes.</param>
    internal sealed record EdgeHubRestart(TimeSpan For) : Fault;

    /// <summary>The modules' present connections to edgeHub stay open and say nothing, until a module gives its own up. New ones are good.</summary>
    internal sealed record EdgeHubHalfOpen(TimeSpan For) : Fault;

    /// <summary>A module is killed (SIGKILL) and started again, as edgeAgent does.</summary>
    /// <param name="Module">Which.</param>
    /// <param name="For">How long it is away; zero for no longer than it takes.</param>
    internal sealed record Kill(string Module, TimeSpan For) : Fault;

    /// <summary>A module is started anew with a token in its connection string that ends soon, and in the end as before.</summary>
    internal sealed record ExpireSas(string Module, TimeSpan For) : Fault;

    /// <summary>edgeAgent keeps a module that the manifest does not name.</summary>
    internal sealed record StrangeModule(TimeSpan For) : Fault;

    /// <summary>A module's disk has no space left.</summary>
    internal sealed record DiskFull(string Module, TimeSpan? For) : Fault, IDiskFault;

    /// <summary>A module's disk accepts writes and fails when it is to keep them.</summary>
    internal sealed record DiskFailing(string Module, TimeSpan? For) : Fault, IDiskFault;

    /// <summary>Of the next batch, forged copies come before the batch itself to whoever reads from IoT Hub.</summary>
    internal sealed record ForgeBatch : Fault;

    /// <summary>The next batch never comes to whoever reads from IoT Hub.</summary>
    internal sealed record DropBatch : Fault;

    /// <summary>After the next batch an earlier one comes again, as it was and under another message id.</summary>
    internal sealed record ReplayBatch : Fault;

    /// <summary>The plant answers this much later, to the end of the run.</summary>
    internal sealed record PlantSlow(TimeSpan By) : Fault;

    /// <summary>The plant accepts nobody and has cut all connections.</summary>
    internal sealed record PlantDead(TimeSpan For) : Fault;

    /// <summary>The plant, or one unit of it, treats its clients like this.</summary>
    internal sealed record PlantRude(PlantManners Manners, byte? UnitId, TimeSpan For) : Fault;

    /// <summary>The plant keeps one connection.</summary>
    internal sealed record PlantOneConnection(PlantAdmission Admission, TimeSpan For) : Fault;

    /// <summary>The EtherNet/IP controllers treat their clients like this.</summary>
    internal sealed record ControllerRude(EtherNetIpManners Manners, TimeSpan For) : Fault;

    /// <summary>The certificate of the device that sends past edgeHub is revoked, and the device disabled at IoT Hub and at the provisioning service. In the end it is
    /// enrolled anew.</summary>
    internal sealed record RevokeDevice(TimeSpan For) : Fault, IDirectFault;

    /// <summary>The certificate of the device that sends past edgeHub, a short-lived one, runs out. In the end there is a new one.</summary>
    internal sealed record ExpireCertificate(TimeSpan For) : Fault, IDirectFault;

    /// <summary>The clock of the modules is wrong by this much, and connections are closed, so that it shows.</summary>
    internal sealed record ClockJump(TimeSpan By, TimeSpan For) : Fault;

    /// <summary>The program is put into the EtherNet/IP controllers again: instances of symbols and templates change.</summary>
    internal sealed record ControllerDownload : Fault;
}
