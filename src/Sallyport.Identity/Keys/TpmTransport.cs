using System.Diagnostics.CodeAnalysis;

namespace Sallyport.Identity.Keys;

/// <summary>The way to the TPM (TCTI, TCG TSS 2.0), always said and never searched for: the search of the TSS libraries ends at a local port that anybody may listen on.</summary>
public sealed class TpmTransport
{
    private const string ManagedDevice = "device:/dev/tpmrm";
    private const string Broker = "tabrmd:";
    private static readonly string[] Simulators = ["swtpm:", "mssim:"];

    private TpmTransport(string tcti, bool isSimulator) => (Tcti, IsSimulator) = (tcti, isSimulator);

    /// <summary>As the TSS libraries want it.</summary>
    public string Tcti { get; }

    /// <summary>True if it is no TPM but a program that plays one.</summary>
    public bool IsSimulator { get; }

    /// <summary>Reads what the configuration of a gateway says. It has no way to say a simulator.</summary>
    /// <param name="tcti">Such as <c>device:/dev/tpmrm0</c>.</param>
    /// <param name="transport">If it will do.</param>
    /// <param name="reason">For people: what to write.</param>
    public static bool TryRead(string? tcti, [NotNullWhen(true)] out TpmTransport? transport, [NotNullWhen(false)] out string? reason)
    {
        transport = null;
        reason = tcti switch
        {
            null or "" => "the way to the TPM is missing: write device:/dev/tpmrm0",
            _ when Array.Exists(Simulators, simulator => tcti.StartsWith(simulator, StringComparison.Ordinal)) =>
                "it is a program that plays a TPM, and protects nothing: write device:/dev/tpmrm0",
            _ when tcti.StartsWith(ManagedDevice, StringComparison.Ordinal) || tcti.StartsWith(Broker, StringComparison.Ordinal) => null,
            _ => "it is neither the kernel's resource manager nor tpm2-abrmd, so another program could shut us out: write device:/dev/tpmrm0",
        };
        reason = reason ?? (tcti!.Any(char.IsWhiteSpace) ? "it has a blank: write device:/dev/tpmrm0" : null);
        transport = reason is null ? new TpmTransport(tcti!, isSimulator: false) : null;
        return transport is not null;
    }

    /// <summary>A program that plays a TPM, for tests, the simulator and a developer's machine. No reader of a gateway's configuration calls it.</summary>
    /// <param name="tcti">Such as <c>swtpm:path=/tmp/tpm.sock</c>.</param>
    public static TpmTransport OfSimulator(string tcti) => new(tcti, isSimulator: true);
}
