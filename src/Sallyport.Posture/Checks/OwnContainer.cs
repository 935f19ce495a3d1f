using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>As the process itself sees it.</summary>
internal sealed class OwnContainer : PostureCheck
{
    public override string Id => "own-container";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "The container of Watchdog has no rights that it does not need.";

    public override string Iec62443 => "SR 2.1, SR 7.7";

    public override string Nist80082 => "AC-6, CM-7";

    public override string Remedy => "Take createOptions from deployment.template.json: User, ReadonlyRootfs, CapDrop ALL, no-new-privileges.";

    public override PostureVerdict Judge(PostureEvidence evidence, PosturePolicy policy)
    {
        if (evidence.Gateway.Container is not { } container)
        {
            return PostureVerdict.CannotTell("The module does not run in a container, or cannot see it.");
        }

        var wrong = new List<string>();
        Add(wrong, container.UserId is 0, "it runs as root");
        Add(wrong, container.Capabilities is not 0, $"it has capabilities: 0x{container.Capabilities:x}");
        Add(wrong, !container.NoNewPrivileges, "it may gain privileges");
        Add(wrong, !container.IsFiltered, "its system calls are not filtered");
        Add(wrong, !container.IsReadOnly, "its root file system can be written");
        return PostureVerdict.Of(wrong, "Not root, no capabilities, no new privileges, filtered, read-only.");
    }

    private static void Add(List<string> wrong, bool isWrong, string what)
    {
        if (isWrong)
        {
            wrong.Add(what);
        }
    }
}
