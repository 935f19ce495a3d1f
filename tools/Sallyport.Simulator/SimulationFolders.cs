using Sallyport.Simulator.Network;

namespace Sallyport.Simulator;

/// <summary>The folders of one simulation.</summary>
/// <remarks>Sockets have a short folder of their own, because a socket's path has at most 107 bytes.</remarks>
internal sealed class SimulationFolders : IDisposable
{
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("sallyport-");

    /// <summary>Creates the folders.</summary>
    /// <param name="stateFolder">What stays; null for nothing.</param>
    public SimulationFolders(string? stateFolder)
    {
        State = stateFolder is null ? Path.Combine(_temporary.FullName, "state") : Path.GetFullPath(stateFolder);
        Directory.CreateDirectory(State);
        Directory.CreateDirectory(Sockets);
    }

    /// <summary>Volumes and identities.</summary>
    public string State { get; }

    /// <summary>The workload API's sockets.</summary>
    public string Sockets => Path.Combine(_temporary.FullName, "w");

    /// <summary>The roots to trust, for development modules.</summary>
    public string TrustBundleFile => Path.Combine(_temporary.FullName, "trust-bundle.pem");

    /// <summary>Certificate and key of the device that sends past edgeHub.</summary>
    public string DirectDevice => Path.Combine(_temporary.FullName, "direct");

    /// <summary>How wrong the modules' clock is.</summary>
    public string ClockFile => Path.Combine(_temporary.FullName, "clock");

    /// <summary>What the factory gave the gateway that enrols.</summary>
    public string EnrollingGateway => Path.Combine(_temporary.FullName, "factory");

    /// <summary>Keys of identities, kept so that what a module signed in one run is good in the next.</summary>
    public string IdentityFile => Path.Combine(State, "identities.json");

    /// <summary>The verifier's key and certificate, kept because rings hold batches for it.</summary>
    public string VerifierFile => Path.Combine(State, "verifier.pem");

    /// <summary>The workload API's key, kept because rings have their keys wrapped with it.</summary>
    public string WorkloadKeyFile => Path.Combine(State, "workload.key");

    private string NetworkFile => Path.Combine(State, "network");

    /// <summary>Reserves addresses: those of the last run where there was one, because the plans that modules kept name them.</summary>
    /// <exception cref="AddressesTakenException">A port is taken.</exception>
    public SimulationAddresses ReserveAddresses()
    {
        var addresses = File.Exists(NetworkFile) ? SimulationAddresses.Reserve(File.ReadAllText(NetworkFile).Trim()) : SimulationAddresses.Reserve();
        File.WriteAllText(NetworkFile, addresses.Network);
        return addresses;
    }

    /// <summary>Creates a module's home.</summary>
    public string CreateHome(string module) => Directory.CreateDirectory(Path.Combine(_temporary.FullName, "home", module)).FullName;

    /// <summary>Creates a folder for what is behind a module's disk.</summary>
    public string CreatePool(string module) => Directory.CreateDirectory(Path.Combine(_temporary.FullName, "disk", module)).FullName;

    /// <summary>Deletes all but what stays.</summary>
    public void Dispose() => _temporary.Delete(recursive: true);
}
