using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Each container that runs, but those of the runtime itself.</summary>
internal sealed class ContainerRights : HostCheck<ContainerFacts>
{
    public override string Id => "container-rights";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "Modules run unprivileged, not as root, on a read-only file system.";

    public override string Iec62443 => "SR 2.1, SR 7.7";

    public override string Nist80082 => "AC-6, CM-7";

    public override string Remedy => "Take createOptions from deployment.template.json: User, ReadonlyRootfs, CapDrop ALL, no-new-privileges; mount no engine socket.";

    private protected override Section<ContainerFacts> SectionOf(HostReport report) => report.Containers;

    private protected override PostureVerdict Judge(ContainerFacts found, PosturePolicy policy, DateTimeOffset at)
    {
        if (found.Running.IsEmpty)
        {
            return PostureVerdict.CannotTell("No container runs.");
        }

        return PostureVerdict.Of(
            [.. found.Running.Select(container => (container.Name, Wrong: WrongWith(container))).Where(one => one.Wrong.Length > 0).Select(one => $"{one.Name}: {one.Wrong}")],
            $"{found.Running.Length} containers have no rights that they do not need.");
    }

    // edgeAgent starts containers, so it has the engine's socket; both are Microsoft's images, which write to their root file system.
    private static string WrongWith(HostContainer container)
    {
        bool isRuntime = container.Name is "edgeAgent" or "edgeHub";
        var wrong = new List<string>();
        Add(container.IsPrivileged, "privileged");
        Add(container.User.Split(':')[0] is "" or "0" or "root", "root");
        Add(!isRuntime && !container.IsReadOnly, "file system can be written");
        Add(!isRuntime && !container.DropsAllCapabilities, "keeps capabilities");
        Add(!isRuntime && !container.NoNewPrivileges, "may gain privileges");
        wrong.AddRange(container.AddedCapabilities.Select(capability => $"added {capability}"));
        wrong.AddRange(container.SharesHost.Where(what => container.Name is not "edgeAgent" || what is not "engine-socket").Select(what => $"shares the host's {what}"));
        return string.Join(", ", wrong);

        void Add(bool isWrong, string what)
        {
            if (isWrong)
            {
                wrong.Add(what);
            }
        }
    }
}
