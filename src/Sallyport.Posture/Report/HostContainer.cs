using System.Collections.Immutable;

namespace Sallyport.Posture.Report;

/// <summary>One container.</summary>
/// <param name="Name">Its name; of an IoT Edge module that of the module.</param>
/// <param name="Image">The reference that it was made from.</param>
/// <param name="ImageId">The digest of the image's configuration.</param>
/// <param name="User">Who runs in it; empty for root.</param>
/// <param name="IsPrivileged">Whether it may do everything.</param>
/// <param name="IsReadOnly">Whether its root file system is read-only.</param>
/// <param name="DropsAllCapabilities">Whether it starts from no capability.</param>
/// <param name="NoNewPrivileges">Whether set-user-id programs give nothing.</param>
/// <param name="SharesHost">What it shares with the host: <c>network</c>, <c>pid</c>, <c>ipc</c>, <c>engine-socket</c>.</param>
/// <param name="AddedCapabilities">Capabilities that it was given.</param>
public sealed record HostContainer(
    string Name,
    string Image,
    string ImageId,
    string User,
    bool IsPrivileged,
    bool IsReadOnly,
    bool DropsAllCapabilities,
    bool NoNewPrivileges,
    ImmutableArray<string> SharesHost,
    ImmutableArray<string> AddedCapabilities);
