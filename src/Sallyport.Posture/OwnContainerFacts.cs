namespace Sallyport.Posture;

/// <summary>A container, as the process in it sees it.</summary>
/// <param name="UserId">Who the process is.</param>
/// <param name="Capabilities">What it may do beyond that, as the kernel's bit mask.</param>
/// <param name="NoNewPrivileges">Whether set-user-id programs give nothing.</param>
/// <param name="IsFiltered">Whether seccomp filters its system calls.</param>
/// <param name="IsReadOnly">Whether its root file system is read-only.</param>
public sealed record OwnContainerFacts(int UserId, ulong Capabilities, bool NoNewPrivileges, bool IsFiltered, bool IsReadOnly);
