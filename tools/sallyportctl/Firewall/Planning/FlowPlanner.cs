using System.Collections.Immutable;
using System.Net;
using Sallyport.Ctl.Firewall.Site;
using Sallyport.Ctl.Manifests;
using Sallyport.Ctl.Manifests.Egress;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>Makes the plan: what the manifest asks for, at the addresses of the site file.</summary>
internal sealed class FlowPlanner
{
    private const string Host = "host";
    private const string GatewayName = "gateway";
    private const int SshPort = 22;
    private const int DnsPort = 53;
    private const int NtpPort = 123;

    private static readonly int[] UsualFieldPorts = [502, 802, 2221, 44_818];

    private readonly FlowList _flows = new();
    private readonly List<string> _notes = [];
    private readonly DeploymentDocument _deployment;
    private readonly SiteFile _site;

    private FlowPlanner(DeploymentDocument deployment, SiteFile site) => (_deployment, _site) = (deployment, site);

    private ModuleNetwork Modules => _site.Gateway.Modules;

    /// <summary>Makes the plan.</summary>
    /// <param name="deployment">The modules, of which those count that run.</param>
    /// <param name="site">The plant.</param>
    /// <param name="isLocked">Shuts the host's ways to the management endpoints.</param>
    /// <exception cref="ManifestException">Manifest and site file do not fit: the message says what to do.</exception>
    public static FlowPlan Plan(DeploymentDocument deployment, SiteFile site, bool isLocked)
    {
        // Without them nothing would be opened to IoT Hub.
        _ = deployment.Agent["systemModules"];
        Container[] running = [.. deployment.Containers.Where(module => module.IsRunning)];
        var planner = new FlowPlanner(deployment, site);
        planner.AddAmongModules();
        foreach (Container module in running)
        {
            planner.AddModule(module);
        }

        planner.AddHost(isLocked);
        planner.AddConduit();
        foreach (string stranger in site.Gateway.Modules.Modules.Keys.Except(running.Select(module => module.Name), StringComparer.Ordinal))
        {
            planner._notes.Add($"site#{site.Gateway.Modules.Pointer}: the manifest has no module {stranger}.");
        }

        return new(isLocked, site.Gateway.Modules.Interface, planner._flows.Flows, [.. planner._notes]);
    }

    private void AddAmongModules() => _flows.Add(new(
        "", FlowBox.Gateway, FlowDirection.Forward, "modules", "modules", Modules.Interface, Modules.Interface, [Modules.Subnet], [Modules.Subnet], FlowProtocol.Any, 0,
        "edgeHub and metrics", "site#/gateway/moduleNetwork"));

    private void AddModule(Container module)
    {
        EgressNeed[] needs = [.. EgressNeeds.Of(_deployment, module)];
        FlowDemand[] demands = [.. needs.SelectMany(need => FlowDemand.Of(need, _site))];
        IPAddress? address = AddressOf(module, demands);
        string from = module.IsOnHost ? Host : module.Name;
        foreach (FlowDemand demand in demands)
        {
            ImmutableArray<IPNetwork> addresses = _site.AddressesOf(demand.Host, demand.Purpose);
            CheckLevel(demand, addresses);
            AddOutbound(from, address, demand.Host, addresses, FlowProtocol.Tcp, demand.Port, demand.Purpose, demand.DemandedBy);
        }

        // The engine answers names for a container by asking from inside the container's own network.
        if (demands.FirstOrDefault(demand => !SiteValue.TryAddress(demand.Host, out _)) is { } named)
        {
            AddNameServers(from, address, named.DemandedBy);
        }

        AddPublished(module, address);
        if (_site.RevocationLists.IsEmpty && Array.Find(needs, need => need.Peer is EgressPeer.RevocationLists) is { } lists)
        {
            _notes.Add($"manifest#{lists.Pointer}: {module.Name} looks for revocation lists, and the site file names no host in /revocationLists: only lists that are put into its folder count.");
        }
    }

    private IPAddress? AddressOf(Container module, FlowDemand[] demands)
    {
        if (module.IsOnHost)
        {
            _notes.Add($"manifest#{module.Node.Pointer}: {module.Name} is in the host's own network: what it may, every process of the host may.");
            return null;
        }

        IPAddress? address = Modules.Modules.GetValueOrDefault(module.Name);
        if (module.Address is { } given)
        {
            return given.AsAddress().Equals(address)
                ? address
                : throw new ManifestException(given.Pointer, $"The site file gives {module.Name} {address?.ToString() ?? "no address"}: both must say the same.");
        }

        if (address is null && demands is [var first, ..])
        {
            throw new ManifestException(
                Modules.Pointer,
                $"{module.Name} reaches {first.Host}:{first.Port} ({first.DemandedBy}) and has no address of its own, by which the firewall could tell it: add \"{module.Name}\" here.");
        }

        if (address is not null)
        {
            _notes.Add($"manifest#{module.Node.Pointer}: {module.Name} is not given its address {address} yet: build the manifest with --with module-addresses.json.");
        }

        return address;
    }

    private void CheckLevel(FlowDemand demand, ImmutableArray<IPNetwork> addresses)
    {
        foreach (IPNetwork address in addresses.Where(address => _site.IsControl(address) != demand.IsField))
        {
            throw new ManifestException("/levels", demand.IsField
                ? $"{address.Text()} ({demand.Purpose}, {demand.DemandedBy}) is in none of the levels 0 to 2: add its network, or correct the endpoint."
                : $"{address.Text()} ({demand.Purpose}, {demand.DemandedBy}) is in the levels of control, where nothing but controllers is reached.");
        }

        if (demand.IsField && !UsualFieldPorts.Contains(demand.Port))
        {
            _notes.Add($"{demand.DemandedBy}: port {demand.Port} is none of 502, 802, 2221 and 44818.");
        }
    }

    private void AddHost(bool isLocked)
    {
        AddNameServers(Host, source: null, "site#/nameServers");
        foreach (IPNetwork server in _site.TimeServers)
        {
            AddOutbound(Host, null, server.Text(), [server], FlowProtocol.Udp, NtpPort, "time", "site#/timeServers");
        }

        foreach (SiteEndpoint endpoint in isLocked ? [] : _site.Management)
        {
            AddOutbound(Host, null, endpoint.Host, _site.AddressesOf(endpoint.Host, "management"), FlowProtocol.Tcp, endpoint.Port, "management", "site#" + endpoint.Pointer);
        }

        foreach (IPNetwork station in _site.Stations)
        {
            GatewayInterface way = _site.Gateway.RouteTo(station, "management station");
            var flow = new Flow(
                "", FlowBox.Gateway, FlowDirection.Input, station.Text(), GatewayName, way.Name, null, [station], [way.Address.Alone()], FlowProtocol.Tcp, SshPort,
                "management station", "site#/management/stations");
            _flows.Add(flow);
            AddThroughConduit(flow, [station], way);
        }
    }

    private void AddNameServers(string from, IPAddress? source, string demandedBy)
    {
        foreach (IPNetwork server in _site.NameServers)
        {
            AddOutbound(from, source, server.Text(), [server], FlowProtocol.Udp, DnsPort, "names", demandedBy);
            AddOutbound(from, source, server.Text(), [server], FlowProtocol.Tcp, DnsPort, "names", demandedBy);
        }
    }

    private void AddPublished(Container module, IPAddress? address)
    {
        foreach (PublishedPort published in module.PublishedPorts)
        {
            int port = published.Number ?? throw new ManifestException(published.Pointer, "A published port is written PORT/tcp or PORT/udp.");
            if (published.IsLoopback)
            {
                _flows.Add(new(
                    "", FlowBox.Gateway, FlowDirection.Output, Host, module.Name, null, Modules.Interface, [], [address?.Alone() ?? Modules.Subnet],
                    published.IsUdp ? FlowProtocol.Udp : FlowProtocol.Tcp, port, "published on 127.0.0.1", "manifest#" + published.Pointer));
            }
            else
            {
                _notes.Add(
                    $"manifest#{published.Pointer}: {module.Name} publishes port {port} to {(published.IsEverywhere ? "everybody" : published.HostAddress)}, and the firewall keeps it shut: take it away, or publish it on 127.0.0.1.");
            }
        }
    }

    private void AddOutbound(
        string from, IPAddress? source, string to, ImmutableArray<IPNetwork> addresses, FlowProtocol protocol, int port, string purpose, string demandedBy)
    {
        foreach (IGrouping<GatewayInterface, IPNetwork> way in addresses.GroupBy(address => _site.Gateway.RouteTo(address, purpose)))
        {
            var flow = new Flow(
                "", FlowBox.Gateway, source is null ? FlowDirection.Output : FlowDirection.Forward, from, to, source is null ? null : Modules.Interface, way.Key.Name,
                source is null ? [] : [source.Alone()], [.. way], protocol, port, purpose, demandedBy);
            _flows.Add(flow);
            AddThroughConduit(flow with { From = GatewayName, Sources = [way.Key.Address.Alone()] }, way, way.Key);
        }
    }

    // What is in the gateway's own network passes no router.
    private void AddThroughConduit(Flow flow, IEnumerable<IPNetwork> others, GatewayInterface way)
    {
        ImmutableArray<IPNetwork> beyond = [.. others.Where(other => !way.Network.Holds(other))];
        if (!beyond.IsEmpty)
        {
            bool isInput = flow.Direction is FlowDirection.Input;
            _flows.Add(flow with
            {
                Box = FlowBox.Conduit,
                Direction = FlowDirection.Forward,
                InInterface = null,
                OutInterface = null,
                Sources = isInput ? beyond : flow.Sources,
                Destinations = isInput ? flow.Destinations : beyond,
            });
        }
    }

    private void AddConduit()
    {
        foreach (SiteFlow flow in _site.Conduit)
        {
            _flows.Add(new(
                "", FlowBox.Conduit, FlowDirection.Forward, flow.Name, string.Join(' ', flow.To.Select(SiteValue.Text)), null, null, flow.From, flow.To, flow.Protocol, flow.Port,
                flow.Name, "site#" + flow.Pointer));
        }

        foreach (IPNetwork station in _site.Stations)
        {
            _flows.Add(new(
                "", FlowBox.Conduit, FlowDirection.Input, station.Text(), "conduit", null, null, [station], [], FlowProtocol.Tcp, SshPort, "management station", "site#/management/stations"));
        }

        foreach (IPNetwork server in _site.NameServers)
        {
            AddOfConduit(server, FlowProtocol.Udp, DnsPort, "names", "site#/nameServers");
            AddOfConduit(server, FlowProtocol.Tcp, DnsPort, "names", "site#/nameServers");
        }

        foreach (IPNetwork server in _site.TimeServers)
        {
            AddOfConduit(server, FlowProtocol.Udp, NtpPort, "time", "site#/timeServers");
        }
    }

    private void AddOfConduit(IPNetwork server, FlowProtocol protocol, int port, string purpose, string demandedBy) =>
        _flows.Add(new("", FlowBox.Conduit, FlowDirection.Output, "conduit", server.Text(), null, null, [], [server], protocol, port, purpose, demandedBy));
}
