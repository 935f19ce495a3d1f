namespace Sallyport.TestKit;

/// <summary>tpm2-abrmd in front of a TPM in software, on a message bus of its own: what the kernel's resource manager is on a gateway. With it several processes use one TPM.</summary>
public sealed class TpmBroker : IAsyncDisposable
{
    private const string Program = "/usr/sbin/tpm2-abrmd";
    private const string Name = "com.intel.tss2.Tabrmd";
    private const string Library = "libtss2-tcti-tabrmd.so.0";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("broker");
    private readonly SoftwareTpm _tpm;
    private PeerProcess? _bus;

    private TpmBroker(SoftwareTpm tpm)
    {
        _tpm = tpm;
        Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["DBUS_SESSION_BUS_ADDRESS"] = $"unix:path={Bus}" };
    }

    /// <summary>The way to it, as the TSS libraries want it; it takes <see cref="Variables"/> too.</summary>
    public static string Tcti => $"tabrmd:bus_name={Name},bus_type=session";

    /// <summary>Where the bus is.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>The socket of the bus.</summary>
    public string Bus => Path.Combine(_folder.FullName, "bus");

    /// <summary>Starts all three. The bus starts the broker when the first process asks for it, so that nobody has to wait until it is there.</summary>
    public static async Task<TpmBroker> StartAsync()
    {
        string daemon = Peer.Require("dbus-daemon");
        if (!File.Exists(Program) || !Directory.EnumerateFiles("/usr/lib", Library, SearchOption.AllDirectories).Any())
        {
            Peer.Missing($"{Program} with {Library} is not installed.");
        }

        var broker = new TpmBroker(await SoftwareTpm.StartAsync());
        try
        {
            broker._bus = await PeerProcess.StartAsync(daemon, $"--config-file={await broker.WriteAsync()}", "--nofork", "--print-address");
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The broker ends when it has lost its bus.
        await (_bus?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _tpm.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<string> WriteAsync()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, $"{Name}.service"), $"[D-BUS Service]\nName={Name}\nExec={Program} --session --allow-root --max-transients=3 --tcti={_tpm.Tcti}\n");
        string configuration = Path.Combine(_folder.FullName, "bus.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>session</type>
              <listen>unix:path={Bus}</listen>
              <servicedir>{_folder.FullName}</servicedir>
              <auth>ANONYMOUS</auth>
              <allow_anonymous/>
              <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="{Name}"/></policy>
            </busconfig>
            """);
        return configuration;
    }
}
