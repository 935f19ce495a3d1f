using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Annunciator;

/// <summary>Makes outputs of the box itself.</summary>
internal sealed class OutputMaker(IGpioKernel kernel) : IOutputMaker
{
    public IAnnunciatorOutput Make(OutputTarget target, AnnunciatorPlan plan) => target switch
    {
        OutputTarget.Gpio gpio => new GpioOutput(gpio, kernel),
        OutputTarget.Led led => new LedOutput(Path.Combine(plan.LedFolder, led.Name)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
