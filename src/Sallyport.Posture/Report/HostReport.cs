namespace Sallyport.Posture.Report;

/// <summary>What was gathered on the host, once, as root: <c>sallyport.posture-report/1</c>. It holds no secret, and nothing that one could be tried against.</summary>
public sealed record HostReport
{
    /// <summary>Name and major version in the <c>schema</c> member.</summary>
    public const string SchemaName = "sallyport.posture-report/1";

    /// <summary>Always <see cref="SchemaName"/>.</summary>
    public required string Schema { get; init; }

    /// <summary>When it was gathered, by the host's clock.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>The host's name.</summary>
    public required string Host { get; init; }

    /// <summary>Version of the program that gathered it.</summary>
    public required string Collector { get; init; }

    /// <summary>The SSH daemon.</summary>
    public required Section<SshFacts> Ssh { get; init; }

    /// <summary>Accounts and the kind of their passwords.</summary>
    public required Section<AccountFacts> Accounts { get; init; }

    /// <summary>The ruleset of nftables.</summary>
    public required Section<FirewallFacts> Firewall { get; init; }

    /// <summary>Sockets that wait for others.</summary>
    public required Section<SocketFacts> Sockets { get; init; }

    /// <summary>Containers that run.</summary>
    public required Section<ContainerFacts> Containers { get; init; }

    /// <summary>Folders of the gateway, and whether they lie on an encrypted volume.</summary>
    public required Section<VolumeFacts> Volumes { get; init; }

    /// <summary>Settings of the kernel, and swap.</summary>
    public required Section<KernelFacts> Kernel { get; init; }

    /// <summary>Time synchronisation.</summary>
    public required Section<ClockFacts> Clock { get; init; }

    /// <summary>The tables of routes.</summary>
    public required Section<RouteFacts> Routes { get; init; }

    /// <summary>Files that hold secrets.</summary>
    public required Section<SecretFacts> Secrets { get; init; }

    /// <summary>The IoT Edge runtime.</summary>
    public required Section<RuntimeFacts> Runtime { get; init; }

    /// <summary>Room on the disks, and their wear.</summary>
    public required Section<StorageFacts> Storage { get; init; }

    /// <summary>Updates of the operating system.</summary>
    public required Section<UpdateFacts> Updates { get; init; }

    /// <summary>Digests of what the host is configured with; null in a report of an older collector.</summary>
    public Section<ConfigurationFacts>? Configuration { get; init; }
}
