using System.Collections.Immutable;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator;

/// <summary>Breaks and mends the parts of a simulation.</summary>
internal sealed class SimulationFaults(EdgeSimulation simulation) : IFaultTarget
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public async Task BreakAsync(Fault fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case Fault.UplinkCut:
                simulation.SetUplink(UplinkState.Cut);
                break;
            case Fault.UplinkSilent:
                simulation.SetUplink(UplinkState.Silent);
                break;
            case Fault.UplinkDelay delay:
                simulation.Uplink.Delay = delay.By;
                break;
            case Fault.EdgeHubRestart:
                await simulation.EdgeHub.StopAsync();
                simulation.EdgeAgent.Metrics.Ended("edgeHub");
                break;
            case Fault.StrangeModule:
                simulation.EdgeAgent.AdmitStranger();
                break;
            case Fault.EdgeHubHalfOpen:
                foreach (var module in simulation.Modules.Running)
                {
                    simulation.EdgeHub.HalfOpen(new(EdgeSimulation.DeviceId, module));
                }

                break;
            case Fault.Kill kill:
                await simulation.Modules.KillAsync(kill.Module);
                break;
            case Fault.DiskFull full:
                simulation.Disks.Find(full.Module)?.Fill();
                break;
            case Fault.DiskFailing failing:
                simulation.Disks.Find(failing.Module)?.Break();
                break;
            case Fault.ForgeBatch or Fault.DropBatch or Fault.ReplayBatch:
                simulation.Intake.Interloper.Order(fault);
                break;
            case Fault.PlantSlow or Fault.PlantRude or Fault.PlantOneConnection or Fault.PlantDead:
                await BreakPlantAsync(fault);
                break;
            case Fault.ControllerRude rude:
                SetControllers(rude.Manners);
                break;
            case Fault.ControllerDownload:
                foreach (var controller in simulation.Controllers)
                {
                    controller.Device.Download();
                }

                break;
            default:
                await BreakIdentityAsync(fault, cancellationToken);
                break;
        }
    }

    private async Task BreakPlantAsync(Fault fault)
    {
        switch (fault)
        {
            case Fault.PlantSlow slow when simulation.Plant is { } plant:
                plant.Behaviour.Set(new PlantManners(slow.By));
                break;
            case Fault.PlantRude rude when simulation.Plant is { } plant:
                plant.Behaviour.Set(rude.Manners, rude.UnitId);
                break;
            case Fault.PlantOneConnection one when simulation.Plant is { } plant:
                plant.Behaviour.Admission = one.Admission;
                break;
            case Fault.PlantDead when simulation.Plant is { } plant:
                await plant.DieAsync();
                break;
        }
    }

    private Task BreakIdentityAsync(Fault fault, CancellationToken cancellationToken) => fault switch
    {
        Fault.RevokeDevice when simulation.Direct is { } direct => direct.RevokeAsync(cancellationToken),
        Fault.ExpireCertificate when simulation.Direct is { } direct => direct.RunOutAsync(cancellationToken),
        Fault.ExpireSas expire => StartWithTokenAsync(expire.Module, simulation.TokenOf(expire.Module), cancellationToken),
        Fault.ClockJump jump => SetClockAsync(jump.By, cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <inheritdoc />
    public async Task MendAsync(Fault fault)
    {
        switch (fault)
        {
            case Fault.EdgeHubRestart:
                await simulation.EdgeHub.StartAsync(CancellationToken.None);
                simulation.EdgeAgent.Metrics.Started("edgeHub");
                break;
            case Fault.Kill kill:
                simulation.Modules.StartAgain(kill.Module, []);
                break;
            case Fault.StrangeModule:
                simulation.EdgeAgent.DismissStranger();
                break;
            case Fault.ExpireSas expire:
                await StartWithTokenAsync(expire.Module, [], CancellationToken.None);
                break;
            case Fault.UplinkCut or Fault.UplinkSilent:
                simulation.SetUplink(UplinkState.Open);
                break;
            case Fault.UplinkDelay:
                simulation.Uplink.Delay = TimeSpan.Zero;
                break;
            case Fault.DiskFull full:
                simulation.Disks.Find(full.Module)?.Free();
                break;
            case Fault.DiskFailing failing:
                simulation.Disks.Find(failing.Module)?.Mend();
                break;
            case Fault.PlantSlow when simulation.Plant is { } plant:
                plant.Behaviour.Set(PlantManners.Good);
                break;
            case Fault.PlantRude rude when simulation.Plant is { } plant:
                plant.Behaviour.Set(PlantManners.Good, rude.UnitId);
                break;
            case Fault.PlantOneConnection when simulation.Plant is { } plant:
                plant.Behaviour.Admission = PlantAdmission.Everyone;
                break;
            case Fault.PlantDead when simulation.Plant is { } plant:
                plant.Start();
                break;
            case Fault.ControllerRude:
                SetControllers(EtherNetIpManners.Good);
                break;
            case Fault.RevokeDevice or Fault.ExpireCertificate:
                simulation.Direct?.Enrol();
                break;
            case Fault.ClockJump:
                simulation.Clock?.Set(TimeSpan.Zero);
                break;
        }
    }

    private async Task StartWithTokenAsync(string module, ImmutableDictionary<string, string> token, CancellationToken cancellationToken)
    {
        _ = await simulation.Modules.StopAsync([module], StopLimit, cancellationToken);
        simulation.Modules.StartAgain(module, token);
    }

    // A connection that stands does not look at dates; new ones do.
    private async Task SetClockAsync(TimeSpan by, CancellationToken cancellationToken)
    {
        if (simulation.Direct is { } direct)
        {
            await direct.CutAsync(() => simulation.Clock?.Set(by), cancellationToken);
        }
        else
        {
            simulation.Clock?.Set(by);
        }

        await simulation.EdgeHub.RestartAsync(CancellationToken.None);
    }

    private void SetControllers(EtherNetIpManners manners)
    {
        foreach (var controller in simulation.Controllers)
        {
            controller.Behaviour.Set(manners);
        }
    }
}
