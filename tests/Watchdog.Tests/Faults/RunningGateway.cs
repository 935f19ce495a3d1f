using Sallyport.Watchdog.Tests.Delivery;

namespace Sallyport.Watchdog.Tests.Faults;

/// <summary>All modules of the deployment, and edgeAgent that keeps them.</summary>
internal sealed class RunningGateway : FakeGateway
{
    public const string PumpOnline = """sallyport_device_state{source="pump-station-1",state="online"}""";
    public const string PumpOffline = """sallyport_device_state{source="pump-station-1",state="offline"}""";
    public const string ConfiguredToken = """sallyport_sas_remaining_seconds{kind="configuration",credential="edge-1/EtherNetIpReader"}""";

    private readonly List<string> _deployed = [];

    public RunningGateway()
    {
        Others.AddRange([EtherNetIp, EdgeAgent]);
        EtherNetIp["sallyport_module_healthy"] = 1;
        EtherNetIp[Connected] = 1;
        Reader[PumpOnline] = 1;
        foreach (FakeModule module in All.Append(EtherNetIp).Append(EdgeAgent))
        {
            Deploy(module.Name);
        }
    }

    public FakeModule EtherNetIp { get; } = new("EtherNetIpReader");

    public FakeModule EdgeAgent { get; } = new("edgeAgent");

    /// <summary>A module, edgeHub or edgeAgent by its name.</summary>
    public FakeModule Find(string name) => All.Concat(Others).Single(module => string.Equals(module.Name, name, StringComparison.Ordinal));

    /// <summary>What somebody's page is now; empty if it does not answer.</summary>
    public string PageOf(string name) => Find(name) is { IsUp: true } module ? module.Page() : "";

    /// <summary>The deployment names it, and it is started.</summary>
    public void Deploy(string name)
    {
        _deployed.Add(name);
        EdgeAgent[Starts(name)]++;
    }

    /// <summary>The deployment does not name it any more; its series stay.</summary>
    public void Undeploy(string name) => _deployed.Remove(name);

    /// <summary>edgeAgent starts a module that ended.</summary>
    public void Start(FakeModule module)
    {
        module.Restart();
        module.IsUp = true;
        EdgeAgent[Starts(module.Name)]++;
    }

    /// <summary>Time goes by for everybody.</summary>
    public void Live(int seconds)
    {
        Tick(seconds);
        foreach (var name in _deployed)
        {
            EdgeAgent[Time("expected_running", name)] += seconds;
            EdgeAgent[Time("running_correctly", name)] += All.Concat(Others).Any(module => module.IsUp && string.Equals(module.Name, name, StringComparison.Ordinal)) ? seconds : 0;
        }

        if (EtherNetIp.Has(ConfiguredToken))
        {
            EtherNetIp[ConfiguredToken] = Math.Max(0, EtherNetIp[ConfiguredToken] - seconds);
        }
    }

    private static string Starts(string module) => $$"""edgeAgent_module_start_total{module_name="{{module}}",module_version="1.0",ms_telemetry="True"}""";

    private static string Time(string what, string module) => $$"""edgeAgent_total_time_{{what}}_seconds{module_name="{{module}}"}""";
}
