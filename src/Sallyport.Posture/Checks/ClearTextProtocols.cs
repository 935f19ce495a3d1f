using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Whatever the allow list says.</summary>
internal sealed class ClearTextProtocols : HostCheck<SocketFacts>
{
    public override string Id => "clear-text-services";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "No service listens that speaks in clear or lets anybody in: FTP, Telnet, TFTP, web, SNMP, UPnP, MQTT, Modbus and the like.";

    public override string Iec62443 => "SR 7.7, SR 4.1";

    public override string Nist80082 => "CM-7, SC-8";

    public override string Remedy => "Stop and disable the service; use its encrypted form, bound to the host itself or to the management network.";

    private protected override Section<SocketFacts> SectionOf(HostReport report) => report.Sockets;

    private protected override PostureVerdict Judge(SocketFacts found, PosturePolicy policy, DateTimeOffset at) => PostureVerdict.Of(
        [.. found.Listening.Where(socket => !socket.IsLocal() && Services.ContainsKey(socket.Name())).Select(socket => $"{Services[socket.Name()]} on {socket.Words()}")],
        "None of them listens to others than the host itself.");

    private static readonly Dictionary<string, string> Services = new(StringComparer.Ordinal)
    {
        ["tcp/21"] = "FTP",
        ["tcp/23"] = "Telnet",
        ["udp/69"] = "TFTP",
        ["tcp/80"] = "web (HTTP)",
        ["tcp/111"] = "portmapper",
        ["tcp/139"] = "NetBIOS",
        ["udp/161"] = "SNMP",
        ["tcp/445"] = "SMB",
        ["tcp/502"] = "Modbus",
        ["tcp/512"] = "rexec",
        ["tcp/513"] = "rlogin",
        ["tcp/514"] = "rsh",
        ["tcp/1883"] = "MQTT",
        ["udp/1900"] = "UPnP (SSDP)",
        ["tcp/2375"] = "container engine",
        ["tcp/2869"] = "UPnP",
        ["tcp/5000"] = "UPnP or web",
        ["udp/5353"] = "mDNS",
        ["tcp/5900"] = "VNC",
        ["tcp/6379"] = "Redis",
        ["tcp/8000"] = "web (HTTP)",
        ["tcp/8080"] = "web (HTTP)",
        ["tcp/44818"] = "EtherNet/IP",
        ["udp/44818"] = "EtherNet/IP",
    };
}
