using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>An allow list.</summary>
internal sealed class ListeningSockets : HostCheck<SocketFacts>
{
    public override string Id => "listening-sockets";

    public override EventSeverity Severity => EventSeverity.Medium;

    public override string Demand => "Only what is on the list of allowed ports listens to others.";

    public override string Iec62443 => "SR 7.7";

    public override string Nist80082 => "CM-7";

    public override string Remedy => "Stop the service, bind it to 127.0.0.1, or add its port to allowedPorts after a review.";

    private protected override Section<SocketFacts> SectionOf(HostReport report) => report.Sockets;

    private protected override PostureVerdict Judge(SocketFacts found, PosturePolicy policy, DateTimeOffset at) => PostureVerdict.Of(
        [.. found.Listening.Where(socket => !socket.IsLocal() && !policy.AllowedPorts.Contains(socket.Name())).Select(socket => socket.Words())],
        $"Nothing else listens than {string.Join(", ", policy.AllowedPorts)}.");
}
