using System.Collections.Immutable;

namespace Sallyport.Watchdog.Tests.Faults;

/// <summary>A fault of the simulator, and what comes of it, as the module's README says.</summary>
/// <param name="Fault">As the simulator's command line takes it.</param>
/// <param name="Times">How often it happens.</param>
/// <param name="Signs">What pages of metrics show meanwhile.</param>
/// <param name="Delivery">The state of delivery meanwhile.</param>
/// <param name="Alarms">Those that stand, with their severity.</param>
/// <param name="Lamp"><c>fast</c>, <c>slow</c> or <c>dark</c>.</param>
/// <param name="Events">Types of events, the end's among them.</param>
/// <param name="Log">Numbers of log events.</param>
/// <param name="Within">Time from its beginning until all that is told.</param>
/// <param name="EndLog">Numbers of log events after its end.</param>
/// <param name="EndWithin">Time from its end until that is told, no alarm stands and delivery is as before.</param>
internal sealed record FaultRow(
    string Fault,
    int Times,
    ImmutableArray<FaultSign> Signs,
    string Delivery,
    ImmutableArray<(string Severity, string Id)> Alarms,
    string Lamp,
    ImmutableArray<string> Events,
    ImmutableArray<int> Log,
    TimeSpan Within,
    ImmutableArray<int> EndLog,
    TimeSpan EndWithin);
