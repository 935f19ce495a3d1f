using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Annunciator;

/// <summary>Makes outputs from the plan; tests have their own.</summary>
internal interface IOutputMaker
{
    IAnnunciatorOutput Make(OutputTarget target, AnnunciatorPlan plan);
}
